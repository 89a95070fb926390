package io.asyncio4j.usage;

import static io.asyncio4j.Asyncio.allTasks;
import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runCoroutineThreadsafe;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Awaitable;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.ContextVar;
import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.Future;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.testing.VirtualClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Programs as a user writes them, from another package.
final class PublicApiTest {
    private static final ContextVar<String> USER = new ContextVar<>("user", "nobody");

    private final List<String> output = new ArrayList<>();

    private void fakeUpdate(Duration duration, String name) {
        output.add(name + " starts");
        sleep(duration);
        output.add(name + " ends");
    }

    private String fetch(String page) throws IOException {
        sleep(ofMillis(1));
        if (page.isEmpty()) {
            throw new FileNotFoundException("no page");
        }
        return "<" + page + ">";
    }

    @Test
    void theProgramOfTheReadme() {
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.run(() -> {
                output.add("begin");
                taskGroup(tg -> {
                    tg.createTask(() -> fakeUpdate(ofMillis(4), "a"));
                    tg.createTask(() -> fakeUpdate(ofMillis(1), "b"));
                });
                output.add("end");
            });
        }
        assertThat(output).containsExactly("begin", "a starts", "b starts", "b ends", "a ends", "end");
    }

    @Test
    void aMethodThatSuspendsIsCalledAwaitedOrMadeATask() throws Exception {
        List<String> pages = run(() -> {
            String called = fetch("a");
            String awaited = await(() -> fetch("b"));
            Coroutine<String> coroutine = () -> fetch("c");
            Task<String> task = createTask("fetch d", () -> fetch("d"));
            Awaitable<String> awaitable = task;
            return List.of(called, awaited, await(coroutine), await(awaitable), task.await());
        });
        assertThat(pages).containsExactly("<a>", "<b>", "<c>", "<d>", "<d>");
    }

    @Test
    void checkedExceptionsAreCaughtAsIfThereWereNoTasks() {
        String caught = run(() -> {
            Task<String> task = createTask(() -> fetch(""));
            try {
                return await(() -> task.await());
            } catch (RuntimeException e) {
                return "unchecked";
            } catch (Exception e) {
                return e.getMessage();
            }
        });
        assertThat(caught).isEqualTo("no page");
    }

    @Test
    void failuresOfAGroupAreSorted() {
        run(() -> {
            try {
                taskGroup(tg -> {
                    tg.createTask(() -> fetch(""));
                    tg.createTask(() -> sleep(Duration.ofDays(1)));
                });
            } catch (ExceptionGroup failures) {
                ExceptionGroup missing = failures.subgroup(FileNotFoundException.class);
                output.add("" + (missing != null)
                        + failures.split(IOException.class::isInstance).rest());
            }
        });
        assertThat(output).containsExactly("truenull");
    }

    @Test
    void aTaskIsCancelledAndCleansUp() {
        run(() -> {
            Task<Void> task = createTask("worker", () -> {
                try {
                    sleep(Duration.ofDays(1));
                } finally {
                    output.add("cleaned");
                }
            });
            sleep(Duration.ZERO);
            task.cancel("no longer needed");
            assertThatThrownBy(() -> await(task))
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("no longer needed");
            assertThat(task.cancelling()).isEqualTo(1);
        });
        assertThat(output).containsExactly("cleaned");
    }

    @Test
    void blockingWorkRunsOutsideTheLoop() {
        run(() -> {
            String fromThread = toThread(() -> "blocking");
            String fromExecutor = runInExecutor(null, () -> "cpu").await();
            String fromStage = await(CompletableFuture.supplyAsync(() -> "stage"));
            output.addAll(List.of(fromThread, fromExecutor, fromStage));
        });
        assertThat(output).containsExactly("blocking", "cpu", "stage");
    }

    @Test
    void anotherThreadAsksTheLoop() throws Exception {
        run(() -> {
            EventLoop loop = runningLoop();
            String answer = toThread(
                    () -> runCoroutineThreadsafe(() -> fetch("x"), loop).get(5, TimeUnit.MINUTES));
            Future<String> future = createFuture();
            toThread(() -> {
                loop.callSoonThreadsafe(() -> future.setResult("set"));
            });
            output.addAll(List.of(
                    answer,
                    future.await(),
                    createTask(() -> "y").toCompletableFuture().isDone() + ""));
        });
        assertThat(output).containsExactly("<x>", "set", "false");
    }

    @Test
    void contextVariablesFollowTheTasks() {
        run(() -> {
            USER.set("ann");
            Task<String> inherits = createTask(() -> USER.get());
            Task<String> apart = createTask(TaskOptions.named("apart").context(new Context()), () -> USER.get());
            output.add(inherits.await() + " " + apart.await());
        });
        assertThat(output).containsExactly("ann nobody");
    }

    @Test
    void aLoopIsUsedDirectly() {
        EventLoop loop = EventLoop.create(Clock.system());
        try {
            loop.setExceptionHandler((source, problem) -> output.add(problem.message()));
            loop.callSoon(() -> output.add("soon"));
            loop.callLater(ofMillis(1), () -> output.add("later"));
            loop.callLater(ofMillis(2), loop::stop);
            loop.runForever();
            loop.callExceptionHandler(new EventLoop.ExceptionContext("problem"));
            Future<String> future = loop.createFuture();
            future.addDoneCallback(done -> output.add(done.result()));
            loop.callSoon(() -> future.setResult("done"));
            output.add(loop.runUntilComplete(future));
        } finally {
            loop.close();
        }
        assertThat(output).containsExactly("soon", "later", "problem", "done", "done");
    }

    @Test
    void aRunnerRunsSeveralCoroutines() {
        try (Runner runner = new Runner()) {
            Task<Void> left = runner.run(() -> createTask(() -> sleep(Duration.ofDays(1))));
            List<Task<?>> tasks = runner.run(() -> allTasks());
            assertThat(tasks).contains(left).hasSize(2);
            assertThat(runner.run(() -> currentTask().name())).startsWith("Task-");
        }
    }
}
