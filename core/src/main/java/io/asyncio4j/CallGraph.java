package io.asyncio4j;

import java.util.HashSet;
import java.util.List;
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
