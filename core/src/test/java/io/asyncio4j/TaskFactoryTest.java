package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Task factories and eager tasks.
final class TaskFactoryTest {
    private final List<String> log = new ArrayList<>();

    private void step(String name) {
        log.add(name + " began");
        sleep(ZERO);
        log.add(name + " ended");
    }

    private static void eagerly(VoidCoroutine main) {
        VirtualTime.runVirtually(() -> {
            runningLoop().setTaskFactory(TaskFactory.eager());
            main.run();
        });
    }

    @Test
    void withTheEagerFactoryATaskRunsUntilItFirstSuspends() {
        eagerly(() -> {
            Task<Void> task = createTask(() -> step("task"));
            log.add("created");
            task.await();
            assertThat(log).containsExactly("task began", "created", "task ended");
        });
    }

    @Test
    void aTaskThatNeverSuspendsIsDoneWhenCreated() {
        eagerly(() -> {
            assertThat(createTask(() -> "value").result()).isEqualTo("value");
            assertThat(createTask(() -> {
                                throw new IllegalStateException("failed");
                            })
                            .exception())
                    .hasMessage("failed");
            assertThat(gather(() -> 1, () -> 2).result()).containsExactly(1, 2);
        });
    }

    @Test
    void theOptionsCanAskForALaterStart() {
        eagerly(() -> {
            Task<Void> task = createTask(TaskOptions.named("late").eagerStart(false), () -> step("task"));
            log.add("created");
            task.await();
            assertThat(log).containsExactly("created", "task began", "task ended");
        });
    }

    @Test
    void theTaskIsCurrentInItsEagerStepAndItsCreatorAfterIt() {
        eagerly(() -> {
            Task<?> creator = currentTask();
            List<Task<?>> seen = new ArrayList<>();
            Task<Void> task = createTask(() -> {
                seen.add(currentTask());
                sleep(ZERO);
                seen.add(currentTask());
            });
            assertThat(currentTask()).isSameAs(creator);
            task.await();
            assertThat(seen).containsExactly(task, task);
        });
    }

    @Test
    void aGroupIsToldOfAnEagerFailureInTheNextIteration() {
        eagerly(() -> {
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            throw new IllegalStateException("at once");
                        });
                        group.createTask(() -> step("sibling"));
                        log.add("body goes on");
                    }))
                    .isInstanceOf(ExceptionGroup.class);
            assertThat(log).containsExactly("sibling began", "body goes on");
        });
    }

    @Test
    void anEagerChildStandsAfterThoseItCreatedItself() {
        eagerly(() -> {
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask("outer", () -> {
                            group.createTask("inner", () -> sleepUntilCancelled("inner"));
                            sleepUntilCancelled("outer");
                        });
                        fail("body");
                    }))
                    .isInstanceOf(ExceptionGroup.class);
            assertThat(log).containsExactly("inner cancelled", "outer cancelled");
        });
    }

    private static void fail(String message) {
        throw new IllegalStateException(message);
    }

    private void sleepUntilCancelled(String name) {
        try {
            sleep(ofMillis(9));
        } finally {
            log.add(name + " cancelled");
        }
    }

    @Test
    void aFactoryMayWrapTheCoroutineAndChangeTheOptions() {
        VirtualTime.runVirtually(() -> {
            runningLoop().setTaskFactory((loop, coroutine, options) -> {
                Coroutine<Object> wrapped = () -> {
                    log.add("begin " + currentTask().name());
                    return coroutine.await();
                };
                return TaskFactory.standard().create(loop, wrapped, TaskOptions.named("made-" + options.name()));
            });
            assertThat(createTask("x", () -> 1).await()).isEqualTo(1);
            taskGroup(group -> {
                group.createTask("y", () -> sleep(ZERO));
            });
            gather(() -> 3).await();
            runningLoop().setTaskFactory(null);
            assertThat(createTask("z", () -> 1).name()).isEqualTo("z");
            assertThat(log).containsExactly("begin made-x", "begin made-y", "begin made-null");
        });
    }

    @Test
    void theMainTaskStartsWithTheLoop() {
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.loop().setTaskFactory(TaskFactory.eager());
            assertThat(runner.run(() -> currentTask().name())).isEqualTo("Task-1");
        }
    }

    @Test
    void aFactoryMustReturnANewTaskOfItsLoop() {
        EventLoop other = EventLoop.create(new VirtualClock());
        VirtualTime.runVirtually(() -> {
            EventLoop loop = runningLoop();
            TaskFactory foreign = named("foreign", (l, coroutine, options) -> other.createTask("there", coroutine));
            loop.setTaskFactory(foreign);
            assertThat(loop.taskFactory()).isSameAs(foreign);
            assertThatThrownBy(() -> createTask(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The task factory foreign returned task 'there' of another event loop;"
                            + " it must create one of the loop it is given");
            loop.setTaskFactory(named("nothing", (l, coroutine, options) -> null));
            assertThatThrownBy(() -> createTask(() -> 1))
                    .hasMessage("The task factory nothing returned null instead of a task");
            currentTask().setName("main");
            taskGroup(group -> {
                loop.setTaskFactory(null);
                Task<Integer> old = group.createTask("old", () -> 1);
                loop.setTaskFactory((l, coroutine, options) -> old);
                assertThatThrownBy(() -> group.createTask(() -> 2))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Task 'old' is in TaskGroup[of task 'main'] already;"
                                + " a task factory must return a new task");
            });
            loop.setTaskFactory(null);
        });
        other.close();
    }

    private static TaskFactory named(String name, TaskFactory factory) {
        return new TaskFactory() {
            @Override
            public Task<?> create(EventLoop loop, Coroutine<?> coroutine, TaskOptions options) {
                return factory.create(loop, coroutine, options);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
