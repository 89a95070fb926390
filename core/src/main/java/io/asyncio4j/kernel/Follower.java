package io.asyncio4j.kernel;

import io.asyncio4j.queue.Callback;
import java.util.List;

/// A callback in a future's list on behalf of futures that depend on that one. The call graph
/// follows it to them.
public abstract class Follower extends Callback {
    /// Returns the futures that depend on the one in whose list this stands.
    public abstract List<Promise<?>> waiting();
}
