package io.asyncio4j;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Failures that nobody asks for are reported, each once.
final class UnobservedFailureTest {
    private static final String UNNOTICED = " was not noticed: nobody awaited it or asked for its exception";

    private final Runner runner = new Runner(new VirtualClock());
    private final List<EventLoop.ExceptionContext> problems = new ArrayList<>();
    private final IOException failure = new IOException("broken");

    UnobservedFailureTest() {
        runner.loop().setExceptionHandler((loop, problem) -> problems.add(problem));
    }

    @AfterEach
    void close() {
        runner.close();
    }

    private Task<Void> createFailingTask(String name) {
        return createTask(name, () -> {
            throw failure;
        });
    }

    @Test
    void aTaskThatFailsUnnoticedIsReportedAtTheEndOfTheRun() {
        var tasks = new ArrayList<Task<Void>>();
        runner.run(() -> {
            tasks.add(createFailingTask("lost"));
            sleep(Duration.ofSeconds(1));
            assertThat(problems).isEmpty();
        });
        runner.close();
        runner.close();
        assertThat(problems)
                .containsExactly(new EventLoop.ExceptionContext(
                        "The failure of task 'lost'" + UNNOTICED, failure, tasks.getFirst(), null));
    }

    @Test
    void withoutAHandlerItIsLogged() {
        try (var log = new CapturedLog();
                runner) {
            runner.loop().setExceptionHandler(null);
            Task<Void> lost = runner.run(() -> createFailingTask("lost"));
            runner.run(() -> sleep(Duration.ZERO));
            runner.close();
            assertThat(log.lines()).containsExactly("SEVERE The failure of task 'lost'" + UNNOTICED);
            assertThat(log.thrown()).containsExactly(failure);
            assertThat(lost.isDone()).isTrue();
        }
    }

    @Test
    void aFutureThatFailsUnnoticedIsReportedToo() {
        var futures = new ArrayList<Future<Void>>();
        runner.run(() -> {
            futures.add(createFuture());
            futures.getFirst().setException(failure);
        });
        runner.close();
        assertThat(problems)
                .containsExactly(new EventLoop.ExceptionContext(
                        "The failure of a future" + UNNOTICED, failure, futures.getFirst(), null));
    }

    @Test
    void aFailureThatSomebodyAskedForIsNotReported() {
        runner.run(() -> {
            Task<Void> awaited = createFailingTask("awaited");
            assertThatThrownBy(awaited::await).isSameAs(failure);
            Task<Void> asked = createFailingTask("asked");
            Task<Void> result = createFailingTask("result");
            Task<Void> inCallback = createFailingTask("callback");
            inCallback.addDoneCallback(Future::exception);
            sleep(Duration.ZERO);
            assertThat(asked.exception()).isSameAs(failure);
            assertThatThrownBy(result::result).isSameAs(failure);
        });
        runner.close();
        assertThat(problems).isEmpty();
    }

    @Test
    void theFailureOfTheMainTaskIsThrownAndNotReported() {
        assertThatThrownBy(() -> runner.run(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        runner.close();
        assertThat(problems).isEmpty();
    }

    @Test
    void aTaskThatAwaitsAFailingOnePassesTheDutyOn() {
        runner.run(() -> {
            Task<Void> inner = createFailingTask("inner");
            createTask("outer", () -> inner.await());
            sleep(Duration.ofSeconds(1));
        });
        runner.close();
        assertThat(problems)
                .extracting(EventLoop.ExceptionContext::message)
                .containsExactly("The failure of task 'outer'" + UNNOTICED);
    }

    @Test
    void cancelledTasksAreNotReported() {
        runner.run(() -> {
            createTask(() -> {}).cancel();
            Future<Void> future = createFuture();
            future.cancel();
            sleep(Duration.ZERO);
        });
        runner.close();
        assertThat(problems).isEmpty();
    }

    @Test
    void severalFailuresAreReportedInTheOrderInWhichTheyOccurred() {
        runner.run(() -> {
            createTask("late", () -> {
                sleep(Duration.ofSeconds(1));
                throw failure;
            });
            createFailingTask("early");
            sleep(Duration.ofSeconds(2));
        });
        runner.close();
        assertThat(problems)
                .extracting(EventLoop.ExceptionContext::message)
                .containsExactly("The failure of task 'early'" + UNNOTICED, "The failure of task 'late'" + UNNOTICED);
    }

    @Test
    void aLoopThatIsClosedByHandReportsThemToo() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        loop.setExceptionHandler((source, problem) -> problems.add(problem));
        Future<Void> future = loop.createFuture();
        future.setException(failure);
        loop.close();
        loop.close();
        assertThat(problems)
                .containsExactly(
                        new EventLoop.ExceptionContext("The failure of a future" + UNNOTICED, failure, future, null));
        runner.close();
    }
}
