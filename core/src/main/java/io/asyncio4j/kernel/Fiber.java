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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [Task] as the kernel has it: a coroutine, and the promise of its result.
///
/// @param <T> the type of the result
public final class Fiber<T extends @Nullable Object> extends CancelState<T> implements Task<T> {
    /*
     * Where a live task stands, and what says so:
     *
     *   created      body != null; in the ready queue (or being started eagerly)
     *   running      loop.owner.current() == this; waiter == null
     *   waiting      waiter is pending and has this among its callbacks
     *   woken        waiter is done (or null after sleep(0)); in the ready queue
     *   done         strand == null; if it is a group's child, in the ready queue once more to tell it
     *
     * cancel() on a waiting task cancels what it waits for, in every other state it has the next step throw in
     * the task: see CancelState.
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
        return FiberView.stack(this);
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

    /// Returns what is known of this task.
    public TaskSnapshot snapshot(List<Long> awaitedTasks, List<StackTraceElement> frames) {
        return FiberView.snapshot(this, awaitedTasks, frames);
    }

    /// Since when it waits, if it does, as [CoarseTime] has it.
    long waitingSince() {
        return waitingSince;
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
            if (isCancelPending()) {
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
        if (isCancelPending()) {
            dropPendingCancel();
            cancelWith(requestMessage());
            return;
        }
        complete(value);
        noteEnd();
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
        boolean cancelling = isCancelPending();
        future.addCallback(this);
        waiter = future;
        waitingSince = CoarseTime.nanos();
        try {
            if (cancelling && future.requestCancel(requestMessage())) {
                dropPendingCancel();
            }
            loop.suspend(this);
            steps++;
        } catch (Throwable unable) {
            future.removeCallback(this);
            loop.ready.remove(this);
            restorePendingCancel(cancelling);
            throw unable;
        } finally {
            waiter = null;
        }
        if (isCancelPending()) {
            CancelledError error = takeCancellation();
            if (!future.wakesWithCancellation()) {
                throw error;
            }
        } else if (loop.isDebug() && future.wakesWithCancellation()) {
            noteDelivery();
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
        if (isCancelPending()) {
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
