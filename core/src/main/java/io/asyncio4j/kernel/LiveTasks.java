package io.asyncio4j.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tasks of a loop that are not done, in the order of creation. The loop holds them, so that no
/// task is lost because the program has dropped it.
///
/// A linked list through the tasks themselves. Confined to the thread that holds the loop.
public final class LiveTasks {
    private @Nullable Fiber<?> first;
    private @Nullable Fiber<?> last;
    private int size;

    public int size() {
        return size;
    }

    @Nullable
    public Fiber<?> first() {
        return first;
    }

    void add(Fiber<?> task) {
        task.previousLive = last;
        if (last == null) {
            first = task;
        } else {
            last.nextLive = task;
        }
        last = task;
        size++;
    }

    /// Removes a task, if it is there.
    void remove(Fiber<?> task) {
        Fiber<?> before = task.previousLive;
        Fiber<?> after = task.nextLive;
        if (before == null && task != first) {
            return;
        }
        if (before == null) {
            first = after;
        } else {
            before.nextLive = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previousLive = before;
        }
        task.previousLive = null;
        task.nextLive = null;
        size--;
    }

    public List<Fiber<?>> list() {
        List<Fiber<?>> tasks = new ArrayList<>(size);
        for (Fiber<?> task = first; task != null; task = task.nextLive) {
            tasks.add(task);
        }
        return tasks;
    }
}
