package io.asyncio4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A loop as it stood at one moment, for whoever looks at the process from outside.
///
/// @param id the loop's number in the process
/// @param thread the thread it runs in, or null if it does not run
/// @param state what it was about
/// @param tasks its tasks that were not done, in the order of creation
/// @param omitted how many more there were
/// @param circles the ids of tasks each of which waits for the next, and the last for the first
/// @param trouble what went wrong with the reading, or null: the loop went on meanwhile
record LoopSnapshot(
        long id,
        @Nullable String thread,
        State state,
        List<TaskSnapshot> tasks,
        int omitted,
        List<List<Long>> circles,
        @Nullable String trouble) {
    /// How long a loop may take to answer: one that does not is blocked, and stands still.
    private static final long ANSWER_SECONDS = 1;

    /// What a loop is about.
    enum State {
        /// It runs tasks and callbacks.
        BUSY,
        /// It waits.
        IDLE,
        /// A task or callback keeps it.
        BLOCKED,
        /// No thread runs it.
        STOPPED
    }

    /// Tasks, and threads whose stacks are still to be read.
    private record Reading(List<TaskSnapshot> tasks, List<Task<?>> sources, int omitted, List<List<Long>> circles) {}

    /// Reads a loop, from any other thread than its own: on the loop if that answers, else from
    /// here. Stacks are read from here in any case, since that takes long.
    ///
    /// @param maxTasks how many tasks to tell of
    /// @param maxStacks how many of them with their stacks
    static LoopSnapshot of(Loop loop, int maxTasks, int maxStacks) {
        Thread thread = loop.thread;
        State state = thread == null ? State.STOPPED : loop.io.isWaiting() ? State.IDLE : State.BUSY;
        Reading reading = thread == null ? null : ask(loop, maxTasks);
        String trouble = null;
        if (reading == null) {
            state = thread == null ? State.STOPPED : State.BLOCKED;
            try {
                reading = read(loop, maxTasks);
            } catch (RuntimeException moved) {
                reading = new Reading(List.of(), List.of(), 0, List.of());
                trouble = "its tasks could not be read: " + moved;
            }
        }
        List<TaskSnapshot> tasks = new ArrayList<>();
        for (TaskSnapshot task : reading.tasks) {
            int index = tasks.size();
            tasks.add(
                    index < maxStacks
                            ? task.withStack(reading.sources.get(index).stack())
                            : task);
        }
        return new LoopSnapshot(
                loop.id,
                thread == null ? null : Caller.name(thread),
                state,
                tasks,
                reading.omitted,
                reading.circles,
                trouble);
    }

    /// Has the loop read itself. Returns null if it does not come to it.
    private static @Nullable Reading ask(Loop loop, int maxTasks) {
        BlockingQueue<Reading> answer = new ArrayBlockingQueue<>(1);
        if (!loop.post(new KernelCallback(() -> answer.add(read(loop, maxTasks))))) {
            return null;
        }
        try {
            return answer.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static Reading read(Loop loop, int maxTasks) {
        List<Task<?>> all = loop.tasks.list();
        AwaitGraph graph = new AwaitGraph(all);
        List<Task<?>> told = all.subList(0, Math.min(all.size(), maxTasks));
        return new Reading(
                told.stream().map(task -> graph.snapshot(task, false)).toList(),
                told,
                all.size() - told.size(),
                graph.circles().stream()
                        .map(circle -> circle.stream().map(task -> task.id).toList())
                        .toList());
    }
}
