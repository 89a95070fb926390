package io.asyncio4j;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The future of something that another thread does. Cancelling it cancels that too.
///
/// @param <T> the type of the value
final class OutsideFuture<T extends @Nullable Object> extends Future<T> {
    private final String kind;

    /// Cancels what the other thread does.
    private final Runnable cancelWork;

    /// Whether the loop may count on another thread to report back.
    private final boolean reportsBack;

    /// @param kind what the other thread does, for messages
    OutsideFuture(Loop loop, String kind, Runnable cancelWork) {
        this(loop, kind, cancelWork, true);
    }

    /// @param reportsBack whether another thread does it, and not this loop itself
    OutsideFuture(Loop loop, String kind, Runnable cancelWork, boolean reportsBack) {
        super(loop);
        this.kind = kind;
        this.cancelWork = cancelWork;
        this.reportsBack = reportsBack;
        if (reportsBack) {
            loop.outside.calls++;
        }
    }

    @Override
    void onDone() {
        if (reportsBack) {
            loop.outside.calls--;
        }
    }

    @Override
    String describe() {
        return kind;
    }

    /// Has the loop settle this future; any thread.
    void postOutcome(T value, @Nullable Throwable thrown) {
        loop.post(new KernelCallback(() -> settle(value, thrown)));
    }

    /// Ends as the work did, unless it was cancelled meanwhile.
    void settle(T value, @Nullable Throwable thrown) {
        if (isDone()) {
            return;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause == null) {
            complete(value);
        } else if (cause instanceof CancellationException cancellation) {
            cancelWith(cancellation.getMessage());
        } else {
            fail(cause);
        }
    }

    @Override
    boolean requestCancel(@Nullable String message) {
        if (!super.requestCancel(message)) {
            return false;
        }
        loop.onOwnThread(this::cancelWork);
        return true;
    }

    /// Runs what the program has made depend on the work, too.
    private void cancelWork() {
        try {
            cancelWork.run();
        } catch (Throwable unable) {
            loop.report(new EventLoop.ExceptionContext(
                    "What a cancelled task waited for cannot be cancelled and goes on", unable, this, null));
        }
    }
}
