package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.sync.Barrier;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.sync.Semaphore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The call graph and the stack know of every way to wait.
final class CallGraphWaitersTest {
    /// A way in which a task waits for another.
    interface Way {
        void await(Task<String> leaf) throws Exception;
    }

    private static final Map<String, Way> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("await", leaf -> leaf.await());
        WAYS.put("gather", leaf -> gather(createFuture(), leaf).await());
        WAYS.put(
                "gather of a gather",
                leaf -> gather(gather(leaf), createFuture()).await());
        WAYS.put("gatherOutcomes", leaf -> gatherOutcomes(leaf).await());
        WAYS.put("shield", leaf -> shield(leaf).await());
        WAYS.put("shield of a shield", leaf -> shield(shield(leaf)).await());
        WAYS.put("waitAll", leaf -> waitAll(List.of(leaf), null, ReturnWhen.ALL_COMPLETED));
        WAYS.put(
                "waitAll for the first",
                leaf -> waitAll(List.of(leaf, createFuture()), ofMillis(9), ReturnWhen.FIRST_COMPLETED));
        WAYS.put("waitFor", leaf -> waitFor(leaf, ofMillis(9)));
        WAYS.put("waitFor without time", leaf -> waitFor(leaf, ZERO));
        WAYS.put("timeout", leaf -> timeout(ofMillis(9), () -> leaf.await()));
        WAYS.put(
                "asCompleted",
                leaf -> asCompleted(List.of(leaf), null).iterator().next());
        WAYS.put(
                "asCompleted, a stream",
                leaf -> asCompleted(List.of(leaf), null).stream().forEach(Future::await));
        WAYS.put(
                "asCompleted, coroutines",
                leaf -> asCompleted(List.of(leaf), null)
                        .coroutines()
                        .iterator()
                        .next()
                        .await());
        WAYS.put("a CompletableFuture", leaf -> Asyncio.await(leaf.toCompletableFuture()));
    }

    static Stream<String> ways() {
        return WAYS.keySet().stream();
    }

    private static String stubborn() {
        try {
            return sleep(ofMillis(3), "x");
        } catch (CancelledError error) {
            currentTask().uncancel();
            return sleep(ofMillis(3), "late");
        }
    }

    private static void waitHere(Way way, Task<String> leaf) throws Exception {
        way.await(leaf);
    }

    private static List<String> names(CallGraph graph) {
        return graph.awaitedBy().stream()
                .map(waiting -> ((Task<?>) waiting.future()).name())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whoWaitsIsFoundWithItsStack(String way) {
        VirtualTime.runVirtually(() -> {
            Task<String> leaf = createTask("leaf", () -> stubborn());
            sleep(ZERO);
            Task<Void> waiter = createTask("waiter", () -> waitHere(WAYS.get(way), leaf));
            sleep(ofMillis(1));
            CallGraph graph = captureCallGraph(leaf);
            assertThat(names(graph)).containsExactly("waiter");
            CallGraph found = graph.awaitedBy().getFirst();
            assertThat(found.callStack()).isEqualTo(waiter.stack());
            assertThat(found.callStack())
                    .anyMatch(frame -> frame.getMethodName().equals("waitHere"))
                    .noneMatch(frame -> ProgramFrames.isMachinery(frame.getClassName()));
            assertThat(found.callStack().getFirst().getMethodName()).isEqualTo("await");
        });
    }

    @Test
    void aGeneratorIsAwaitedByWhoAsksForItsValues() {
        VirtualTime.runVirtually(() -> {
            Task<String> leaf = createTask("leaf", () -> stubborn());
            createTask("consumer", () -> {
                try (Generator<String> values = new Generator<>(out -> out.yield(leaf.await()))) {
                    values.iterator().next();
                }
            });
            sleep(ofMillis(1));
            CallGraph graph = captureCallGraph(leaf);
            assertThat(names(graph)).containsExactly("generator of consumer");
            assertThat(names(graph.awaitedBy().getFirst())).containsExactly("consumer");
        });
    }

    /// Its body makes its step within the step of who asks, who is suspended nowhere.
    @Test
    void aGeneratorThatRunsIsAwaitedByWhoAsks() {
        VirtualTime.runVirtually(() -> {
            currentTask().setName("consumer");
            List<CallGraph> graphs = new ArrayList<>();
            try (Generator<Integer> values = new Generator<>(out -> {
                graphs.add(captureCallGraph());
                out.yield(1);
                graphs.add(captureCallGraph());
            })) {
                for (int _ : values) {
                    CallGraph standing = captureCallGraph(graphs.getFirst().future());
                    assertThat(standing.awaitedBy()).isEmpty(); // nobody asks just now
                }
            }
            assertThat(graphs)
                    .hasSize(2)
                    .allSatisfy(graph -> assertThat(names(graph)).containsExactly("consumer"));
        });
    }

    @Test
    void whoWaitsForALockIsFoundAtItsHolder() {
        VirtualTime.runVirtually(() -> {
            Lock lock = new Lock("db");
            Task<Void> holder = createTask("holder", () -> {
                try (var _ = lock.acquire()) {
                    sleep(ofMillis(5));
                }
            });
            createTask("waiter", () -> {
                try (var _ = lock.acquire()) {
                    sleep(ofMillis(5));
                }
            });
            createTask("reader", () -> {
                lock.acquire().close();
            });
            sleep(ofMillis(1));
            CallGraph graph = captureCallGraph(holder);
            assertThat(names(graph)).containsExactly("waiter", "reader");
            assertThat(graph.toString().lines().filter(line -> line.contains("*")))
                    .containsExactly(
                            "* Task['holder', waiting for a sleep]",
                            "    * Task['waiter', waiting for lock 'db']",
                            "    * Task['reader', waiting for lock 'db']");
        });
    }

    @Test
    void locksInTheWrongOrderAreACircle() {
        VirtualTime.runVirtually(() -> {
            Lock a = new Lock("a");
            Lock b = new Lock("b");
            Task<Void> first = createTask("first", () -> {
                try (var _ = a.acquire()) {
                    sleep(ofMillis(1));
                    b.acquire();
                }
            });
            createTask("second", () -> {
                try (var _ = b.acquire()) {
                    sleep(ofMillis(1));
                    a.acquire();
                }
            });
            sleep(ofMillis(2));
            assertThat(captureCallGraph(first).toString().lines().filter(line -> line.contains("*")))
                    .containsExactly(
                            "* Task['first', waiting for lock 'b']",
                            "    * Task['second', waiting for lock 'a']",
                            "        * Task['first', waiting for lock 'b'], see above");
            first.cancel();
        });
    }

    @Test
    void aTaskThatAThreadHasSubmittedIsAwaitedByWhoAwaitsTheFuture() {
        VirtualTime.runVirtually(() -> {
            EventLoop loop = runningLoop();
            createTask(
                    "waiter",
                    () -> Asyncio.await(runCoroutineThreadsafe(
                            () -> {
                                currentTask().setName("submitted");
                                return stubborn();
                            },
                            loop)));
            sleep(ofMillis(1));
            Task<?> submitted = allTasks().getLast();
            assertThat(submitted.name()).isEqualTo("submitted");
            assertThat(names(captureCallGraph(submitted))).containsExactly("waiter");
            sleep(ofMillis(5));
            assertThat(names(captureCallGraph(submitted))).isEmpty();
        });
    }

    private static void waitInside(Throwing1 wait) throws Exception {
        wait.run();
    }

    /// A way to wait for something that is no task.
    interface Throwing1 {
        void run() throws Exception;
    }

    @Test
    void aTaskShowsWhereItWaitsInEveryPrimitive() {
        VirtualTime.runVirtually(() -> {
            Semaphore none = new Semaphore("slots", 0);
            Condition changed = new Condition("changed");
            Iterator<String> waiting = List.of(
                            "event 'start'",
                            "semaphore 'slots'",
                            "condition 'changed'",
                            "barrier 'line'",
                            "queue 'jobs'",
                            "queue 'full'",
                            "a sleep",
                            "a call in another thread")
                    .iterator();
            Queue<String> full = new Queue<>("full", 1);
            full.putNowait("x");
            List<Throwing1> waits = List.of(
                    () -> new Event("start").await(),
                    () -> none.acquire(),
                    () -> {
                        try (var _ = changed.acquire()) {
                            changed.await();
                        }
                    },
                    () -> new Barrier("line", 2).await(),
                    () -> new Queue<String>("jobs").get(),
                    () -> full.put("y"),
                    () -> sleep(ofMillis(9)),
                    () -> toThread(() -> Thread.sleep(60_000)));
            for (Throwing1 wait : waits) {
                Task<Void> task = createTask("waiter", () -> waitInside(wait));
                sleep(ZERO);
                assertThat(task.toString()).isEqualTo("Task['waiter', waiting for " + waiting.next() + "]");
                assertThat(printed(task))
                        .startsWith(task.toString())
                        .contains("    at io.asyncio4j.CallGraphWaitersTest.waitInside(CallGraphWaitersTest.java:");
                task.cancel();
            }
        });
    }

    private static String printed(Task<?> task) {
        var bytes = new ByteArrayOutputStream();
        task.printStack(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
