package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// `captureCallGraph` and `printCallGraph`.
final class CallGraphTest {
    private static String leaf() {
        return middle();
    }

    private static String middle() {
        return sleep(ofMillis(9), "x");
    }

    private static List<String> methods(CallGraph graph) {
        return graph.callStack().stream()
                .filter(frame -> frame.getClassName().equals(CallGraphTest.class.getName()))
                .map(StackTraceElement::getMethodName)
                .filter(name -> !name.startsWith("lambda$"))
                .toList();
    }

    private static List<String> names(List<CallGraph> graphs) {
        return graphs.stream().map(graph -> ((Task<?>) graph.future()).name()).toList();
    }

    /// Has a task `waiter` wait for a task `leaf` and returns the graph of that.
    private static CallGraph graphOfLeaf(Function<Task<String>, Object> wait) {
        List<CallGraph> graphs = new ArrayList<>();
        VirtualTime.runVirtually(() -> {
            Task<String> leaf = createTask("leaf", () -> leaf());
            createTask("waiter", () -> wait.apply(leaf));
            sleep(ZERO);
            sleep(ZERO);
            graphs.add(captureCallGraph(leaf));
        });
        return graphs.getFirst();
    }

    @Test
    void aSuspendedTaskShowsItsWholeStackAndWhoAwaitsIt() {
        CallGraph graph = graphOfLeaf(leaf -> leaf.await());
        assertThat(methods(graph)).containsExactly("middle", "leaf");
        assertThat(names(graph.awaitedBy())).containsExactly("waiter");
        CallGraph waiter = graph.awaitedBy().getFirst();
        assertThat(waiter.callStack()).isNotEmpty();
        assertThat(waiter.awaitedBy()).isEmpty();
    }

    @Test
    void theWaiterIsFoundThroughWhatStandsBetween() {
        List<Function<Task<String>, Object>> ways = List.of(
                leaf -> gather(leaf, createFuture()).await(),
                leaf -> gatherOutcomes(gather(leaf)).await(),
                leaf -> shield(leaf).await(),
                leaf -> waitFor(leaf, ofMillis(5)),
                leaf -> timeout(ofMillis(5), () -> shield(leaf).await()),
                leaf -> waitAll(List.of(leaf), null, ReturnWhen.ALL_COMPLETED),
                leaf -> asCompleted(List.of(leaf), null).iterator().next());
        for (Function<Task<String>, Object> way : ways) {
            assertThat(names(graphOfLeaf(way).awaitedBy())).containsExactly("waiter");
        }
    }

    @Test
    void aChildIsAwaitedByTheTaskThatOpenedItsGroup() {
        VirtualTime.runVirtually(() -> {
            currentTask().setName("main");
            taskGroup(outer -> {
                outer.createTask(
                        "page",
                        () -> taskGroup(inner -> {
                            inner.createTask("image", () -> {
                                CallGraph graph = captureCallGraph();
                                assertThat(names(graph.awaitedBy())).containsExactly("page");
                                assertThat(names(graph.awaitedBy().getFirst().awaitedBy()))
                                        .containsExactly("main");
                                assertThat(methods(graph)).isEmpty();
                                assertThat(graph.callStack().getFirst().getClassName())
                                        .isEqualTo(CallGraphTest.class.getName());
                            });
                        }));
            });
        });
    }

    @Test
    void aPlainFutureHasNoStackAndMayHaveManyWaiters() {
        VirtualTime.runVirtually(() -> {
            Future<String> future = createFuture();
            createTask("a", () -> future.await());
            createTask("b", () -> future.await());
            sleep(ZERO);
            CallGraph graph = captureCallGraph(future);
            assertThat(graph.callStack()).isEmpty();
            assertThat(names(graph.awaitedBy())).containsExactly("a", "b");
        });
    }

    @Test
    void aCircleIsShownOnce() {
        VirtualTime.runVirtually(() -> {
            Future<Task<String>> second = createFuture();
            Task<String> first = createTask("first", () -> second.await().await());
            second.setResult(createTask("second", () -> first.await()));
            sleep(ofMillis(1));
            CallGraph graph = captureCallGraph(first);
            assertThat(names(graph.awaitedBy())).containsExactly("second");
            assertThat(names(graph.awaitedBy().getFirst().awaitedBy())).containsExactly("first");
            assertThat(graph.toString().lines().filter(line -> line.contains("*")))
                    .containsExactly(
                            "* Task['first', waiting for task 'second']",
                            "    * Task['second', waiting for task 'first']",
                            "        * Task['first', waiting for task 'second'], see above");
            first.cancel();
        });
    }

    @Test
    void theGraphPrintsAsATree() {
        var bytes = new ByteArrayOutputStream();
        VirtualTime.runVirtually(() -> {
            Task<String> leaf = createTask("leaf", () -> leaf());
            createTask("waiter", () -> shield(leaf).await());
            sleep(ZERO);
            printCallGraph(leaf, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        });
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll("\\(.*\\)", "()")))
                .containsSubsequence(
                        "* Task['leaf', waiting for a sleep]",
                        "  + Call stack:",
                        "  |   io.asyncio4j.CallGraphTest.middle()",
                        "  |   io.asyncio4j.CallGraphTest.leaf()",
                        "  + Awaited by:",
                        "    * Task['waiter', waiting for a shield of task 'leaf']",
                        "      + Call stack:");
    }

    @Test
    void aCallbackHasNoGraph() {
        VirtualTime.runVirtually(() -> {
            List<CallGraph> graphs = new ArrayList<>();
            runningLoop().callSoon(() -> {
                graphs.add(captureCallGraph());
                printCallGraph();
            });
            sleep(ZERO);
            assertThat(graphs).containsExactly((CallGraph) null);
        });
    }
}
