package io.asyncio4j.spi;

import io.asyncio4j.Task;
import java.util.List;

/// The thing that a task waits for when it awaits a future that stands for it: a lock, a queue,
/// bytes from a socket. Messages, dumps and the deadlock detector show it to people.
///
/// Called on the loop, and by any thread that looks at a loop that hangs; must not throw or
/// suspend.
public interface Awaited {
    /// Returns what it is, such as `lock 'db'`: the same as long as it lives.
    String name();

    /// Returns what keeps the task waiting now, such as `held by task 'writer'`; empty if that
    /// follows from the name.
    default String state() {
        return "";
    }

    /// Returns the tasks that alone can end the wait, such as the one that holds the lock; empty if
    /// they are not known.
    default List<Task<?>> holders() {
        return List.of();
    }
}
