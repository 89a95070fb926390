package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Poller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pollers that throw, which they should not.
final class PollFailureTest {
    /// Throws what it is given, one thing a poll, before it waits or after.
    private static final class FailingPoller implements Poller {
        final LoopAccess loop;
        final Queue<Throwable> failures = new ArrayDeque<>();
        boolean failsToClose;
        private final Semaphore woken = new Semaphore(0);

        FailingPoller(LoopAccess loop) {
            this.loop = loop;
        }

        @Override
        public void poll(long nanos) {
            Throwable failure = failures.poll();
            if (failure != null) {
                PollFailureTest.<RuntimeException>throwUnchecked(failure);
            }
            if (nanos > 0 && loop.mayBlock()) {
                try {
                    var _ = woken.tryAcquire(nanos, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void wakeup() {
            woken.release();
        }

        @Override
        public void close() {
            if (failsToClose) {
                throw new IllegalStateException("cannot close");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    private static FailingPoller install() {
        return EventLoop.access().poller(FailingPoller.class, FailingPoller::new);
    }

    private static List<EventLoop.ExceptionContext> problems() {
        List<EventLoop.ExceptionContext> problems = new ArrayList<>();
        Asyncio.runningLoop().setExceptionHandler((_, problem) -> problems.add(problem));
        return problems;
    }

    static List<Throwable> whatIsThrown() {
        return List.of(
                new IllegalStateException("broken"),
                new NoClassDefFoundError("org/example/Logger"),
                new OutOfMemoryError("no memory"),
                new StackOverflowError(),
                new InternalError("unsafe access"),
                new CancelledError(),
                new IOException("undeclared"));
    }

    @ParameterizedTest
    @MethodSource("whatIsThrown")
    void whatABusyLoopsPollerThrowsIsReportedAndTheRunGoesOn(Throwable thrown) {
        run(() -> {
            List<EventLoop.ExceptionContext> problems = problems();
            FailingPoller poller = install();
            poller.failures.add(thrown);
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.message()).isEqualTo("The I/O of the event loop failed; it is tried again");
                assertThat(problem.exception()).isSameAs(thrown);
            });
        });
    }

    @ParameterizedTest
    @MethodSource("whatIsThrown")
    void whatAWaitingLoopsPollerThrowsIsReportedAndTheRunGoesOn(Throwable thrown) {
        run(() -> {
            List<EventLoop.ExceptionContext> problems = problems();
            FailingPoller poller = install();
            Future<String> event = poller.loop.createFuture(() -> "an event");
            sleep(Duration.ZERO);
            for (int i = 0; i < 5; i++) {
                poller.failures.add(thrown);
            }
            Thread.ofPlatform().start(() -> poller.loop.post(() -> event.setResult("came")));
            assertThat(await(event)).isEqualTo("came");
            while (!poller.failures.isEmpty()) {
                sleep(Duration.ofNanos(1));
            }
            assertThat(Asyncio.<String>toThread(() -> "a thread")).isEqualTo("a thread");
            assertThat(problems)
                    .extracting(EventLoop.ExceptionContext::exception)
                    .contains(thrown);
        });
    }

    @Test
    void aPollerThatAlwaysFailsIsReportedEverLessOften() {
        VirtualTime.runVirtually(() -> {
            List<EventLoop.ExceptionContext> problems = problems();
            FailingPoller poller = install();
            for (int i = 0; i < 10_000; i++) {
                poller.failures.add(new IllegalStateException("failure " + i));
            }
            for (int i = 0; i < 1_000; i++) {
                sleep(Duration.ZERO);
            }
            assertThat(problems).hasSize(1);
            sleep(Duration.ofSeconds(1));
            sleep(Duration.ZERO);
            assertThat(problems)
                    .extracting(EventLoop.ExceptionContext::message)
                    .element(1)
                    .asString()
                    .matches("The I/O of the event loop failed; it is tried again"
                            + " \\(\\d+ more failures since the last report\\)");
            for (int i = 0; i < 1_000; i++) {
                sleep(Duration.ofMillis(100));
            }
            assertThat(problems).as("after 100 seconds").hasSizeBetween(6, 9);
        });
    }

    @Test
    void aReportThatFailsItselfEndsNothing() {
        run(() -> {
            Asyncio.runningLoop().setExceptionHandler((_, _) -> {
                throw new OutOfMemoryError("no memory for the report");
            });
            FailingPoller poller = install();
            poller.failures.add(new OutOfMemoryError("no memory"));
            try (CapturedLog log = new CapturedLog()) {
                sleep(Duration.ZERO);
                sleep(Duration.ZERO);
                assertThat(log.lines()).containsExactly("SEVERE Exception in the loop's exception handler");
            }
        });
    }

    @Test
    void aPollerThatCannotBeClosedIsReportedAndTheLoopIsClosed() {
        List<EventLoop.ExceptionContext> problems = new ArrayList<>();
        LoopAccess access = run(() -> {
            Asyncio.runningLoop().setExceptionHandler((_, problem) -> problems.add(problem));
            install().failsToClose = true;
            return EventLoop.access();
        });
        assertThat(access.post(() -> {})).isFalse();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("The I/O of the event loop could not be closed; sockets may stay open");
            assertThat(problem.exception()).hasMessage("cannot close");
        });
    }

    @Test
    void aMinorProblemIsOneLineOfTheLogAndHasItsTraceInDebugMode() {
        try (CapturedLog log = new CapturedLog()) {
            run(() -> {
                IOException reset = new IOException("reset\nand more");
                LoopAccess access = EventLoop.access();
                access.reportMinor(new EventLoop.ExceptionContext("It ended", reset, null, null));
                access.reportMinor(new EventLoop.ExceptionContext(
                        "A group", new ExceptionGroup("several", List.of(reset)), null, null));
                access.reportMinor(new EventLoop.ExceptionContext("No message", new IOException(), null, null));
                assertThat(log.thrown()).containsOnlyNulls();
                Asyncio.runningLoop().setDebug(true);
                access.reportMinor(new EventLoop.ExceptionContext("It ended", reset, null, null));
                assertThat(log.thrown().getLast()).isSameAs(reset);
            });
            assertThat(log.lines())
                    .containsExactly(
                            "INFO It ended: reset",
                            "INFO A group: reset",
                            "INFO No message: IOException",
                            "INFO It ended: reset");
        }
    }

    @Test
    void aMinorProblemGoesToTheExceptionHandlerIfThereIsOne() {
        run(() -> {
            List<EventLoop.ExceptionContext> problems = problems();
            EventLoop.ExceptionContext problem = new EventLoop.ExceptionContext("It ended");
            EventLoop.access().reportMinor(problem);
            assertThat(problems).containsExactly(problem);
        });
    }
}
