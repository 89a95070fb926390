package io.asyncio4j.threads;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.Promise;
import io.asyncio4j.queue.Callback;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The future of something that another thread does. Cancelling it cancels that too.
///
/// @param <T> the type of the value
final class OutsidePromise<T extends @Nullable Object> extends Promise<T> {
    /// How many frames are on top of the method that wraps a failure, and that one.
    private static final int FRAMES_OF_WRAPPING = 3;

    private final String kind;

    private final Report report = new Report();

    /// Cancels what the other thread does.
    private final Runnable cancelWork;

    /// The context of whoever wanted it done.
    private final Context context = Caller.context();

    /// Whether the loop may count on another thread to report back.
    private final boolean reportsBack;

    /// @param kind what the other thread does, for messages
    OutsidePromise(Loop loop, String kind, Runnable cancelWork) {
        this(loop, kind, cancelWork, true);
    }

    /// @param reportsBack whether another thread does it, and not this loop itself
    OutsidePromise(Loop loop, String kind, Runnable cancelWork, boolean reportsBack) {
        super(loop);
        this.kind = kind;
        this.cancelWork = cancelWork;
        this.reportsBack = reportsBack;
        if (reportsBack) {
            loop.wakeSources.callBegins();
        }
    }

    @Override
    public void onDone() {
        if (reportsBack) {
            loop.wakeSources.callEnds();
        }
    }

    @Override
    public String describe() {
        return kind;
    }

    /// Has the loop settle this future; any thread.
    void postOutcome(T value, @Nullable Throwable thrown) {
        report.post(value, thrown, false);
    }

    /// Ends as the work did, unless it was cancelled meanwhile.
    void settle(T value, @Nullable Throwable thrown) {
        if (isDone()) {
            return;
        }
        if (thrown == null) {
            complete(value);
        } else {
            fail(thrown);
        }
    }

    /// Has the loop end this future as a completion stage has ended; any thread.
    void postStage(T value, @Nullable Throwable thrown) {
        report.post(value, thrown, true);
    }

    /// Ends as a completion stage has: what it failed with is without the wrapping that stages give
    /// to what stages before them failed with.
    void settleStage(T value, @Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException wrapping && isOfStages(wrapping) ? wrapping.getCause() : thrown;
        if (!(cause instanceof CancellationException cancellation)) {
            settle(value, cause);
        } else if (!isDone()) {
            cancelWith(cancellation.getMessage());
        }
    }

    /// Whether a `CompletableFuture` made the exception when it passed a failure on. One that was
    /// thrown by the program, also by way of `join`, or that a stage was completed with, is the
    /// failure itself.
    private static boolean isOfStages(CompletionException exception) {
        if (exception.getClass() != CompletionException.class || exception.getCause() == null) {
            return false;
        }
        StackTraceElement[] frames = exception.getStackTrace();
        for (int i = 0; i < frames.length && i < FRAMES_OF_WRAPPING; i++) {
            String method = frames[i].getMethodName();
            if (frames[i].getClassName().equals(CompletableFuture.class.getName()) && method.startsWith("encode")) {
                return true;
            }
        }
        return frames.length == 0; // without a trace nobody can tell, and this is what is usual
    }

    @Override
    public boolean requestCancel(@Nullable String message) {
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
            String message = "What a cancelled task waited for cannot be cancelled and goes on";
            loop.problems.report(new EventLoop.ExceptionContext(message, unable, this, null), context);
        }
    }

    /// Brings the outcome to the loop. Made before the work begins: when it ends, there may be no
    /// memory left.
    private final class Report extends Callback {
        private @Nullable Object value;
        private @Nullable Throwable thrown;
        private boolean ofStage;

        void post(@Nullable Object value, @Nullable Throwable thrown, boolean ofStage) {
            this.value = value;
            this.thrown = thrown;
            this.ofStage = ofStage;
            loop.post(this);
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // a T, or null beside an exception
        public void run() {
            if (ofStage) {
                settleStage((T) value, thrown);
            } else {
                settle((T) value, thrown);
            }
        }

        @Override
        public boolean failed(Throwable unable) {
            if (isDone()) {
                return false;
            }
            fail(unable);
            return true;
        }
    }
}
