package io.asyncio4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Captures call graphs. Confined to the thread that holds the loop.
final class CallGraphs {
    /// The class whose methods capture the graph of the caller.
    private static final String DOOR = "io.asyncio4j.Asyncio";

    private CallGraphs() {}

    /// Captures the graph of `future`, on its loop.
    static CallGraph of(Future<?> future) {
        return of(future, waitingForHolders(future.loop), new HashSet<>());
    }

    /// Returns the tasks that wait for what others hold, by holder.
    private static Map<Task<?>, Set<Task<?>>> waitingForHolders(Loop loop) {
        Map<Task<?>, Set<Task<?>>> waiting = new HashMap<>();
        for (Task<?> task : loop.tasks.list()) {
            for (Task<?> holder : task.holdersOfAwaited()) {
                waiting.computeIfAbsent(holder, _ -> new LinkedHashSet<>()).add(task);
            }
        }
        return waiting;
    }

    private static CallGraph of(Future<?> future, Map<Task<?>, Set<Task<?>>> waitingForHolders, Set<Future<?>> above) {
        List<StackTraceElement> stack = future instanceof Task<?> task ? withoutCapture(task.stack()) : List.of();
        List<CallGraph> awaitedBy = new ArrayList<>();
        if (above.add(future)) {
            Set<Task<?>> waiting = tasksWaitingFor(future);
            if (future instanceof Task<?> task) {
                waiting.addAll(waitingForHolders.getOrDefault(task, Set.of()));
            }
            for (Task<?> task : waiting) {
                awaitedBy.add(of(task, waitingForHolders, above));
            }
            above.remove(future);
        }
        return new CallGraph(future, stack, awaitedBy);
    }

    /// Drops the frames of the capture itself, if a task captures its own graph.
    private static List<StackTraceElement> withoutCapture(List<StackTraceElement> stack) {
        int first = 0;
        while (first < stack.size() && isCapture(stack.get(first))) {
            first++;
        }
        return stack.subList(first, stack.size());
    }

    private static boolean isCapture(StackTraceElement frame) {
        return frame.getClassName().equals(CallGraphs.class.getName())
                || (frame.getClassName().equals(DOOR) && frame.getMethodName().endsWith("CallGraph"));
    }

    /// Returns the tasks that wait for `future`, also through futures that only stand between.
    static Set<Task<?>> tasksWaitingFor(Future<?> future) {
        Set<Task<?>> found = new LinkedHashSet<>();
        Deque<Iterator<Future<?>>> todo = new ArrayDeque<>(); // instead of recursion: there may be many
        todo.push(future.waitingFutures().iterator());
        while (!todo.isEmpty()) {
            if (!todo.element().hasNext()) {
                todo.pop();
                continue;
            }
            Future<?> waiting = todo.element().next();
            if (waiting instanceof Task<?> task) {
                found.add(task);
            } else {
                todo.push(waiting.waitingFutures().iterator());
            }
        }
        return found;
    }
}
