package io.asyncio4j.inspect;

import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.diagnose.BlockedOn;
import io.asyncio4j.diagnose.BlockedStep;
import io.asyncio4j.diagnose.RunningStep;
import io.asyncio4j.diagnose.Supervisor;
import io.asyncio4j.diagnose.TaskListing;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.KernelCallback;
import io.asyncio4j.kernel.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reads a loop from another thread than its own: has the loop do it if it answers, else does it
/// itself, since a loop that does not answer stands still.
///
/// Stacks are read by the other thread in any case, since that takes long.
final class LoopInspector {
    /// For how long one that has not answered must not have moved to be called blocked.
    private static final long STANDSTILL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Loop loop;
    private final int maxTasks;
    private final long begun = System.nanoTime();
    private final @Nullable Thread thread;
    private final boolean idle;
    private final CompletableFuture<TaskListing> answer = new CompletableFuture<>();
    private final boolean asked;

    /// Asks the loop.
    private LoopInspector(Loop loop, int maxTasks) {
        this.loop = loop;
        this.maxTasks = maxTasks;
        this.thread = loop.owner.thread();
        this.idle = loop.io.isWaiting();
        this.asked = thread != null && loop.post(new KernelCallback(() -> loop.onOwnThread(this::answer)));
    }

    /// Returns what is known of some loops. They are asked all at once, so that several that are
    /// blocked take no longer than one.
    ///
    /// @param patience how long a loop may take to answer
    /// @param maxTasks how many tasks of each to tell of
    /// @param maxStacks how many of them with their stacks
    static List<LoopSnapshot> read(List<Loop> loops, Duration patience, int maxTasks, int maxStacks) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<LoopInspector> readers =
                loops.stream().map(loop -> new LoopInspector(loop, maxTasks)).toList();
        return readers.stream()
                .map(reader -> reader.snapshot(deadline, maxStacks))
                .toList();
    }

    private LoopSnapshot snapshot(long deadline, int maxStacks) {
        if (!asked) {
            return snapshot(null, LoopSnapshot.State.STOPPED, null, TaskListing.of(loop, maxTasks), maxStacks);
        }
        TaskListing told = await(deadline - System.nanoTime());
        long progress = loop.progress();
        if (told == null) {
            told = await(STANDSTILL_NANOS);
        }
        if (told != null) {
            return snapshot(thread, idle ? LoopSnapshot.State.IDLE : LoopSnapshot.State.BUSY, null, told, maxStacks);
        }
        answer.cancel(false);
        return readBlocked(progress, maxStacks);
    }

    /// @param progress how far the loop had got when it had not answered for a while
    private LoopSnapshot readBlocked(long progress, int maxStacks) {
        RunningStep culprit = RunningStep.of(loop);
        TaskListing seen = TaskListing.of(loop, maxTasks);
        if (culprit == null) {
            return snapshot(null, LoopSnapshot.State.STOPPED, null, seen, maxStacks);
        }
        if (loop.progress() != progress) {
            seen.note("it went on while it was read");
            return snapshot(thread, LoopSnapshot.State.BUSY, null, seen, maxStacks);
        }
        return snapshot(thread, LoopSnapshot.State.BLOCKED, blockade(culprit), seen, maxStacks);
    }

    private LoopSnapshot.Blockade blockade(RunningStep culprit) {
        long lasted =
                Math.max(System.nanoTime() - begun, Supervisor.of(loop).watch.blockedNanos());
        String reason =
                culprit.starved() ? "its virtual thread gets no carrier thread" : BlockedOn.describe(culprit.thread());
        return new LoopSnapshot.Blockade(
                culprit.who(), Duration.ofNanos(lasted), reason, BlockedStep.programFrames(culprit.stack()));
    }

    /// Returns the loop's answer, or null if it does not come to it.
    private @Nullable TaskListing await(long nanos) {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is not completed so", e);
        }
    }

    private LoopSnapshot snapshot(
            @Nullable Thread runs,
            LoopSnapshot.State state,
            LoopSnapshot.@Nullable Blockade blockade,
            TaskListing list,
            int maxStacks) {
        List<TaskSnapshot> tasks = new ArrayList<>();
        for (TaskSnapshot task : list.tasks()) {
            int index = tasks.size();
            tasks.add(index < maxStacks ? withStack(task, stack(list.sources().get(index))) : task);
        }
        String name = runs == null ? null : Caller.name(runs);
        return new LoopSnapshot(loop.id, name, state, blockade, tasks, list.omitted(), list.circles(), list.trouble());
    }

    private static TaskSnapshot withStack(TaskSnapshot task, List<StackTraceElement> stack) {
        return new TaskSnapshot(
                task.id(),
                task.name(),
                task.state(),
                task.awaited(),
                task.awaitedTasks(),
                task.waited(),
                stack,
                task.createdAt());
    }

    private static List<StackTraceElement> stack(Fiber<?> task) {
        try {
            return task.stack();
        } catch (RuntimeException | Error unable) {
            return List.of(); // no memory, say: the rest is worth showing all the same
        }
    }

    // ------------------------------------------------------------------ on the loop, or while it stands still

    private void answer() {
        loop.ready.noteProbe();
        if (!answer.isDone()) {
            answer.complete(TaskListing.of(loop, maxTasks));
        }
    }
}
