package io.asyncio4j;

import java.util.List;

/// A callback in a future's list on behalf of futures that depend on that one. The call graph
/// follows it to them.
abstract class Follower extends Callback {
    /// Returns the futures that depend on the one in whose list this stands.
    abstract List<Promise<?>> waiting();
}
