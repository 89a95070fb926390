package io.asyncio4j.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A future made of several others, its children. A request to cancel it goes to each of them; it
/// ends when they have.
///
/// @param <T> the type of the value
public abstract class Compound<T extends @Nullable Object> extends Promise<T> {
    /// In the order given; a future that was given twice is here twice.
    private final List<Promise<?>> children = new ArrayList<>();

    /// Whether a child was asked to stop on behalf of this.
    private boolean cancelRequested;

    /// Whether children are being asked; one may wait for this in turn.
    private boolean cancelling;

    public Compound(Loop loop) {
        super(loop);
    }

    public final List<Promise<?>> children() {
        return children;
    }

    /// Returns the child, or the child of a child, that failed and with that made this fail; null
    /// if none did.
    @Nullable
    public abstract Promise<?> origin();

    public final boolean isCancelRequested() {
        return cancelRequested;
    }

    @Override
    public final boolean requestCancel(@Nullable String message) {
        return CancelRequest.send(this, message);
    }

    @Override
    public final boolean passesCancelOn() {
        return true;
    }

    /// Whether the children can be asked to stop: not when this is done, nor when they are being
    /// asked already. Then [#endAsking] follows.
    final boolean beginAsking() {
        if (isDone() || cancelling) {
            return false;
        }
        cancelling = true;
        return true;
    }

    /// The children have been asked to stop.
    ///
    /// @param any whether there was one that could be asked
    final void endAsking(boolean any) {
        cancelling = false;
        cancelRequested |= any;
    }
}
