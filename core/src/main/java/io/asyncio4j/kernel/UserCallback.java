package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.queue.Callback;
import java.util.Objects;

/// A callback of the program: runs once, on the loop's own thread, in the context it was given.
/// What it throws goes to the loop's exception handler.
///
/// Sealed into what `callSoon` returns ([Handle]) and what a future calls when done
/// ([DoneCallback]).
public abstract sealed class UserCallback extends Callback permits ScheduledCall, DoneCallback {
    final Loop loop;
    final Context context;

    UserCallback(Loop loop, Context context) {
        this.loop = loop;
        this.context = Objects.requireNonNull(context, "context");
    }

    /// Calls the program's code.
    public abstract void call();

    /// Says what is called, without calling code of the program. Any thread.
    public abstract String describe();

    /// Describes this callback when it has failed with `thrown`.
    public abstract EventLoop.ExceptionContext report(Throwable thrown);

    /// Like [#report], also if the program's `toString` throws in it.
    private EventLoop.ExceptionContext describe(Throwable thrown) {
        try {
            return report(thrown);
        } catch (Throwable undescribable) {
            thrown.addSuppressed(undescribable);
            return new EventLoop.ExceptionContext("Exception in a callback that cannot be shown", thrown, null, null);
        }
    }

    @Override
    public boolean runsUserCode() {
        return true;
    }

    @Override
    public void run() {
        Context outer = loop.callbackContext();
        UserCallback outerCallback = loop.runningCallback();
        loop.setCallbackContext(context);
        loop.setRunningCallback(this);
        try {
            call();
        } catch (Throwable thrown) {
            loop.problems.report(describe(thrown), context);
        } finally {
            loop.setCallbackContext(outer);
            loop.setRunningCallback(outerCallback);
        }
    }
}
