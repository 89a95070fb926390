package io.asyncio4j;

import java.util.List;

/// Thrown by `run` when the loop's tasks can never go on: each waits for something that only
/// another of them could bring about, no timer is set, and nobody outside can wake the loop.
///
/// The message lists the tasks with what they wait for and where, and the circles in which they
/// wait for each other. asyncio has no counterpart: there the program hangs.
public final class DeadlockException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient List<TaskSnapshot> tasks;
    private final transient List<List<String>> circles;

    public DeadlockException(String message, List<TaskSnapshot> tasks, List<List<String>> circles) {
        super(message);
        this.tasks = List.copyOf(tasks);
        this.circles = List.copyOf(circles);
    }

    /// Returns the tasks that wait, in the order of creation.
    public List<TaskSnapshot> tasks() {
        return tasks;
    }

    /// Returns the circles: the names of tasks each of which waits for the next, and the last for
    /// the first. Empty if none is known, as when all wait for a queue that nobody fills.
    public List<List<String>> circles() {
        return circles;
    }
}
