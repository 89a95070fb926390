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

/// A future or task as it stood when this was captured: where it was, and who awaited it, and so on
/// up to the tasks that nobody awaited. See [Asyncio#captureCallGraph].
///
/// Tasks are found that wait for it directly, through `gather`, `shield`, `waitAll`, `waitFor`,
/// `asCompleted`, a [Generator], or a `CompletableFuture` that the loop has handed out; because it
/// is a child of their group; or because it holds what they wait for, such as a lock. asyncio:
/// `FutureCallGraph`.
///
/// @param future the future or task
/// @param callStack the task's frames, innermost first; empty for a plain future, and for a task
///     that has not started or is done
/// @param awaitedBy the tasks that awaited it; empty for a task that is further up already, as in a
///     circle of tasks that wait for each other
public record CallGraph(Future<?> future, List<StackTraceElement> callStack, List<CallGraph> awaitedBy) {
    /// Creates one with copies of the lists.
    public CallGraph {
        callStack = List.copyOf(callStack);
        awaitedBy = List.copyOf(awaitedBy);
    }

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
        return frame.getClassName().equals(CallGraph.class.getName())
                || (frame.getClassName().equals(Asyncio.class.getName())
                        && frame.getMethodName().endsWith("CallGraph"));
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

    /// Returns the graph as indented text, as [Asyncio#printCallGraph] prints it. asyncio:
    /// `format_call_graph`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, "", new HashSet<>());
        return text.toString();
    }

    private void append(StringBuilder text, String indent, Set<Future<?>> above) {
        boolean circle = !above.add(future);
        text.append(indent).append("* ").append(future).append(circle ? ", see above" : "");
        if (!circle && !callStack.isEmpty()) {
            line(text, indent).append("  + Call stack:");
            callStack.forEach(frame -> line(text, indent).append("  |   ").append(frame));
        }
        if (!awaitedBy.isEmpty()) {
            line(text, indent).append("  + Awaited by:");
            for (CallGraph graph : awaitedBy) {
                text.append(System.lineSeparator());
                graph.append(text, indent + "    ", above);
            }
        }
        if (!circle) {
            above.remove(future);
        }
    }

    private static StringBuilder line(StringBuilder text, String indent) {
        return text.append(System.lineSeparator()).append(indent);
    }
}
