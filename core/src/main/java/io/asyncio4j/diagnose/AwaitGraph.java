package io.asyncio4j.diagnose;

import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.kernel.Fiber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The graph of which task of a loop waits for which, as it stands now.
///
/// Futures know who waits for them; this is the other direction, with the holders of what tasks
/// wait for. Made on the loop, or while that stands still.
public final class AwaitGraph {
    private final Map<Fiber<?>, Set<Fiber<?>>> awaited = new LinkedHashMap<>();

    public AwaitGraph(List<Fiber<?>> tasks) {
        for (Fiber<?> task : tasks) {
            awaited.put(task, new LinkedHashSet<>());
        }
        for (Fiber<?> task : tasks) {
            for (Fiber<?> waiting : CallGraphs.tasksWaitingFor(task)) {
                add(waiting, task);
            }
            for (Fiber<?> holder : task.holdersOfAwaited()) {
                add(task, holder);
            }
        }
    }

    private void add(Fiber<?> waiting, Fiber<?> task) {
        Set<Fiber<?>> known = awaited.get(waiting);
        if (known != null && !task.isDone()) {
            known.add(task);
        }
    }

    public Collection<Fiber<?>> tasks() {
        return awaited.keySet();
    }

    /// Returns the live tasks that `task` waits for.
    Set<Fiber<?>> awaitedBy(Fiber<?> task) {
        return awaited.getOrDefault(task, Set.of());
    }

    /// Returns circles of tasks that wait for each other, each once, beginning with its oldest
    /// task. A task that stands in several is shown in one.
    List<List<Fiber<?>>> circles() {
        List<List<Fiber<?>>> circles = new ArrayList<>();
        Set<Fiber<?>> seen = new HashSet<>();
        for (Fiber<?> start : awaited.keySet()) {
            findCircle(start, seen, circles);
        }
        return circles;
    }

    /// Follows what tasks wait for, depth first and without recursion: chains can be long.
    private void findCircle(Fiber<?> start, Set<Fiber<?>> seen, List<List<Fiber<?>>> circles) {
        if (!seen.add(start)) {
            return;
        }
        List<Fiber<?>> path = new ArrayList<>(List.of(start));
        List<Iterator<Fiber<?>>> todo = new ArrayList<>(List.of(awaitedBy(start).iterator()));
        Map<Fiber<?>, Integer> onPath = new HashMap<>(Map.of(start, 0));
        while (!path.isEmpty()) {
            if (!todo.getLast().hasNext()) {
                todo.removeLast();
                onPath.remove(path.removeLast());
                continue;
            }
            Fiber<?> next = todo.getLast().next();
            Integer place = onPath.get(next);
            if (place != null) {
                circles.add(fromOldest(path.subList(place, path.size())));
            } else if (seen.add(next)) {
                onPath.put(next, path.size());
                path.add(next);
                todo.add(awaitedBy(next).iterator());
            }
        }
    }

    private static List<Fiber<?>> fromOldest(List<Fiber<?>> circle) {
        int oldest = 0;
        for (int i = 1; i < circle.size(); i++) {
            if (circle.get(i).id < circle.get(oldest).id) {
                oldest = i;
            }
        }
        List<Fiber<?>> turned = new ArrayList<>(circle.subList(oldest, circle.size()));
        turned.addAll(circle.subList(0, oldest));
        return turned;
    }

    /// Returns what is known of `task`.
    ///
    /// @param withStack whether to walk its stack, which takes a while
    public TaskSnapshot snapshot(Fiber<?> task, boolean withStack) {
        return task.snapshot(
                awaitedBy(task).stream().map(other -> other.id).toList(), withStack ? task.stack() : List.of());
    }
}
