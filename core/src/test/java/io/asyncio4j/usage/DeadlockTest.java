package io.asyncio4j.usage;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.shield;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.CancelledError;
import io.asyncio4j.DeadlockException;
import io.asyncio4j.Future;
import io.asyncio4j.Generator;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.sync.Barrier;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.sync.Semaphore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Programs that can never go on, and what `run` says of them.
final class DeadlockTest {
    private static DeadlockException deadlock(VoidCoroutine main) {
        DeadlockException found = catchThrowableOfType(DeadlockException.class, () -> run(main));
        assertThat(found).as("deadlock").isNotNull();
        return found;
    }

    /// The message without the lines of code, which change with every edit.
    private static List<String> lines(DeadlockException found) {
        return found.getMessage()
                .lines()
                .map(line -> line.replaceAll("\\.lambda\\$\\w+\\$\\d+", "").replaceAll("\\.java:\\d+", ".java"))
                .toList();
    }

    private static void expectOne(String awaited, VoidCoroutine main) {
        DeadlockException found = deadlock(main);
        assertThat(found.tasks()).extracting(TaskSnapshot::awaited).containsExactly(awaited);
        assertThat(found.circles()).isEmpty();
    }

    // ------------------------------------------------------------------ what is said

    @Test
    void tasksThatHoldWhatTheOtherWaitsFor() {
        Lock accounts = new Lock("accounts");
        Lock audit = new Lock("audit");
        DeadlockException found = deadlock(() -> taskGroup(tg -> {
            tg.createTask("transfer", () -> takeBoth(accounts, audit));
            tg.createTask("report", () -> takeBoth(audit, accounts));
        }));
        assertThat(lines(found))
                .containsExactly(
                        "Deadlock: nothing can ever wake this event loop. 3 tasks wait, some for each other:",
                        "  Task 'Task-1' waits for the tasks of its group",
                        "      at io.asyncio4j.usage.DeadlockTest(DeadlockTest.java)",
                        "  Task 'transfer' waits for lock 'audit', held by task 'report'",
                        "      at io.asyncio4j.usage.DeadlockTest.takeBoth(DeadlockTest.java)",
                        "      at io.asyncio4j.usage.DeadlockTest(DeadlockTest.java)",
                        "  Task 'report' waits for lock 'accounts', held by task 'transfer'",
                        "      at io.asyncio4j.usage.DeadlockTest.takeBoth(DeadlockTest.java)",
                        "      at io.asyncio4j.usage.DeadlockTest(DeadlockTest.java)",
                        "  Circle:",
                        "      task 'transfer' waits for lock 'audit', held by task 'report'",
                        "      task 'report' waits for lock 'accounts', held by task 'transfer'");
        assertThat(found.circles()).containsExactly(List.of("transfer", "report"));
        assertThat(found.tasks().get(1).awaitedTasks())
                .containsExactly(found.tasks().get(2).id());
    }

    private static void takeBoth(Lock first, Lock second) {
        try (var _ = first.acquire()) {
            sleep(ofMillis(1));
            try (var _ = second.acquire()) {
                throw new AssertionError("both taken");
            }
        }
    }

    @Test
    void aTaskThatWaitsForALockItHas() {
        Lock lock = new Lock("db");
        DeadlockException found = deadlock(() -> {
            try (var _ = lock.acquire()) {
                lock.acquire();
            }
        });
        assertThat(lines(found).getLast()).isEqualTo("      task 'Task-1' waits for lock 'db', held by task 'Task-1'");
    }

    @Test
    void tasksThatAwaitEachOther() {
        List<Task<?>> tasks = new ArrayList<>();
        DeadlockException found = deadlock(() -> {
            tasks.add(createTask("hen", () -> await(tasks.get(1))));
            tasks.add(createTask("egg", () -> await(gather(tasks.get(0)))));
            createFuture("chicken").await();
        });
        assertThat(found.circles()).containsExactly(List.of("hen", "egg"));
        assertThat(lines(found))
                .endsWith(
                        "  Circle:",
                        "      task 'hen' waits for task 'egg'",
                        "      task 'egg' waits for a gather of 1 (task 'hen')");
    }

    @Test
    void whatTasksWaitForIsSaid() throws Exception {
        expectOne("queue 'jobs', empty", () -> new Queue<String>("jobs").get());
        Queue<String> full = new Queue<>("results", 1);
        expectOne("queue 'results', full, 1 of 1", () -> {
            full.put("a");
            full.put("b");
        });
        Queue<String> jobs = new Queue<>("jobs");
        expectOne("queue 'jobs', 1 unfinished", () -> {
            jobs.put("a");
            jobs.join();
        });
        expectOne("event 'ready', not set", () -> new Event("ready").await());
        expectOne("semaphore 'pool', 0 free", () -> new Semaphore("pool", 0).acquire());
        expectOne("barrier 'start', 1 of 2 have come", () -> new Barrier("start", 2).await());
        expectOne("future 'reply'", () -> createFuture("reply").await());
        expectOne("a future", () -> createFuture().await());
        expectOne("an unnamed event, not set", () -> new Event().await());
        expectOne("condition 'changed', not signalled", () -> {
            Condition changed = new Condition("changed");
            try (var _ = changed.acquire()) {
                changed.await();
            }
        });
    }

    @Test
    void aGeneratorThatNeverYields() {
        DeadlockException found = deadlock(() -> {
            for (String value : new Generator<String>(_ -> createFuture("row").await())) {
                throw new AssertionError(value);
            }
        });
        assertThat(found.tasks())
                .extracting(task -> task.name() + " waits for " + task.awaited())
                .containsExactly(
                        "Task-1 waits for task 'generator of Task-1'", "generator of Task-1 waits for future 'row'");
    }

    @Test
    void debugModeTellsWhereThingsWereCreated() {
        DeadlockException found = catchThrowableOfType(DeadlockException.class, () -> {
            try (Runner runner = new Runner(RunnerOptions.defaults().debug(true))) {
                runner.run(() -> makeAndAwait());
            }
        });
        assertThat(lines(found))
                .containsExactly(
                        "Deadlock: nothing can ever wake this event loop. 1 task waits, and nobody is left to end"
                                + " that:",
                        "  Task 'Task-1' waits for a future created at"
                                + " io.asyncio4j.usage.DeadlockTest.makeAndAwait(DeadlockTest.java)",
                        "      at io.asyncio4j.usage.DeadlockTest.makeAndAwait(DeadlockTest.java)",
                        "      at io.asyncio4j.usage.DeadlockTest(DeadlockTest.java)",
                        "      created at io.asyncio4j.usage.DeadlockTest(DeadlockTest.java)");
    }

    private static void makeAndAwait() {
        createFuture().await();
    }

    @Test
    void manyTasksAreAllListed() {
        DeadlockException found = deadlock(() -> taskGroup(tg -> {
            for (int i = 0; i < 1000; i++) {
                tg.createTask(() -> new Event("e").await());
            }
        }));
        assertThat(found.tasks()).hasSize(1001);
        assertThat(lines(found)).contains("  Task 'Task-1001' waits for event 'e', not set");
    }

    // ------------------------------------------------------------------ what becomes of the run

    @Test
    void theTasksAreCancelledAndCleanUp() {
        List<String> events = new ArrayList<>();
        deadlock(() -> {
            createTask("other", () -> {
                try {
                    createFuture().await();
                } catch (CancelledError error) {
                    sleep(ofMillis(1));
                    events.add("other cleaned up");
                    throw error;
                }
            });
            try {
                createFuture().await();
            } finally {
                events.add("main cleaned up");
            }
        });
        assertThat(events).containsExactly("main cleaned up", "other cleaned up");
    }

    @Test
    void aCleanupThatHangsIsADeadlockToo() {
        DeadlockException found = deadlock(() -> {
            try {
                createFuture("first").await();
            } finally {
                createFuture("second").await();
            }
        });
        assertThat(found.tasks()).extracting(TaskSnapshot::awaited).containsExactly("future 'first'");
        assertThat(found.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        DeadlockException.class,
                        again -> assertThat(again.tasks())
                                .extracting(TaskSnapshot::awaited)
                                .containsExactly("future 'second'"));
    }

    @Test
    void aTaskThatIsLeftAndCannotBeCancelled() {
        assertThatExceptionOfType(DeadlockException.class)
                .isThrownBy(() -> run(() -> {
                    createTask("stubborn", () -> {
                        Future<String> never = createFuture("never");
                        while (!never.isDone()) {
                            try {
                                shield(never).await();
                            } catch (CancelledError ignored) {
                                // it refuses
                            }
                        }
                    });
                    sleep(ZERO);
                }))
                .withMessageContaining("Task 'stubborn' waits for a shield of future 'never'");
    }

    @Test
    void theRunnerCanGoOn() {
        try (Runner runner = new Runner()) {
            Event event = new Event("go");
            assertThatThrownBy(() -> runner.run(event::await)).isInstanceOf(DeadlockException.class);
            runner.run(() -> {
                event.set();
                sleep(ZERO);
            });
        }
    }

    @Test
    void timersAreLife() {
        run(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(2), () -> createFuture().await()))
                    .isInstanceOf(TimeoutException.class);
            Event event = new Event();
            createTask(() -> {
                sleep(ofMillis(2));
                event.set();
            });
            event.await();
        });
    }

    @Test
    void cancelledTimersAreNot() {
        deadlock(() -> {
            timeout(ofMillis(60_000), () -> sleep(ofMillis(1)));
            createFuture().await();
        });
    }
}
