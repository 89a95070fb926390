package io.asyncio4j.combine;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.kernel.ChildOwner;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.OwnCancellation;
import io.asyncio4j.kernel.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The children of a task group: starts them, waits for their end, and cancels the others when one
/// fails.
///
/// Confined to the thread that holds the loop.
public final class Children extends ChildOwner {
    /*
     * The group is open while its body runs, then it is leaving: it waits for the children, who may still add
     * others. It has ended when it is leaving and has no child. Meanwhile it may be aborting: the children have
     * been cancelled and none may be added. The opener is cancelled at most once, when a child fails or by
     * cancel(), and this is taken back at the end.
     */

    private static final int MAX_FAILED_WAITS = 1000;

    private final Loop loop;
    private final Fiber<?> opener;
    private final OwnCancellation ownCancellation;
    private final List<Throwable> failures = new ArrayList<>();

    /// Of which task each failure is.
    private final List<String> origins = new ArrayList<>();

    /// A failure for which there was no memory in the list.
    private @Nullable Throwable firstUnlisted;

    private boolean leaving;
    private boolean aborting;

    /// The number of times that the opener could not even let the children run.
    private int failedWaits;

    /// The future that the opener awaits when leaving: done when there are no children.
    private @Nullable Promise<@Nullable Void> childless;

    public Children(Fiber<?> opener) {
        this.opener = opener;
        this.loop = opener.loop;
        this.ownCancellation = new OwnCancellation(opener);
    }

    @Override
    public Fiber<?> opener() {
        return opener;
    }

    /// Returns the failures of the children and of the body.
    public List<Throwable> failures() {
        return failures;
    }

    /// Returns of which task each failure is.
    public List<String> origins() {
        return origins;
    }

    // ------------------------------------------------------------------ while the group is open

    /// Creates a child.
    ///
    /// @throws IllegalStateException if the group has ended or is shutting down
    public <T extends @Nullable Object> Fiber<T> create(TaskOptions options, Coroutine<T> coroutine) {
        loop.owner.requireHeld("add a task to a group");
        if (hasEnded()) {
            throw refused(options, "after the group had ended; create it inside the group's body");
        }
        if (aborting) {
            throw refused(options, "while the group was shutting down, after a failure or cancel()");
        }
        Fiber<T> child = loop.maker.create(coroutine, options);
        adopt(child);
        return child;
    }

    /// Adds a new child. If it ran eagerly and is done, the group is told in the next iteration; if
    /// the group was aborted meanwhile, as by the child itself, it is cancelled as the others were.
    ///
    /// @throws IllegalStateException if it is in a group already, or this one ended while a task
    ///     factory waited
    private void adopt(Fiber<?> child) {
        ChildOwner other = ChildOwner.of(child);
        if (other != null) {
            throw new IllegalStateException(
                    "Task '" + child.name() + "' is in " + other + " already; a task factory must return a new task");
        }
        if (hasEnded()) {
            child.requestCancel(null);
            throw refused(TaskOptions.named(child.name()), "after the group had ended, by a task factory that waited");
        }
        add(child);
        if (child.isDone()) {
            loop.ready.add(child);
        } else if (aborting) {
            child.requestCancel(null);
        }
    }

    private boolean hasEnded() {
        return leaving && !hasChildren();
    }

    private IllegalStateException refused(TaskOptions options, String when) {
        String task = options.name() == null ? "A task" : "Task '" + options.name() + "'";
        return new IllegalStateException(task + " was added to the task group of " + opener.describe() + " " + when);
    }

    /// Ends the group early: cancels the children and the body.
    public void cancel() {
        loop.owner.requireHeld("cancel a task group");
        if (!hasEnded() && !aborting) {
            abort();
            ownCancellation.request();
        }
    }

    private void abort() {
        aborting = true;
        for (Fiber<?> child = first(); child != null; child = after(child)) {
            try {
                child.requestCancel(null);
            } catch (OutOfMemoryError full) { // it cannot be passed on: this child alone is told
                child.stopWaiting(null);
            }
        }
    }

    // ------------------------------------------------------------------ the end

    /// The body has ended. Waits for the children.
    ///
    /// @param thrown what the body has failed with, or null
    /// @return what the group ends with if it has no [#failures], or null
    @Nullable
    public Throwable leave(@Nullable Throwable thrown) {
        leaving = true;
        CancelledError cancellation = thrown instanceof CancelledError error ? error : null;
        if (thrown != null && !aborting) {
            abort();
        }
        CancelledError last = cancellation;
        VirtualMachineError unable = null;
        while (hasChildren()) {
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
        if (!failures.isEmpty() && opener.cancelling() > 0) {
            // Somebody cancelled the opener besides: the failures come first, the cancellation at its next await.
            opener.uncancel();
            opener.requestCancel(null);
        }
        return firstUnlisted != null ? firstUnlisted : cancellation;
    }

    private void awaitChildren() {
        childless = new NamedPromise<>(loop, () -> "the tasks of its group");
        childless.await();
    }

    private void addFailure(Throwable failure, String origin) {
        origins.add(origin);
        failures.add(failure);
    }

    /// Like [#addFailure]; if there is no memory, the first failure is kept at least.
    private void addFailure(Throwable failure, Fiber<?> child) {
        try {
            addFailure(failure, child.describe());
        } catch (VirtualMachineError full) {
            while (origins.size() > failures.size()) {
                origins.removeLast();
            }
            firstUnlisted = firstUnlisted == null ? failure : firstUnlisted;
        }
    }

    /// A child has ended; called by the loop in the iteration after.
    @Override
    public void childDone(Fiber<?> child) {
        remove(child);
        if (!hasChildren() && childless != null && !childless.isDone()) {
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

    /// Returns whose group it is, and its state.
    @Override
    public String toString() {
        return "TaskGroup[of " + opener.describe() + (hasEnded() ? ", ended" : "") + (aborting ? ", aborting]" : "]");
    }
}
