package io.asyncio4j.kernel;

import io.asyncio4j.Awaitable;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.Task;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.TaskStatistics;
import io.asyncio4j.base.CoarseTime;
import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.base.StackRoom;
import io.asyncio4j.jfr.JfrEvents;
import io.asyncio4j.spi.ReadyOrder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [Task] as the kernel has it: a coroutine, and the promise of its result.
///
/// @param <T> the type of the result
public final class Fiber<T extends @Nullable Object> extends Promise<T> implements Task<T> {
    /*
     * Where a live task stands, and what says so:
     *
     *   created      body != null; in the ready queue (or being started eagerly)
     *   running      loop.owner.current() == this; waiter == null
     *   waiting      waiter is pending and has this among its callbacks
     *   woken        waiter is done (or null after sleep(0)); in the ready queue
     *   done         strand == null; if it is a group's child, in the ready queue once more to tell it
     *
     * cancel() on a waiting task cancels what it waits for, in every other state it leaves mustCancel for
     * the next step, which throws in the task. cancelRequests counts cancel() minus uncancel().
     */

    /// Counts the tasks of the loop, from 1.
    public final long id;

    /// Counts those without a name; 0 for others.
    private final long number;

    private @Nullable String name;
    private final Context context;
    private @Nullable Awaitable<? extends T> body;

    private final ProgramFrames place;

    /// The context that code of this task sees now: its own, or the one of a `Context.run` within.
    private Context enteredContext;

    /// The task within whose step this one makes a step; null unless it does.
    private @Nullable Fiber<?> outer;

    /// The thread the task lives on, from its first step to its end. Written by the engine.
    private @Nullable Strand strand;

    /// What the task waits for, until its next step.
    private @Nullable Promise<?> waiter;

    /// Since when it waits, if it does, as [CoarseTime] has it.
    private long waitingSince;

    /// How many steps it has begun.
    private long steps;

    /// Where its time has gone; null until it is observed. Written by the observer.
    private @Nullable TaskTimes times;

    private boolean mustCancel;
    private @Nullable String cancelMessage;
    private int cancelRequests;

    /// The cancellation that was delivered and not taken back; kept in debug mode only.
    private @Nullable DeliveredCancellation delivered;

    /// Whether a module has created it, and not the program.
    private boolean ofModule;

    /// Receives the end of this. Written by the owner.
    @Nullable
    ChildOwner owner;

    /// Links of the loop's list of live tasks, in the order of creation.
    @Nullable
    Fiber<?> previousLive;

    @Nullable
    Fiber<?> nextLive;

    /// Links of the owner's list of children.
    @Nullable
    Fiber<?> previousSibling;

    @Nullable
    Fiber<?> nextSibling;

    Fiber(Loop loop, long id, long number, Awaitable<? extends T> body, TaskOptions options) {
        super(loop);
        this.id = id;
        this.number = number;
        this.place = ProgramFrames.ofCaller(loop.isDebug());
        this.name = options.name();
        this.body = body;
        this.context = options.context() == null ? Context.copyCurrent() : options.context();
        this.enteredContext = context;
    }

    // ------------------------------------------------------------------ for the kernel

    @Nullable
    public Strand strand() {
        return strand;
    }

    public void setStrand(@Nullable Strand strand) {
        this.strand = strand;
    }

    public long steps() {
        return steps;
    }

    @Nullable
    public TaskTimes times() {
        return times;
    }

    public void setTimes(TaskTimes times) {
        this.times = times;
    }

    /// Returns the context that code of this task sees now.
    public Context enteredContext() {
        return enteredContext;
    }

    void enter(Context entered) {
        enteredContext = entered;
    }

    @Nullable
    Fiber<?> outer() {
        return outer;
    }

    void setOuter(@Nullable Fiber<?> task) {
        outer = task;
    }

    public boolean isOfModule() {
        return ofModule;
    }

    public void markOfModule() {
        ofModule = true;
    }

    @Nullable
    public Fiber<?> nextLive() {
        return nextLive;
    }

    // ------------------------------------------------------------------ cancellation

    @Override
    public boolean requestCancel(@Nullable String message) {
        Promise<?> awaited = waiter;
        if (isDone() || (awaited != null && awaited.passesCancelOn())) {
            return CancelRequest.send(this, message);
        }
        countCancel();
        if (awaited == null || !awaited.requestCancel(message)) {
            cancelInNextStep(message);
        }
        return true;
    }

    @Override
    public boolean passesCancelOn() {
        return true;
    }

    /// Counts a request to cancel, which is delivered elsewhere.
    void countCancel() {
        cancelRequests++;
    }

    /// Has the next step throw a [CancelledError]: nothing can be cancelled that the task waits
    /// for.
    void cancelInNextStep(@Nullable String message) {
        mustCancel = true;
        cancelMessage = message;
    }

    /// Whether a cancellation waits for the next step or await.
    boolean isCancelPending() {
        return mustCancel;
    }

    /// Forgets a cancellation that waits for the next step or await.
    void dropPendingCancel() {
        mustCancel = false;
    }

    /// Tasks that wait for each other in a circle: nothing would ever deliver the cancellation, so
    /// this one stops waiting and gets it in its next step.
    public void stopWaiting(@Nullable String message) {
        if (waiter == null) {
            cancelInNextStep(message);
            return;
        }
        waiter.removeCallback(this);
        waiter = null;
        cancelInNextStep(message);
        loop.ready.add(this);
    }

    @Override
    public int uncancel() {
        loop.owner.requireHeld("uncancel a task");
        if (cancelRequests > 0 && --cancelRequests == 0) {
            mustCancel = false;
            delivered = null;
        }
        return cancelRequests;
    }

    @Override
    public int cancelling() {
        return cancelRequests;
    }

    /// Once it was asked to stop by a message, the task remembers it, even if it refuses.
    @Override
    @Nullable
    public String cancelMessage() {
        return isCancelled() ? super.cancelMessage() : cancelMessage;
    }

    private CancelledError takeCancellation() {
        CancelledError error = new CancelledError(cancelMessage);
        mustCancel = false;
        noteDelivery();
        return error;
    }

    /// The task is about to be given a [CancelledError].
    private void noteDelivery() {
        if (loop.isDebug() && cancelRequests > 0) {
            try {
                delivered = new DeliveredCancellation(this);
            } catch (VirtualMachineError unable) {
                loop.problems.lose(unable);
            }
        }
    }

    // ------------------------------------------------------------------ names and parts

    @Override
    public String name() {
        String given = name;
        return given == null ? "Task-" + number : given;
    }

    @Override
    public void setName(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public List<StackTraceElement> stack() {
        Strand place = strand;
        if (place == null) {
            return List.of();
        }
        List<StackTraceElement> frames = Arrays.asList(place.thread().getStackTrace());
        return frames.subList(framesOfSuspension(frames), frames.size()).stream()
                .filter(frame -> !ProgramFrames.isMachinery(frame.getClassName()))
                .toList();
    }

    /// How many frames at the top belong to the way in which the task is suspended; 0 if it runs.
    private static int framesOfSuspension(List<StackTraceElement> frames) {
        for (int i = 0; i < frames.size(); i++) {
            StackTraceElement frame = frames.get(i);
            if (frame.getMethodName().equals("suspend") && frame.getClassName().equals(Loop.class.getName())) {
                return i + 1;
            }
        }
        return 0;
    }

    @Override
    public TaskStatistics statistics() {
        loop.owner.requireHeld("get the statistics of " + describe());
        return loop.observation.statistics(this);
    }

    @Override
    public void printStack(PrintStream out) {
        out.println(this);
        stack().forEach(frame -> out.println("    at " + frame));
    }

    @Override
    public void printStack() {
        printStack(System.out);
    }

    @Override
    public void setResult(T value) {
        throw bodyDecides("result");
    }

    @Override
    public void setException(Throwable exception) {
        throw bodyDecides("exception");
    }

    private UnsupportedOperationException bodyDecides(String what) {
        return new UnsupportedOperationException("The " + what + " of task '" + name()
                + "' comes from its body and cannot be set; use createFuture() for one that can");
    }

    @Override
    public String describe() {
        return "task '" + name() + "'";
    }

    @Override
    public String toString() {
        String state = waiter == null || isDone() ? outcomeText() : "waiting for " + waiter.describe();
        return "Task['" + name() + "', " + state + "]";
    }

    /// What the task waits for; null if it runs or goes on by itself.
    @Nullable
    public Promise<?> awaited() {
        return waiter;
    }

    /// What the task waits for, and what keeps it waiting.
    public String awaitedText() {
        Promise<?> awaited = waiter;
        if (awaited == null) {
            return "its turn";
        }
        String state = awaited.waitState();
        return awaited.describe() + (state.isEmpty() ? "" : ", " + state);
    }

    /// The tasks that hold what this one waits for.
    public List<Fiber<?>> holdersOfAwaited() {
        Promise<?> awaited = waiter;
        return awaited == null ? List.of() : awaited.holders();
    }

    @Override
    public ProgramFrames place() {
        return place;
    }

    private TaskSnapshot.State state() {
        Promise<?> awaited = waiter;
        if (isDone()) {
            return TaskSnapshot.State.DONE;
        }
        if (loop.owner.current() == this) {
            return TaskSnapshot.State.RUNNING;
        }
        if (awaited != null && !awaited.isDone()) {
            return TaskSnapshot.State.WAITING;
        }
        return isFresh() ? TaskSnapshot.State.CREATED : TaskSnapshot.State.READY;
    }

    /// Returns what is known of this task.
    public TaskSnapshot snapshot(List<Long> awaitedTasks, List<StackTraceElement> frames) {
        TaskSnapshot.State state = state();
        boolean waiting = state == TaskSnapshot.State.WAITING;
        return new TaskSnapshot(
                id,
                name(),
                state,
                waiting ? awaitedText() : null,
                awaitedTasks,
                waiting ? Duration.ofNanos(System.nanoTime() - waitingSince) : Duration.ZERO,
                frames,
                place.frames());
    }

    // ------------------------------------------------------------------ steps, on the task's thread

    /// Whether the loop has still to run this; otherwise it is in the queue to tell its group.
    public boolean isLive() {
        return !isDone();
    }

    public boolean isFresh() {
        return body != null;
    }

    /// Runs the body, from the task's first step to its end.
    public void execute() {
        Awaitable<? extends T> coroutine = Objects.requireNonNull(body);
        body = null;
        steps++;
        T value;
        try {
            if (mustCancel) {
                throw takeCancellation();
            }
            value = coroutine.await();
        } catch (CancelledError error) {
            cancelWith(error);
            return;
        } catch (Throwable thrown) {
            fail(thrown);
            return;
        }
        if (mustCancel) {
            mustCancel = false;
            cancelWith(cancelMessage);
            return;
        }
        complete(value);
        if (delivered != null) {
            delivered.ended();
        }
        if (loop.isDebug()) {
            StrayResult.report(this, value);
        }
    }

    /// The loop could not run this, or could not tell its group of its end.
    @Override
    public boolean failed(Throwable thrown) {
        strand = null;
        body = null;
        if (!isDone()) {
            fail(thrown);
        } else {
            loop.problems.report("A task has ended, and the event loop failed after that", thrown);
        }
        return true;
    }

    /// Suspends until `future` is done, or until cancelled.
    void waitFor(Promise<?> future) {
        StackRoom.require();
        if (future == this) {
            yieldOnce(); // the refusal reaches the task in its next step, as in asyncio
            throw new IllegalStateException("Task '" + name() + "' cannot await itself; await it from another task");
        }
        noteAwait();
        boolean cancelling = mustCancel;
        future.addCallback(this);
        waiter = future;
        waitingSince = CoarseTime.nanos();
        try {
            if (cancelling && future.requestCancel(cancelMessage)) {
                mustCancel = false;
            }
            loop.suspend(this);
            steps++;
        } catch (Throwable unable) {
            future.removeCallback(this);
            loop.ready.remove(this);
            mustCancel |= cancelling;
            throw unable;
        } finally {
            waiter = null;
        }
        if (mustCancel) {
            CancelledError error = takeCancellation();
            if (!future.wakesWithCancellation()) {
                throw error;
            }
        } else if (loop.isDebug() && future.wakesWithCancellation()) {
            noteDelivery();
        }
    }

    private void noteAwait() {
        if (delivered != null) {
            delivered.awaitsAgain();
        }
    }

    /// Lets everything else that is ready run first.
    public void yieldOnce() {
        noteAwait();
        loop.ready.add(this);
        try {
            loop.suspend(this);
            steps++;
        } catch (Throwable unable) {
            loop.ready.remove(this);
            throw unable;
        }
        if (mustCancel) {
            throw takeCancellation();
        }
    }

    /// The task that opened the group waits for this, too.
    @Override
    public List<Promise<?>> waitingFutures() {
        List<Promise<?>> found = super.waitingFutures();
        if (owner != null && !isDone()) {
            found.add(owner.opener());
        }
        return found;
    }

    @Override
    public void onDone() {
        loop.tasks.remove(this);
        if (JfrEvents.areOn()) {
            TaskRecording.ended(this);
        }
        if (owner != null) {
            loop.ready.add(this);
        }
    }

    /// Hands its end to its owner, in the iteration after.
    public void tellOwner() {
        ChildOwner.tell(this);
    }

    @Override
    public boolean isStep() {
        return isLive();
    }

    @Override
    public ReadyOrder.Step describeStep() {
        return isLive()
                ? new ReadyOrder.Step(this, true, describe())
                : new ReadyOrder.Step(null, false, "the end of " + describe());
    }

    @Override
    @Nullable
    public Fiber<?> taskBehind() {
        return this;
    }
}
