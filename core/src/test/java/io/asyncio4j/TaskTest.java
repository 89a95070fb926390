package io.asyncio4j;

import static io.asyncio4j.Asyncio.allTasks;
import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskTest {
    @Test
    void aCoroutineRunsNothingUntilItIsAwaitedAndRunsAnewEachTime() {
        var trace = new Trace();
        runVirtually(() -> {
            Coroutine<Integer> coroutine = () -> {
                trace.add("ran");
                return 1;
            };
            trace.add("made");
            assertThat(await(coroutine)).isEqualTo(1);
            assertThat(await(coroutine)).isEqualTo(1);
        });
        trace.assertIs("made ran ran");
    }

    @Test
    void awaitingACoroutineDoesNotYield() {
        var trace = new Trace();
        runVirtually(() -> {
            createTask(() -> trace.add("other"));
            await(() -> trace.add("coroutine"));
            trace.add("main");
            sleep(Duration.ZERO);
        });
        trace.assertIs("coroutine main other");
    }

    @Test
    void aVoidCoroutineCanBeAwaited() {
        var trace = new Trace();
        runVirtually(() -> {
            VoidCoroutine coroutine = () -> trace.add("ran");
            await(coroutine);
        });
        trace.assertIs("ran");
    }

    @Test
    void aTaskEndsWithTheResultOfItsBody() {
        runVirtually(() -> {
            Task<String> task = createTask(() -> "value");
            assertThat(task.isDone()).isFalse();
            assertThat(await(task)).isEqualTo("value");
            assertThat(task.isDone()).isTrue();
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.result()).isEqualTo("value");
            assertThat(task.exception()).isNull();
            assertThat(task.await()).isEqualTo("value");
        });
    }

    @Test
    void aTaskWithoutAResultEndsWithNull() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {});
            assertThat(task.await()).isNull();
            assertThat(task.result()).isNull();
        });
    }

    @Test
    void aFailureIsTheVeryExceptionHoweverItIsAskedFor() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Task<String> task = createTask(() -> {
                throw failure;
            });
            assertThatThrownBy(() -> await(task)).isSameAs(failure);
            assertThatThrownBy(task::await).isSameAs(failure);
            assertThatThrownBy(task::result).isSameAs(failure);
            assertThat(task.exception()).isSameAs(failure);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    void anErrorFailsTheTaskOnlyAndTheLoopGoesOn() {
        var error = new AssertionError("no");
        runVirtually(() -> {
            Task<Void> failing = createTask(() -> {
                throw error;
            });
            Task<Integer> other = createTask(() -> 1);
            assertThat(other.await()).isEqualTo(1);
            assertThat(failing.exception()).isSameAs(error);
        });
    }

    @Test
    void theExceptionOfTheMainCoroutineLeavesRun() {
        var failure = new IOException("broken");
        assertThatThrownBy(() -> runVirtually(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void unnamedTasksAreNumberedInTheOrderOfCreation() {
        runVirtually(() -> {
            assertThat(currentTask().name()).isEqualTo("Task-1");
            assertThat(createTask(() -> {}).name()).isEqualTo("Task-2");
            assertThat(createTask("mine", () -> {}).name()).isEqualTo("mine");
            assertThat(createTask(() -> 1).name()).isEqualTo("Task-3");
            assertThat(createTask("mine", () -> 1).name()).isEqualTo("mine");
            assertThat(createTask(TaskOptions.named("other"), () -> {}).name()).isEqualTo("other");
        });
    }

    @Test
    void aTaskCanBeRenamed() {
        runVirtually(() -> {
            Task<?> task = currentTask();
            task.setName("main");
            assertThat(task.name()).isEqualTo("main");
            assertThat(task).hasToString("Task['main', pending]");
        });
    }

    @Test
    void theTextOfATaskTellsItsStateAndWhatItWaitsFor() {
        runVirtually(() -> {
            Future<Void> gate = createFuture();
            Task<Integer> fine = createTask("fine", () -> {
                gate.await();
                return 7;
            });
            Task<Integer> waiting = createTask("waiting", () -> fine.await());
            Task<Void> failing = createTask("failing", () -> {
                throw new IOException("broken");
            });
            Task<Void> cancelled = createTask("cancelled", () -> {});
            cancelled.cancel();
            assertThat(fine).hasToString("Task['fine', pending]");
            sleep(Duration.ZERO);
            assertThat(fine).hasToString("Task['fine', waiting for a future]");
            assertThat(waiting).hasToString("Task['waiting', waiting for task 'fine']");
            assertThat(failing).hasToString("Task['failing', exception=java.io.IOException: broken]");
            assertThat(cancelled).hasToString("Task['cancelled', cancelled]");
            assertThat(failing.exception()).isNotNull();
            gate.setResult(null);
            waiting.await();
            assertThat(fine).hasToString("Task['fine', result=7]");
            assertThat(waiting).hasToString("Task['waiting', result=7]");
        });
    }

    @Test
    void currentTaskIsTheOneThatRuns() {
        runVirtually(() -> {
            Task<?> main = currentTask();
            Task<Task<?>> child = createTask(() -> {
                sleep(Duration.ofSeconds(1));
                return currentTask();
            });
            assertThat(child.await()).isSameAs(child);
            assertThat(currentTask()).isSameAs(main);
            Future<Task<?>> inCallback = createFuture();
            runningLoop().callSoon(() -> inCallback.setResult(currentTask()));
            assertThat(inCallback.await()).isNull();
        });
    }

    @Test
    void allTasksAreThoseThatAreNotDoneInTheOrderOfCreation() {
        runVirtually(() -> {
            Task<?> main = currentTask();
            Task<Void> first = createTask(() -> sleep(Duration.ofSeconds(2)));
            Task<Void> second = createTask(() -> sleep(Duration.ofSeconds(1)));
            Task<Void> third = createTask(() -> sleep(Duration.ofSeconds(3)));
            assertThat(allTasks()).isEqualTo(List.of(main, first, second, third));
            second.await();
            assertThat(allTasks()).isEqualTo(List.of(main, first, third));
            third.await();
            assertThat(allTasks()).isEqualTo(List.of(main));
        });
    }

    @Test
    void severalTasksCanAwaitOneAndGoOnInTheOrderTheyCame() {
        var trace = new Trace();
        runVirtually(() -> {
            Task<String> shared = createTask(() -> {
                sleep(Duration.ofSeconds(1));
                return "value";
            });
            var waiting = List.of("a", "b", "c").stream()
                    .map(name -> createTask(name, () -> trace.add(name + "=" + shared.await())))
                    .toList();
            waiting.forEach(Task::await);
        });
        trace.assertIs("a=value b=value c=value");
    }

    @Test
    void everyAwaiterGetsTheSameException() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Task<Void> shared = createTask(() -> {
                throw failure;
            });
            Task<Void> first = createTask(() -> shared.await());
            Task<Void> second = createTask(() -> shared.await());
            sleep(Duration.ofSeconds(1));
            assertThat(first.exception()).isSameAs(failure);
            assertThat(second.exception()).isSameAs(failure);
        });
    }

    @Test
    void awaitingATaskThatIsDoneDoesNotYield() {
        var trace = new Trace();
        runVirtually(() -> {
            Task<Integer> done = createTask(() -> 1);
            done.await();
            createTask(() -> trace.add("other"));
            done.await();
            trace.add("main");
        });
        trace.assertIs("main other");
    }

    @Test
    void theStackOfAWaitingTaskShowsWhereItWaits() {
        runVirtually(() -> {
            Future<Void> gate = createFuture();
            Task<Void> task = createTask("deep", () -> waitDeepInside(gate));
            assertThat(task.stack()).isEmpty();
            sleep(Duration.ZERO);
            assertThat(task.stack())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("waitDeepInside");
            assertThat(task.stack())
                    .extracting(StackTraceElement::getClassName)
                    .noneMatch(name -> name.contains("Engine") || name.contains("VirtualThread"));
            gate.setResult(null);
            task.await();
            assertThat(task.stack()).isEmpty();
        });
    }

    @Test
    void theStackOfTheRunningTaskShowsWhereItIs() {
        runVirtually(() -> assertThat(currentTask().stack())
                .extracting(StackTraceElement::getClassName)
                .contains(TaskTest.class.getName()));
    }

    @Test
    void printStackPrintsTheTaskAndItsFrames() {
        runVirtually(() -> {
            Future<Void> gate = createFuture();
            Task<Void> task = createTask("deep", () -> waitDeepInside(gate));
            sleep(Duration.ZERO);
            var bytes = new ByteArrayOutputStream();
            task.printStack(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
            assertThat(lines.getFirst()).isEqualTo("Task['deep', waiting for a future]");
            assertThat(lines).hasSize(task.stack().size() + 1);
            assertThat(lines).anyMatch(line -> line.matches("    at io\\.asyncio4j\\.TaskTest\\.waitDeepInside\\(.*"));
            gate.setResult(null);
        });
    }

    private static void waitDeepInside(Future<Void> gate) {
        gate.await();
    }

    @Test
    void aThousandTasksAllEnd() {
        int sum = runVirtually(() -> {
            int total = 0;
            var tasks = new java.util.ArrayList<Task<Integer>>();
            for (int i = 0; i < 1000; i++) {
                int value = i;
                tasks.add(createTask(() -> {
                    sleep(Duration.ofMillis(value % 7));
                    return value;
                }));
            }
            for (Task<Integer> task : tasks) {
                total += task.await();
            }
            return total;
        });
        assertThat(sum).isEqualTo(499_500);
    }
}
