package io.asyncio4j;

import static io.asyncio4j.Asyncio.allTasks;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EagerTaskTest {
    private static final TaskOptions EAGER = TaskOptions.defaults().eagerStart(true);

    private final Trace trace = new Trace();

    @Test
    void aTaskThatDoesNotSuspendIsDoneAtOnce() {
        runVirtually(() -> {
            Task<Integer> task = createTask(EAGER, () -> 1);
            assertThat(task.isDone()).isTrue();
            assertThat(task.result()).isEqualTo(1);
            assertThat(allTasks()).isEqualTo(List.of(currentTask()));
        });
    }

    @Test
    void aTaskThatFailsAtOnceKeepsItsException() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Task<Void> task = createTask(EAGER, () -> {
                throw failure;
            });
            assertThat(task.exception()).isSameAs(failure);
        });
    }

    @Test
    void theEagerTaskIsCurrentWhileItRunsAndThenItsCreatorIs() {
        runVirtually(() -> {
            Task<?> main = currentTask();
            Task<Task<?>> child = createTask(EAGER.context(new Context()), () -> {
                Task<?> self = currentTask();
                sleep(Duration.ofSeconds(1));
                assertThat(currentTask()).isSameAs(self);
                return self;
            });
            assertThat(currentTask()).isSameAs(main);
            assertThat(child.isDone()).isFalse();
            assertThat(allTasks()).isEqualTo(List.of(main, child));
            assertThat(child.await()).isSameAs(child);
        });
    }

    @Test
    void aSuspendedEagerTaskGoesOnInItsTurn() {
        runVirtually(() -> {
            createTask(() -> trace.add("lazy"));
            Future<String> gate = createFuture();
            Task<Void> eager = createTask(EAGER, () -> {
                trace.add("start");
                trace.add(gate.await());
                sleep(Duration.ZERO);
                trace.add("end");
            });
            trace.add("created");
            gate.setResult("open");
            sleep(Duration.ZERO);
            trace.add("main");
            eager.await();
        });
        trace.assertIs("start created lazy open main end");
    }

    @Test
    void eagerTasksNest() {
        runVirtually(() -> {
            Task<Integer> outer = createTask(EAGER, () -> {
                Task<Integer> middle = createTask(EAGER, () -> {
                    Task<Integer> inner = createTask(EAGER, () -> sleep(Duration.ofSeconds(1), 1));
                    trace.add("inner");
                    return inner.await() + 1;
                });
                trace.add("middle");
                return middle.await() + 1;
            });
            trace.add("outer");
            assertThat(outer.await()).isEqualTo(3);
        });
        trace.assertIs("inner middle outer");
    }

    @Test
    void aCallbackCanStartOne() {
        runVirtually(() -> {
            Future<Task<Void>> started = createFuture();
            runningLoop().callSoon(() -> {
                Task<Void> task = createTask(EAGER, () -> {
                    trace.add("eager:" + (currentTask() != null));
                    createTask(EAGER, () -> trace.add("nested"));
                    sleep(Duration.ofSeconds(1));
                    trace.add("end");
                });
                trace.add("callback:" + currentTask());
                started.setResult(task);
            });
            started.await().await();
        });
        trace.assertIs("eager:true nested callback:null end");
    }

    @Test
    void itRunsInACopyOfItsCreatorsContext() {
        var variable = new ContextVar<>("variable", "default");
        runVirtually(() -> {
            variable.set("creator's");
            createTask(EAGER, () -> {
                trace.add(variable.get());
                variable.set("its own");
            });
            trace.add(variable.get());
        });
        trace.assertIs("creator's creator's");
    }

    @Test
    void itCanBeCancelledWhereItWaits() {
        runVirtually(() -> {
            Task<Void> task = createTask(EAGER, () -> sleep(Duration.ofDays(1)));
            task.cancel("stop");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("stop");
        });
    }

    @Test
    void aTaskThatAwaitsItsDoneTasksNeverYields() {
        runVirtually(() -> {
            createTask(() -> trace.add("other"));
            for (int i = 0; i < 100; i++) {
                int value = i;
                assertThat(createTask(EAGER, () -> value).await()).isEqualTo(value);
            }
            trace.add("main");
            sleep(Duration.ZERO);
        });
        trace.assertIs("main other");
    }

    @Test
    void doneCallbacksOfATaskThatIsDoneAtOnceRunSoon() {
        runVirtually(() -> {
            createTask(EAGER, () -> 1).addDoneCallback(task -> trace.add("called"));
            trace.add("added");
            sleep(Duration.ZERO);
        });
        trace.assertIs("added called");
    }

    @Test
    void beforeTheLoopRunsItIsCreatedAsAnyOther() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        try {
            Task<Integer> task = loop.createTask(EAGER, () -> 1);
            assertThat(task.isDone()).isFalse();
            assertThat(loop.runUntilComplete(task)).isEqualTo(1);
        } finally {
            loop.close();
        }
    }

    @Test
    void withoutEagerStartATaskWaitsForItsTurn() {
        runVirtually(() -> {
            Task<Integer> task = createTask(EAGER.eagerStart(false), () -> 1);
            assertThat(task.isDone()).isFalse();
            assertThat(task.await()).isEqualTo(1);
        });
    }

    @Test
    void optionsAreValues() {
        var context = new Context();
        assertThat(TaskOptions.named("x").eagerStart(true).context(context))
                .isEqualTo(new TaskOptions("x", true, context));
        assertThat(TaskOptions.defaults()).isEqualTo(new TaskOptions(null, null, null));
    }
}
