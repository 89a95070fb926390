package io.asyncio4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tasks that live no longer than a block of code: [Asyncio#taskGroup] waits for all of them.
///
/// The first failure, of a child or of the body, cancels the other children and the body; when all
/// have ended the failures are thrown as one [ExceptionGroup]. Cancelling the task that opened the
/// group cancels the children and passes on. Used on its loop only, by the body and by the
/// children. asyncio: `TaskGroup`.
public final class TaskGroup {
    /*
     * The group is open while its body runs, then it is leaving: it waits for the children, who may still add
     * others. It has ended when it is leaving and has no child. Meanwhile it may be aborting: the children have
     * been cancelled and none may be added. The opener is cancelled at most once, when a child fails or by
     * cancel(), and this is taken back at the end.
     */

    private static final int MAX_FAILED_WAITS = 1000;

    private final Loop loop;
    private final Task<?> opener;
    private final OwnCancellation ownCancellation;
    private final List<Throwable> failures = new ArrayList<>();

    /// Of which task each failure is.
    private final List<String> origins = new ArrayList<>();

    /// A failure for which there was no memory in the list.
    private @Nullable Throwable firstUnlisted;

    private boolean leaving;
    private boolean aborting;

    /// How often the opener could not even let the children run.
    private int failedWaits;

    /// The children that are not done, or whose end the group has not been told: linked, oldest
    /// first.
    private @Nullable Task<?> first;

    private @Nullable Task<?> last;

    /// What the opener waits for when leaving: done when there are no children.
    private @Nullable Future<@Nullable Void> childless;

    private TaskGroup(Task<?> opener) {
        this.opener = opener;
        this.loop = opener.loop;
        this.ownCancellation = new OwnCancellation(opener);
    }

    /// Opens a group, runs `body` and waits for the children.
    @SuppressWarnings("NullAway") // a group that was ended early has no result
    static <T extends @Nullable Object> T open(TaskGroupBody<T> body) {
        Objects.requireNonNull(body, "body");
        TaskGroup group = new TaskGroup(Caller.requireTask("open a task group"));
        T result = null;
        Throwable thrown = null;
        try {
            result = body.call(group);
        } catch (Throwable t) {
            thrown = t;
        }
        group.leave(thrown);
        return thrown == null ? result : null;
    }

    // ------------------------------------------------------------------ while it is open

    /// Creates a task of this group, which starts in the next iteration of the loop.
    ///
    /// @throws IllegalStateException if the group has ended or is shutting down
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task of this group without a result.
    public Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task of this group with a name.
    public <T extends @Nullable Object> Task<T> createTask(String name, Coroutine<T> coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task of this group with a name and without a result.
    public Task<@Nullable Void> createTask(String name, VoidCoroutine coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task of this group with a name, in asyncio's order.
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task of this group with a name and without a result, in asyncio's order.
    public Task<@Nullable Void> createTask(VoidCoroutine coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task of this group without a result.
    public Task<@Nullable Void> createTask(TaskOptions options, VoidCoroutine coroutine) {
        return createTask(options, Throwing.requireCoroutine(coroutine).returningNull());
    }

    /// Creates a task of this group.
    ///
    /// @throws IllegalStateException if the group has ended or is shutting down
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine) {
        loop.requireHeld("add a task to a group");
        if (hasEnded()) {
            throw refused(options, "after the group had ended; create it inside the group's body");
        }
        if (aborting) {
            throw refused(options, "while the group was shutting down, after a failure or cancel()");
        }
        return loop.maker.create(coroutine, options, this);
    }

    Task<?> opener() {
        return opener;
    }

    private boolean hasEnded() {
        return leaving && first == null;
    }

    private IllegalStateException refused(TaskOptions options, String when) {
        String task = options.name() == null ? "A task" : "Task '" + options.name() + "'";
        return new IllegalStateException(task + " was added to the task group of " + opener.describe() + " " + when);
    }

    /// Ends the group early: cancels the children and the body. The group then ends without an
    /// error of this, and its result is null. Does nothing when the group has ended.
    ///
    /// asyncio: `TaskGroup.cancel`, new in Python 3.15.
    public void cancel() {
        loop.requireHeld("cancel a task group");
        if (!hasEnded() && !aborting) {
            abort();
            ownCancellation.request();
        }
    }

    private void abort() {
        aborting = true;
        for (Task<?> child = first; child != null; child = child.nextSibling) {
            try {
                child.requestCancel(null);
            } catch (OutOfMemoryError full) { // it cannot be passed on: this child alone is told
                child.stopWaiting(null);
            }
        }
    }

    // ------------------------------------------------------------------ the end

    private void leave(@Nullable Throwable thrown) {
        leaving = true;
        CancelledError cancellation = thrown instanceof CancelledError error ? error : null;
        if (thrown != null && !aborting) {
            abort();
        }
        CancelledError last = cancellation;
        VirtualMachineError unable = null;
        while (first != null) {
            try {
                if (unable == null) {
                    awaitChildren();
                } else {
                    opener.yieldOnce(); // there was no memory for more
                }
            } catch (VirtualMachineError full) {
                if (unable != null && ++failedWaits > MAX_FAILED_WAITS) {
                    throw full;
                }
                unable = full;
                if (!aborting) {
                    abort();
                }
            } catch (CancelledError error) {
                if (loop.isClosed()) {
                    throw error; // nothing will ever run again
                }
                last = error;
                if (!aborting) {
                    cancellation = error;
                    abort();
                }
            }
        }
        if (ownCancellation.isRequested()) {
            cancellation = ownCancellation.takeBack() ? null : last;
        }
        Throwable ownFailure = thrown == null || thrown instanceof CancelledError ? unable : thrown;
        if (ownFailure != null) {
            addFailure(ownFailure, "the body, " + opener.describe());
        }
        if (!failures.isEmpty()) {
            throwFailures();
        }
        if (firstUnlisted != null) {
            throw Throwing.sneaky(firstUnlisted);
        }
        if (cancellation != null) {
            throw cancellation;
        }
    }

    private void awaitChildren() {
        childless = new NamedFuture<>(loop, () -> "the tasks of its group");
        childless.await();
    }

    private void addFailure(Throwable failure, String origin) {
        origins.add(origin);
        failures.add(failure);
    }

    /// Like [#addFailure]; if there is no memory, the first failure is kept at least.
    private void addFailure(Throwable failure, Task<?> child) {
        try {
            addFailure(failure, child.describe());
        } catch (VirtualMachineError full) {
            while (origins.size() > failures.size()) {
                origins.removeLast();
            }
            firstUnlisted = firstUnlisted == null ? failure : firstUnlisted;
        }
    }

    private void throwFailures() {
        if (opener.cancelling() > 0) {
            // Somebody cancelled the opener besides: the failures come first, the cancellation at its next await.
            opener.uncancel();
            opener.requestCancel(null);
        }
        throw ExceptionGroup.of("unhandled errors in the task group of " + opener.describe(), failures, origins);
    }

    /// Adds a new child. If it ran eagerly and is done, the group is told in the next iteration; if
    /// the group was aborted meanwhile, as by the child itself, it is cancelled as the others were.
    ///
    /// @throws IllegalStateException if it is in a group already, or this one ended while a task
    ///     factory waited
    void adopt(Task<?> child) {
        if (child.group != null) {
            throw new IllegalStateException("Task '" + child.name() + "' is in " + child.group
                    + " already; a task factory must return a new task");
        }
        if (hasEnded()) {
            child.requestCancel(null);
            throw refused(TaskOptions.named(child.name()), "after the group had ended, by a task factory that waited");
        }
        child.group = this;
        child.previousSibling = last;
        if (last == null) {
            first = child;
        } else {
            last.nextSibling = child;
        }
        last = child;
        if (child.isDone()) {
            loop.ready.add(child);
        } else if (aborting) {
            child.requestCancel(null);
        }
    }

    /// A child has ended; called by the loop in the iteration after.
    void childDone(Task<?> child) {
        remove(child);
        if (first == null && childless != null && !childless.isDone()) {
            childless.complete(null);
        }
        Throwable failure = child.isCancelled() ? null : child.exception();
        if (failure == null) {
            return;
        }
        addFailure(failure, child);
        if (opener.isDone()) {
            loop.report(new EventLoop.ExceptionContext(
                    "Task '" + child.name() + "' failed after the task that opened its group, '" + opener.name()
                            + "', had ended",
                    failure,
                    child,
                    null));
        } else if (!aborting) {
            abort();
            ownCancellation.request();
        }
    }

    private void remove(Task<?> child) {
        Task<?> before = child.previousSibling;
        Task<?> after = child.nextSibling;
        if (before == null) {
            first = after;
        } else {
            before.nextSibling = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previousSibling = before;
        }
        child.previousSibling = null;
        child.nextSibling = null;
    }

    /// Returns whose group it is, and its state.
    @Override
    public String toString() {
        return "TaskGroup[of " + opener.describe() + (hasEnded() ? ", ended" : "") + (aborting ? ", aborting]" : "]");
    }

    /// The body of a task group without a result. See [Asyncio#taskGroup].
    @FunctionalInterface
    public interface VoidBody {
        /// Runs the body in the task that opened the group.
        ///
        /// @throws Exception what the body fails with, which cancels the group's tasks
        void run(TaskGroup group) throws Exception;
    }
}
