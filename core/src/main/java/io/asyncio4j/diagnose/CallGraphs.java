package io.asyncio4j.diagnose;

import io.asyncio4j.CallGraph;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.Promise;
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
public final class CallGraphs {
    /// The class whose methods capture the graph of the caller.
    private static final String DOOR = "io.asyncio4j.Asyncio";

    private CallGraphs() {}

    /// Captures the graph of `future`, on its loop.
    public static CallGraph of(Promise<?> future) {
        return of(future, waitingForHolders(future.loop), new HashSet<>());
    }

    /// Returns the tasks that wait for what others hold, by holder.
    private static Map<Fiber<?>, Set<Fiber<?>>> waitingForHolders(Loop loop) {
        Map<Fiber<?>, Set<Fiber<?>>> waiting = new HashMap<>();
        for (Fiber<?> task : loop.tasks.list()) {
            for (Fiber<?> holder : task.holdersOfAwaited()) {
                waiting.computeIfAbsent(holder, _ -> new LinkedHashSet<>()).add(task);
            }
        }
        return waiting;
    }

    private static CallGraph of(
            Promise<?> future, Map<Fiber<?>, Set<Fiber<?>>> waitingForHolders, Set<Promise<?>> above) {
        List<StackTraceElement> stack = future instanceof Fiber<?> task ? withoutCapture(task.stack()) : List.of();
        List<CallGraph> awaitedBy = new ArrayList<>();
        if (above.add(future)) {
            Set<Fiber<?>> waiting = tasksWaitingFor(future);
            if (future instanceof Fiber<?> task) {
                waiting.addAll(waitingForHolders.getOrDefault(task, Set.of()));
            }
            for (Fiber<?> task : waiting) {
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
    static Set<Fiber<?>> tasksWaitingFor(Promise<?> future) {
        Set<Fiber<?>> found = new LinkedHashSet<>();
        Deque<Iterator<Promise<?>>> todo = new ArrayDeque<>(); // instead of recursion: there may be many
        todo.push(future.waitingFutures().iterator());
        while (!todo.isEmpty()) {
            if (!todo.element().hasNext()) {
                todo.pop();
                continue;
            }
            Promise<?> waiting = todo.element().next();
            if (waiting instanceof Fiber<?> task) {
                found.add(task);
            } else {
                todo.push(waiting.waitingFutures().iterator());
            }
        }
        return found;
    }
}
