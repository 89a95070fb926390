package io.asyncio4j;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.spi.ReadyOrder;
import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReadyOrderTest {
    private static final ReadyOrder LAST_FIRST = candidates -> candidates.size() - 1;

    private final Trace trace = new Trace();

    private static void runIn(ReadyOrder order, VoidCoroutine main) {
        RunnerOptions options =
                RunnerOptions.defaults().clock(new VirtualClock()).readyOrder(order);
        try (Runner runner = new Runner(options)) {
            runner.run(main);
        }
    }

    private void startThreeTasks() {
        for (String name : List.of("a", "b", "c")) {
            createTask(name, () -> {
                trace.add(name + 0);
                sleep(Duration.ZERO);
                trace.add(name + 1);
            });
        }
    }

    @Test
    void tasksThatAreReadyComeInAnyOrder() {
        runIn(LAST_FIRST, () -> {
            startThreeTasks();
            sleep(Duration.ofSeconds(1));
        });
        trace.assertIs("c0 b0 a0 a1 b1 c1");
    }

    @Test
    void zeroIsTheOrderWithoutAny() {
        runIn(candidates -> 0, () -> {
            startThreeTasks();
            sleep(Duration.ofSeconds(1));
        });
        trace.assertIs("a0 b0 c0 a1 b1 c1");
    }

    @Test
    void callbacksKeepTheirOrderAmongEachOther() {
        runIn(LAST_FIRST, () -> {
            Future<@Nullable Void> future = createFuture();
            EventLoop loop = runningLoop();
            loop.callSoon(() -> trace.add("cb1"));
            createTask(() -> trace.add("a"));
            loop.callSoon(() -> trace.add("cb2"));
            future.addDoneCallback(_ -> trace.add("done"));
            future.setResult(null);
            createTask(() -> trace.add("b"));
            sleep(Duration.ofSeconds(1));
        });
        trace.assertIs("b a cb1 cb2 done");
    }

    @Test
    void aTaskMayComeBetweenTwoCallbacks() {
        List<Integer> answers = new ArrayList<>(List.of(0, 0, 1));
        runIn(_ -> answers.isEmpty() ? 0 : answers.removeFirst(), () -> {
            EventLoop loop = runningLoop();
            createTask(() -> trace.add("a"));
            loop.callSoon(() -> trace.add("cb1"));
            loop.callSoon(() -> trace.add("cb2"));
            createTask(() -> trace.add("b"));
            sleep(Duration.ofSeconds(1));
        });
        trace.assertIs("a b cb1 cb2");
    }

    @Test
    void theOrderIsToldWhatIsReady() {
        List<String> asked = new ArrayList<>();
        ReadyOrder order = candidates -> {
            asked.add(candidates.toString());
            return candidates.size() - 1;
        };
        runIn(order, () -> {
            taskGroup(group -> {
                group.createTask("a", () -> {});
                runningLoop().callSoon(() -> {});
                sleep(Duration.ZERO);
            });
            asked.add("main is over");
        });
        assertThat(asked.subList(0, asked.indexOf("main is over")))
                .containsExactly(
                        "[task 'Task-1']",
                        "[task 'a', a callback, task 'Task-1']",
                        "[task 'a', a callback]",
                        "[task 'a']",
                        "[the end of task 'a']",
                        "[task 'Task-1']");
    }

    @Test
    void timersThatAreDueTogetherKeepTheirOrderAndTheirTasksDoNot() {
        runIn(LAST_FIRST, () -> {
            for (String name : List.of("a", "b")) {
                createTask(() -> {
                    sleep(Duration.ofSeconds(1));
                    trace.add(name);
                });
            }
            runningLoop().callLater(Duration.ofSeconds(1), () -> trace.add("t1"));
            runningLoop().callLater(Duration.ofSeconds(1), () -> trace.add("t2"));
            sleep(Duration.ofSeconds(2));
        });
        trace.assertIs("t1 t2 a b");
    }

    @Test
    void aTaskThatYieldsAloneGoesOnAtOnceInAnyOrder() {
        List<Integer> sizes = new ArrayList<>();
        runIn(
                candidates -> {
                    sizes.add(candidates.size());
                    return 0;
                },
                () -> {
                    sleep(Duration.ZERO);
                    sleep(Duration.ZERO);
                });
        assertThat(sizes).startsWith(1, 1, 1).allMatch(size -> size == 1);
    }

    @Test
    void anOrderMayEndTheRun() {
        int[] asked = {0};
        assertThatThrownBy(() -> runIn(_ -> ++asked[0] == 10 ? ReadyOrder.STOP : 0, () -> {
                    while (true) {
                        trace.add("x");
                        sleep(Duration.ZERO);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The event loop was stopped before Task['Task-1', pending] was done");
        trace.assertIs("x x x x x x x x x x");
    }

    @Test
    void anOrderIsNotNull() {
        assertThatThrownBy(() -> RunnerOptions.defaults().readyOrder(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("order");
    }
}
