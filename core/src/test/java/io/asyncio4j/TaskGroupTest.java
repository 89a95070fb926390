package io.asyncio4j;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.VirtualTime.elapsed;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Groups in which nothing fails, and what they refuse.
final class TaskGroupTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final VoidCoroutine NOTHING = () -> {};

    @Test
    void leavingTheBodyWaitsForTheChildren() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<Integer>>();
            taskGroup(group -> {
                for (int i = 1; i <= 3; i++) {
                    int seconds = i;
                    tasks.add(group.createTask(() -> sleep(Duration.ofSeconds(seconds), seconds)));
                }
            });
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(3));
            assertThat(tasks).extracting(Task::result).containsExactly(1, 2, 3);
        });
    }

    @Test
    void theResultOfTheBodyIsTheResultOfTheGroup() {
        runVirtually(() -> {
            int sum = taskGroup(group -> {
                Task<Integer> a = group.createTask(() -> 1);
                Task<Integer> b = group.createTask(() -> 2);
                return a.await() + b.await();
            });
            assertThat(sum).isEqualTo(3);
        });
    }

    @Test
    void aGroupWithoutChildrenDoesNotYield() {
        var trace = new Trace();
        runVirtually(() -> {
            createTask(() -> trace.add("other"));
            taskGroup(group -> {
                trace.add("body");
            });
            trace.add("after");
            sleep(Duration.ZERO);
        });
        trace.assertIs("body after other");
    }

    @Test
    void aGroupWhoseChildrenHaveEndedDoesNotYieldAtItsEnd() {
        var trace = new Trace();
        runVirtually(() -> {
            taskGroup(group -> {
                group.createTask(NOTHING);
                sleep(SECOND);
                createTask(() -> trace.add("other"));
            });
            trace.add("after");
            sleep(Duration.ZERO);
        });
        trace.assertIs("after other");
    }

    @Test
    void aChildMayAddTasksWhileTheGroupIsLeaving() {
        runVirtually(() -> {
            var trace = new Trace();
            taskGroup(group -> {
                group.createTask(() -> {
                    sleep(SECOND);
                    group.createTask("grandchild", () -> {
                        sleep(SECOND);
                        trace.add("grandchild");
                    });
                    trace.add("child");
                });
                trace.add("body");
            });
            trace.assertIs("body child grandchild");
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void childrenHaveNamesAndOptions() {
        runVirtually(() -> {
            var variable = new ContextVar<>("variable", "default");
            var context = new Context();
            taskGroup(group -> {
                assertThat(group.createTask(NOTHING).name()).isEqualTo("Task-2");
                assertThat(group.createTask("void", NOTHING).name()).isEqualTo("void");
                assertThat(group.createTask("value", () -> 1).name()).isEqualTo("value");
                Task<Void> inContext =
                        group.createTask(TaskOptions.named("in context").context(context), () -> {
                            variable.set("changed");
                        });
                assertThat(inContext.name()).isEqualTo("in context");
                assertThat(inContext.context()).isSameAs(context);
            });
            assertThat(context.get(variable)).isEqualTo("changed");
        });
    }

    @Test
    void anEagerChildRunsBeforeCreateTaskReturns() {
        var trace = new Trace();
        runVirtually(() -> {
            taskGroup(group -> {
                Task<Void> child = group.createTask(TaskOptions.defaults().eagerStart(true), () -> trace.add("child"));
                trace.add("done=" + child.isDone());
            });
            trace.add("end");
        });
        trace.assertIs("child done=true end");
    }

    @Test
    void aChildMayAwaitAnother() {
        runVirtually(() -> {
            Integer result = taskGroup(group -> {
                Task<Integer> slow = group.createTask(() -> sleep(SECOND, 20));
                Task<Integer> adding = group.createTask(() -> slow.await() + 1);
                return adding.await();
            });
            assertThat(result).isEqualTo(21);
        });
    }

    @Test
    void groupsNest() {
        runVirtually(() -> {
            var trace = new Trace();
            taskGroup(outer -> {
                outer.createTask(() -> {
                    taskGroup(inner -> {
                        inner.createTask(() -> {
                            sleep(Duration.ofSeconds(2));
                            trace.add("inner-child");
                        });
                    });
                    trace.add("inner");
                });
                outer.createTask(() -> {
                    sleep(SECOND);
                    trace.add("outer-child");
                });
            });
            trace.add("outer");
            trace.assertIs("outer-child inner-child inner outer");
        });
    }

    @Test
    void aCancelledChildDoesNotDisturbTheOthers() {
        runVirtually(() -> {
            Integer result = taskGroup(group -> {
                Task<Void> cancelled = group.createTask(() -> sleep(Duration.ofDays(1)));
                Task<Integer> other = group.createTask(() -> sleep(SECOND, 1));
                sleep(Duration.ZERO);
                cancelled.cancel();
                return other.await();
            });
            assertThat(result).isEqualTo(1);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void aGroupThatHasEndedRefusesTasks() {
        runVirtually(() -> {
            TaskGroup ended = taskGroup(group -> group);
            assertThatThrownBy(() -> ended.createTask("late", NOTHING))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'late' was added to the task group of task 'Task-1' after the group had ended;"
                            + " create it inside the group's body");
            assertThatThrownBy(() -> ended.createTask(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A task was added to the task group of task 'Task-1' after the group had ended;"
                            + " create it inside the group's body");
            assertThat(Asyncio.allTasks()).hasSize(1);
        });
    }

    @Test
    void aGroupThatShutsDownRefusesTasks() {
        runVirtually(() -> {
            var refused = new ArrayList<Throwable>();
            TaskGroup.VoidBody body = group -> {
                group.createTask(() -> {
                    try {
                        sleep(SECOND);
                    } finally {
                        try {
                            group.createTask("late", NOTHING);
                        } catch (IllegalStateException e) {
                            refused.add(e);
                        }
                    }
                });
                sleep(Duration.ZERO);
                throw new IllegalArgumentException("body");
            };
            assertThatThrownBy(() -> taskGroup(body)).isInstanceOf(ExceptionGroup.class);
            assertThat(refused)
                    .singleElement()
                    .asString()
                    .isEqualTo("java.lang.IllegalStateException: Task 'late' was added to the task group of task"
                            + " 'Task-1' while the group was shutting down, after a failure or cancel()");
        });
    }

    @Test
    void aRefusedCoroutineNeverRuns() {
        var trace = new Trace();
        runVirtually(() -> {
            TaskGroup ended = taskGroup(group -> group);
            assertThatThrownBy(() -> ended.createTask(() -> trace.add("ran")))
                    .isInstanceOf(IllegalStateException.class);
            sleep(SECOND);
        });
        trace.assertIs("");
    }

    @Test
    void theTextOfAGroupTellsItsState() {
        runVirtually(() -> {
            var seen = new ArrayList<String>();
            TaskGroup ended = taskGroup(group -> {
                seen.add(group.toString());
                group.createTask(() -> sleep(SECOND));
                group.cancel();
                seen.add(group.toString());
                return group;
            });
            seen.add(ended.toString());
            assertThat(seen)
                    .isEqualTo(List.of(
                            "TaskGroup[of task 'Task-1']",
                            "TaskGroup[of task 'Task-1', aborting]",
                            "TaskGroup[of task 'Task-1', ended, aborting]"));
        });
    }

    @Test
    void callbacksCannotOpenAGroup() {
        runVirtually(() -> {
            Future<Throwable> refused = createFuture();
            runningLoop().callSoon(() -> {
                try {
                    taskGroup(group -> {});
                } catch (IllegalStateException e) {
                    refused.setResult(e);
                }
            });
            assertThat(refused.await())
                    .hasMessage("Cannot open a task group in a callback: only a task can suspend; create one in the"
                            + " callback with createTask(...)");
        });
    }
}
