package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.asyncio4j.kernel.Loop;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `Task.statistics`: steps, and where a task's time has gone.
final class TaskStatisticsTest {
    private static final String PROPERTY = "asyncio4j.accounting";

    private final VirtualClock clock = new VirtualClock();

    private void run(boolean accounting, VoidCoroutine main) {
        try (Runner runner = new Runner(clock)) {
            runner.loop().setAccounting(accounting);
            runner.run(main);
        }
    }

    private void runAccounted(VoidCoroutine main) {
        run(true, main);
    }

    private void compute(int millis) {
        clock.advance(ofMillis(millis));
    }

    @Test
    void aTaskIsChargedForRunningAndForWhatItWaitsFor() {
        runAccounted(() -> {
            Task<Void> task = createTask("worker", () -> {
                compute(30);
                sleep(ofMillis(500));
                compute(20);
                sleep(ofMillis(70));
            });
            task.await();
            assertThat(task.statistics())
                    .isEqualTo(
                            new TaskStatistics(3, ofMillis(50), ZERO, ofMillis(570), Map.of("a sleep", ofMillis(570))));
        });
    }

    @Test
    void waitsAreKeptByTheStableNameOfWhatIsAwaited() {
        runAccounted(() -> {
            Lock lock = new Lock("db");
            Queue<String> jobs = new Queue<>("jobs");
            Future<String> answer = createFuture("answer");
            Task<Void> slow = createTask("slow", () -> sleep(ofMillis(5)));
            Task<Void> holder = createTask("holder", () -> {
                try (var _ = lock.acquire()) {
                    sleep(ofMillis(100));
                }
                sleep(ofMillis(200));
                jobs.put("job");
                sleep(ofMillis(300));
                answer.setResult("42");
            });
            Task<Void> worker = createTask("worker", () -> {
                slow.await();
                try (var _ = lock.acquire()) {
                    jobs.get();
                }
                answer.await();
                gather(() -> sleep(ofMillis(7)), () -> sleep(ofMillis(9))).await();
            });
            worker.await();
            holder.await();
            assertThat(worker.statistics().waits())
                    .containsExactly(
                            entry("task 'slow'", ofMillis(5)),
                            entry("lock 'db'", ofMillis(95)),
                            entry("queue 'jobs'", ofMillis(200)),
                            entry("future 'answer'", ofMillis(300)),
                            entry("a gather of 2", ofMillis(9)));
            assertThat(worker.statistics().waiting()).isEqualTo(ofMillis(609));
        });
    }

    @Test
    void theTimeUntilItsTurnIsThatOfBeingReady() {
        runAccounted(() -> {
            Task<Void> first = createTask("first", () -> {
                compute(40);
                sleep(ZERO);
                compute(10);
            });
            Task<Void> second = createTask("second", () -> sleep(ofMillis(5)));
            Task<Void> woken = createTask("woken", () -> {
                sleep(ofMillis(25));
            });
            second.await();
            first.await();
            woken.await();
            assertThat(first.statistics().ready()).isEqualTo(ZERO);
            assertThat(second.statistics())
                    .isEqualTo(
                            new TaskStatistics(2, ZERO, ofMillis(40), ofMillis(10), Map.of("a sleep", ofMillis(10))));
            assertThat(woken.statistics().waits()).isEqualTo(Map.of("a sleep", ofMillis(25)));
        });
    }

    @Test
    void aTaskThatYieldsIsReadyUntilItsNextTurn() {
        runAccounted(() -> {
            Task<Void> polite = createTask("polite", () -> sleep(ZERO));
            Task<Void> other = createTask("other", () -> compute(60));
            gather(polite, other).await();
            assertThat(polite.statistics()).isEqualTo(new TaskStatistics(2, ZERO, ofMillis(60), ZERO, Map.of()));
        });
    }

    @Test
    void theTimesOfALivingTaskGoOnToThisMoment() {
        runAccounted(() -> {
            Task<Void> waiting = createTask("waiting", () -> sleep(ofMillis(900)));
            sleep(ofMillis(300));
            assertThat(waiting.statistics())
                    .isEqualTo(new TaskStatistics(1, ZERO, ZERO, ofMillis(300), Map.of("a sleep", ofMillis(300))));
            Task<Void> fresh = createTask("fresh", () -> {});
            compute(15);
            TaskStatistics mine = currentTask().statistics();
            assertThat(mine.running()).isEqualTo(ofMillis(15));
            assertThat(mine.steps()).isEqualTo(2);
            assertThat(fresh.statistics()).isEqualTo(new TaskStatistics(0, ZERO, ofMillis(15), ZERO, Map.of()));
        });
    }

    @Test
    void theFirstStepOfAnEagerTaskIsChargedToThatTask() {
        runAccounted(() -> {
            Task<Task<Void>> outer = createTask("outer", () -> {
                compute(10);
                Task<Void> eager = createTask(TaskOptions.named("eager").eagerStart(true), () -> {
                    compute(200);
                    sleep(ofMillis(50));
                });
                compute(5);
                return eager;
            });
            Task<Void> eager = outer.await();
            eager.await();
            assertThat(outer.statistics()).isEqualTo(new TaskStatistics(1, ofMillis(15), ZERO, ZERO, Map.of()));
            assertThat(eager.statistics().running()).isEqualTo(ofMillis(200));
            assertThat(eager.statistics().waits()).isEqualTo(Map.of("a sleep", ofMillis(50)));
            assertThat(eager.statistics().steps()).isEqualTo(2);
        });
    }

    @Test
    void aGeneratorIsChargedForWhatItsBodyDoes() {
        runAccounted(() -> {
            Task<List<Task<?>>> consumer = createTask("consumer", () -> {
                List<Task<?>> bodies = new ArrayList<>();
                try (Generator<Integer> numbers = new Generator<>(out -> {
                    bodies.add(currentTask());
                    compute(100);
                    out.yield(1);
                    sleep(ofMillis(30));
                    out.yield(2);
                })) {
                    for (int _ : numbers) {
                        compute(7);
                    }
                }
                return bodies;
            });
            Task<?> body = consumer.await().getFirst();
            assertThat(consumer.statistics().running()).isEqualTo(ofMillis(14));
            assertThat(consumer.statistics().waits()).isEqualTo(Map.of("task 'generator of consumer'", ofMillis(30)));
            assertThat(body.statistics().running()).isEqualTo(ofMillis(100));
            assertThat(body.statistics().waits())
                    .containsExactly(
                            entry("somebody to ask for its next value", ofMillis(14)), entry("a sleep", ofMillis(30)));
        });
    }

    @Test
    void aCancelledTaskIsChargedForTheWaitItWasTornFrom() {
        runAccounted(() -> {
            Task<Void> task = createTask("cancelled", () -> sleep(ofMillis(900)));
            sleep(ofMillis(40));
            task.cancel();
            sleep(ZERO);
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.statistics())
                    .isEqualTo(new TaskStatistics(2, ZERO, ZERO, ofMillis(40), Map.of("a sleep", ofMillis(40))));
        });
    }

    @Test
    void beyondThirtyTwoNamesTheRestIsUnderOther() {
        runAccounted(() -> {
            Task<Void> task = createTask("curious", () -> {
                for (int i = 0; i < 40; i++) {
                    createTask("child-" + i, () -> sleep(ofMillis(1))).await();
                }
                sleep(ofMillis(3));
            });
            task.await();
            Map<String, Duration> waits = task.statistics().waits();
            assertThat(waits).hasSize(33).containsEntry("task 'child-31'", ofMillis(1));
            assertThat(waits.get("other")).isEqualTo(ofMillis(11));
            assertThat(task.statistics().waiting()).isEqualTo(ofMillis(43));
        });
    }

    @Test
    void withoutAccountingOnlyStepsAreCountedAndTheQueueHasNoObserver() {
        run(false, () -> {
            Loop loop = Innards.running();
            Task<Void> task = createTask("plain", () -> {
                compute(30);
                sleep(ZERO);
                sleep(ofMillis(50));
            });
            task.await();
            assertThat(task.statistics()).isEqualTo(new TaskStatistics(3, ZERO, ZERO, ZERO, Map.of()));
            assertThat(Innards.of(task).times()).isNull();
            assertThat(loop.ready.watch()).isNull();
            assertThat(runningLoop().isAccounting()).isFalse();
        });
    }

    @Test
    void whatHappensWhileAccountingIsOffIsNotCounted() {
        run(false, () -> {
            EventLoop loop = runningLoop();
            Task<Void> task = createTask("worker", () -> {
                compute(1);
                sleep(ofMillis(100)); // on after 40, off after 60
                compute(2);
                sleep(ofMillis(100)); // on after 50
                compute(4);
            });
            sleep(ofMillis(40));
            loop.setAccounting(true);
            assertThat(loop.isAccounting()).isTrue();
            compute(8);
            assertThat(currentTask().statistics().running()).isEqualTo(ofMillis(8));
            sleep(ofMillis(20));
            loop.setAccounting(false);
            assertThat(Innards.running().ready.watch()).isNull();
            sleep(ofMillis(85));
            loop.setAccounting(true);
            task.await();
            assertThat(task.statistics()).isEqualTo(new TaskStatistics(3, ofMillis(4), ZERO, ZERO, Map.of()));
        });
    }

    @Test
    void debugModeKeepsTimesToo() {
        run(false, () -> {
            runningLoop().setDebug(true);
            compute(5);
            assertThat(currentTask().statistics().running()).isEqualTo(ofMillis(5));
            runningLoop().setDebug(false);
            assertThat(runningLoop().isAccounting()).isFalse();
        });
    }

    @Test
    void aSystemPropertyTurnsAccountingOnFromTheStart() {
        System.setProperty(PROPERTY, "true");
        try (Runner runner = new Runner(clock)) {
            runner.run(() -> {
                compute(5);
                assertThat(currentTask().statistics().running()).isEqualTo(ofMillis(5));
            });
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    @Test
    void anotherThreadMayNotAsk() {
        runAccounted(() -> {
            Task<?> main = currentTask();
            main.setName("main");
            toThread(() -> {
                Thread.currentThread().setName("stranger");
                assertThatThrownBy(main::statistics)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith(
                                "Cannot get the statistics of task 'main' from thread 'stranger': the loop runs in ");
            });
        });
    }
}
