package io.asyncio4j.kernel;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Innards;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The time and the thread of the report of a failure that nobody asked for.
final class UnnoticedFailureTest {
    private static final String UNNOTICED = " was not noticed: nobody awaited it or asked for its exception";

    private final Runner runner = new Runner(new VirtualClock());
    private final List<EventLoop.ExceptionContext> problems = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final IOException failure = new IOException("broken");

    UnnoticedFailureTest() {
        runner.loop().setExceptionHandler((loop, problem) -> {
            threads.add(Thread.currentThread());
            problems.add(problem);
        });
    }

    @Test
    void aProblemTheKernelReportsFromATasksFirstSuspensionReachesTheHandlerOnTheLoopsThread() {
        runner.run(() -> {
            Loop kernel = Innards.of(runningLoop());
            createTask(() -> sleep(Duration.ZERO));
            kernel.ready.add(new KernelCallback(() -> kernel.report(new EventLoop.ExceptionContext("problem"))));
            sleep(Duration.ZERO);
        });
        runner.close();
        assertThat(problems).containsExactly(new EventLoop.ExceptionContext("problem"));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void aFailureWhoseFutureIsGarbageIsReportedWhileTheProgramRuns() {
        runner.run(() -> {
            failFutureAndDropIt();
            while (problems.isEmpty()) {
                System.gc();
                sleep(Duration.ofSeconds(1));
            }
            assertThat(problems)
                    .containsExactly(
                            new EventLoop.ExceptionContext("The failure of a future" + UNNOTICED, failure, null, null));
        });
        runner.close();
        assertThat(problems).hasSize(1);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    private void failFutureAndDropIt() {
        createFuture().setException(failure);
    }

    @Test
    void aFailureWhoseTaskIsGarbageIsReportedWhileTheProgramRuns() {
        runner.run(() -> {
            createTask("garbage", () -> {
                throw failure;
            });
            sleep(Duration.ZERO);
            while (problems.isEmpty()) {
                System.gc();
                sleep(Duration.ofSeconds(1));
            }
            assertThat(problems)
                    .containsExactly(new EventLoop.ExceptionContext(
                            "The failure of task 'garbage'" + UNNOTICED, failure, null, null));
        });
        runner.close();
        assertThat(problems).hasSize(1);
    }

    @Test
    void aFailureThatACancellationOvertakesHasBeenNoticed() {
        runner.run(() -> {
            Future<Void> future = createFuture();
            Task<Void> task = createTask(() -> future.await());
            sleep(Duration.ZERO);
            future.setException(failure);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
        runner.close();
        assertThat(problems).isEmpty();
    }
}
