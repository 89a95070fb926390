package io.asyncio4j.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Handle;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.sync.Event;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The reports of debug mode besides slow steps and swallowed cancellations: where things were
/// created, what was left open, and which thread touches what is not its own.
final class DebugModeTest {
    private static final String HERE = "io.asyncio4j.usage.DebugModeTest";

    private final List<String> problems = new ArrayList<>();

    private void run(boolean debug, VoidCoroutine main) {
        RunnerOptions options = RunnerOptions.defaults()
                .clock(new VirtualClock())
                .debug(debug)
                .exceptionHandler((_, problem) -> problems.add(plain(problem.message())));
        try (Runner runner = new Runner(options)) {
            runner.run(main);
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\\$\\$Lambda\\S+?([,\\]])", ".lambda$1")
                .replaceAll("\\.lambda\\$\\w+\\$\\d+", ".lambda")
                .replaceAll("\\.java:\\d+", ".java");
    }

    // ------------------------------------------------------------------ where it was created

    @Test
    void theTaskWhoseFailureNobodyNoticed() {
        VoidCoroutine main = () -> {
            createTask("mailer", () -> {
                throw new IOException("no mail server");
            });
            sleep(ZERO);
        };
        run(true, main);
        run(false, main);
        assertThat(problems)
                .containsExactly(
                        "The failure of task 'mailer', created at " + HERE + ".lambda(DebugModeTest.java), was not"
                                + " noticed: nobody awaited it or asked for its exception",
                        "The failure of task 'mailer' was not noticed: nobody awaited it or asked for its exception");
    }

    @Test
    void theFutureWhoseFailureNobodyNoticed() {
        run(true, () -> {
            createFuture("reply").setException(new IOException("gone"));
            failAFuture();
        });
        assertThat(problems)
                .containsExactly(
                        "The failure of future 'reply', created at " + HERE + ".lambda(DebugModeTest.java), was not"
                                + " noticed: nobody awaited it or asked for its exception",
                        "The failure of a future created at " + HERE + ".failAFuture(DebugModeTest.java) was not"
                                + " noticed: nobody awaited it or asked for its exception");
    }

    private static void failAFuture() {
        Future<String> future = createFuture();
        future.setException(new IOException("gone"));
    }

    @Test
    void theCallbackThatThrows() {
        run(true, () -> {
            runningLoop().callSoon(DebugModeTest::fail);
            sleep(ZERO);
        });
        assertThat(problems)
                .containsExactly("Exception in callback Handle[" + HERE + ".lambda, created at " + HERE
                        + ".lambda(DebugModeTest.java)]");
    }

    private static void fail() {
        throw new IllegalStateException("callback");
    }

    @Test
    void theUnnamedPrimitiveAndTheTaskThatWaitsForIt() {
        run(true, () -> {
            Event event = new Event();
            Task<?> task = createTask("waiter", event::await);
            sleep(ZERO);
            assertThat(plain(task.toString()))
                    .isEqualTo("Task['waiter', waiting for an unnamed event created at " + HERE
                            + ".lambda(DebugModeTest.java)]");
            event.set();
        });
    }

    // ------------------------------------------------------------------ what was left open

    @Test
    void whatTheProgramShouldHaveClosed() {
        VoidCoroutine main = () -> EventLoop.access().register(new Leak());
        run(false, main);
        assertThat(problems).isEmpty();
        run(true, main);
        assertThat(problems)
                .containsExactly("Not closed by the program when its event loop was closed: a hose, created at " + HERE
                        + ".lambda(DebugModeTest.java); use try-with-resources");
    }

    private static final class Leak implements Resource {
        @Override
        public String describe() {
            return "a hose";
        }

        @Override
        public void loopClosed() {}

        @Override
        public boolean mustBeClosed() {
            return true;
        }
    }

    // ------------------------------------------------------------------ the wrong thread

    @Test
    void anotherThreadThatLooksAtAFuture() {
        run(true, () -> {
            Future<String> future = createFuture("reply");
            future.setResult("done");
            toThread(() -> {
                String me = Thread.currentThread().getName();
                assertThatThrownBy(future::result)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("Cannot get the result of future 'reply' from thread '" + me
                                + "': the loop runs in thread '")
                        .hasMessageEndingWith("'; use callSoonThreadsafe(...) or runCoroutineThreadsafe(...)");
                assertThatThrownBy(future::exception)
                        .hasMessageStartingWith("Cannot get the exception of future 'reply' from thread '");
            });
            assertThat(future.result()).isEqualTo("done");
        });
    }

    @Test
    void anotherThreadThatCancelsACallback() {
        run(true, () -> {
            Handle handle = runningLoop().callLater(ofDays(1), () -> {});
            toThread(() -> assertThatThrownBy(handle::cancel)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Cannot cancel TimerHandle["));
            assertThat(handle.isCancelled()).isFalse();
            handle.cancel();
        });
    }

    @Test
    void theLoopSaysThatItIsInDebugMode() {
        run(true, () -> {
            assertThat(runningLoop().isDebug()).isTrue();
            assertThat(plain(EventLoop.creationPlace()))
                    .isEqualTo("created at " + HERE + ".lambda(DebugModeTest.java)");
        });
        run(false, () -> assertThat(EventLoop.creationPlace()).isEmpty());
    }

    @Test
    void whoMindsTheLoopAfterATaskHasEndedIsNotTheWrongThread() {
        run(true, () -> {
            taskGroup(group -> {
                group.createTask(() -> sleep(ZERO));
                group.createTask(() -> sleep(ZERO));
            });
        });
        assertThat(problems).isEmpty();
    }
}
