package io.asyncio4j.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to cancel on its way to whoever can be cancelled: a task passes it on to the future it
/// waits for, a gathering to each of its children.
///
/// Goes without recursion, since programs may nest these as deeply as they like. Confined to the
/// thread that holds the loop.
final class CancelRequest {
    private final @Nullable String message;

    /// The innermost gathering whose children are being asked.
    private @Nullable Level level;

    private CancelRequest(@Nullable String message) {
        this.message = message;
    }

    /// Asks `target` to stop.
    ///
    /// @return whether there was something to cancel
    static boolean send(Promise<?> target, @Nullable String message) {
        return new CancelRequest(message).deliver(target);
    }

    /// A gathering whose children are being asked, one after the other.
    private static final class Level {
        final Compound<?> gathering;

        /// Waits for the gathering, and is told in its next step if there is no child to ask; null
        /// if the gathering itself was asked.
        final @Nullable Fiber<?> waiting;

        final @Nullable Level outer;
        int next;
        boolean asked;

        Level(Compound<?> gathering, @Nullable Fiber<?> waiting, @Nullable Level outer) {
            this.gathering = gathering;
            this.waiting = waiting;
            this.outer = outer;
        }
    }

    private boolean deliver(Promise<?> target) {
        try {
            boolean asked = ask(target);
            for (Level now; (now = level) != null; ) {
                List<Promise<?>> children = now.gathering.children();
                if (now.next < children.size()) {
                    now.asked |= ask(children.get(now.next++));
                } else {
                    asked |= end(now);
                }
            }
            return asked;
        } finally {
            for (; level != null; level = level.outer) {
                level.gathering.endAsking(level.asked); // code of the program broke off
            }
        }
    }

    /// All children of a gathering have been asked. Returns whether the request has reached anybody
    /// through the future it was sent to.
    private boolean end(Level now) {
        level = now.outer;
        now.gathering.endAsking(now.asked);
        if (now.waiting != null) {
            if (!now.asked) {
                now.waiting.cancelInNextStep(message);
            }
            return false; // its task was asked, and is counted already
        }
        if (level != null) {
            level.asked |= now.asked;
            return false;
        }
        return now.asked;
    }

    /// Returns whether `future` was asked; for a gathering, its level tells at its end.
    private boolean ask(Promise<?> future) {
        if (future instanceof Compound<?> gathering) {
            if (gathering.beginAsking()) {
                level = new Level(gathering, null, level);
            }
            return false;
        }
        return future instanceof Fiber<?> task ? askTask(task) : future.requestCancel(message);
    }

    private boolean askTask(Fiber<?> task) {
        if (task.isDone()) {
            return false;
        }
        Fiber<?> last = task;
        for (int steps = 0; ; steps++) {
            last.countCancel();
            Promise<?> waiter = last.awaited();
            Fiber<?> awaited = waiter == null ? null : waiter.taskBehind();
            if (awaited == null || awaited.isDone()) {
                break;
            }
            if (steps > task.loop.tasks.size()) {
                task.stopWaiting(message); // they wait in a circle
                return true;
            }
            last = awaited;
        }
        passOn(last);
        return true;
    }

    /// Cancels what `task` waits for, which is no task.
    private void passOn(Fiber<?> task) {
        Promise<?> waiter = task.awaited();
        if (waiter instanceof Compound<?> gathering) {
            if (gathering.beginAsking()) {
                level = new Level(gathering, task, level);
                return;
            }
            if (!gathering.isDone()) {
                task.stopWaiting(message); // they wait in a circle
                return;
            }
        }
        if (waiter == null || !waiter.requestCancel(message)) {
            task.cancelInNextStep(message);
        }
    }
}
