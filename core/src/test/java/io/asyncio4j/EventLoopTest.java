package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.base.CarrierAccess;
import io.asyncio4j.engine.Engines;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventLoopTest {
    private final EventLoop loop = EventLoop.create(new VirtualClock());
    private final Trace trace = new Trace();

    @AfterEach
    void close() {
        loop.close();
    }

    private static void assertRefused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt).isInstanceOf(IllegalStateException.class).hasMessage(message);
    }

    @Test
    void runsUntilACoroutineIsDone() {
        assertThat(loop.runUntilComplete(() -> sleep(Duration.ofSeconds(1), "value")))
                .isEqualTo("value");
        loop.runUntilComplete(() -> trace.add("void"));
        trace.assertIs("void");
        assertThat(loop.time()).isEqualTo(1_000_000_000L);
    }

    @Test
    void runsUntilAFutureIsDoneAndThrowsItsException() {
        var failure = new IOException("broken");
        Future<String> future = loop.createFuture();
        loop.callLater(Duration.ofSeconds(1), () -> future.setException(failure));
        loop.callLater(Duration.ofSeconds(2), () -> trace.add("not yet"));
        assertThatThrownBy(() -> loop.runUntilComplete(future)).isSameAs(failure);
        trace.assertIs("");
    }

    @Test
    void aFutureThatIsDoneAlreadyTakesOneIteration() {
        Future<String> future = loop.createFuture();
        future.setResult("value");
        loop.callSoon(() -> {
            trace.add("first");
            loop.callSoon(() -> trace.add("second"));
        });
        assertThat(loop.runUntilComplete(future)).isEqualTo("value");
        trace.assertIs("first");
    }

    @Test
    void aFutureOfAnotherLoopIsRefused() {
        EventLoop other = EventLoop.create(new VirtualClock());
        try {
            Future<String> future = other.createFuture();
            assertThatThrownBy(() -> loop.runUntilComplete(future))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot run until Future[pending] is done: it belongs to another event loop");
        } finally {
            other.close();
        }
    }

    @Test
    void stoppingBeforeTheFutureIsDoneIsAnError() {
        Task<Void> task = loop.createTask("slow", () -> sleep(Duration.ofSeconds(9)));
        loop.callLater(Duration.ofSeconds(1), loop::stop);
        assertRefused(
                () -> loop.runUntilComplete(task),
                "The event loop was stopped before Task['slow', waiting for a sleep] was done");
        loop.runUntilComplete(task);
        assertThat(loop.time()).isEqualTo(9_000_000_000L);
    }

    @Test
    void stopEndsTheRunWithTheIterationInProgress() {
        loop.callSoon(() -> {
            trace.add("stop");
            loop.stop();
            loop.callSoon(() -> trace.add("next"));
        });
        loop.callSoon(() -> trace.add("same"));
        loop.runForever();
        trace.assertIs("stop same");
        loop.callSoon(loop::stop);
        loop.runForever();
        trace.assertIs("stop same next");
    }

    @Test
    void stopBeforeARunLetsItDoOneIteration() {
        loop.callLater(Duration.ofSeconds(1), () -> trace.add("not yet"));
        loop.callSoon(() -> trace.add("ran"));
        loop.stop();
        loop.runForever();
        trace.assertIs("ran");
        assertThat(loop.time()).isZero();
    }

    @Test
    void stopWithNothingToDoReturnsAtOnce() {
        loop.stop();
        loop.runForever();
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void aTaskCanStopTheLoop() {
        loop.createTask(() -> {
            trace.add("task");
            loop.stop();
            sleep(Duration.ZERO);
            trace.add("next-run");
        });
        loop.runForever();
        trace.assertIs("task");
        loop.stop();
        loop.runForever();
        trace.assertIs("task next-run");
    }

    @Test
    void anotherThreadCanStopTheLoop() throws InterruptedException {
        Thread other = Thread.ofVirtual().unstarted(() -> loop.callSoonThreadsafe(loop::stop));
        loop.callSoon(other::start);
        loop.runForever();
        other.join();
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void itsTextAndItsQuestionsTellItsState() {
        assertThat(loop).hasToString("EventLoop[running=false, closed=false, tasks=0]");
        loop.createTask(() -> {});
        loop.runUntilComplete(() -> {
            assertThat(runningLoop()).isSameAs(loop);
            assertThat(loop.isRunning()).isTrue();
            assertThat(loop).hasToString("EventLoop[running=true, closed=false, tasks=1]");
        });
        assertThat(loop.isRunning()).isFalse();
        loop.close();
        assertThat(loop.isClosed()).isTrue();
        assertThat(loop).hasToString("EventLoop[running=false, closed=true, tasks=0]");
    }

    @Test
    void aRunningLoopCannotBeClosedOrRunAgain() {
        var messages = new ArrayList<String>();
        loop.runUntilComplete(() -> {
            for (ThrowingCallable attempt : List.<ThrowingCallable>of(loop::close, loop::runForever)) {
                assertThatThrownBy(attempt)
                        .isInstanceOf(IllegalStateException.class)
                        .satisfies(e -> messages.add(e.getMessage()));
            }
        });
        assertThat(messages)
                .containsExactly(
                        "Cannot close an event loop that is running; stop() it first",
                        "Cannot run an event loop in task 'Task-1': one runs there already; await the coroutine, or"
                                + " create a task for it");
    }

    @Test
    void aClosedLoopRefusesEverything() {
        loop.close();
        loop.close();
        String closed = "The event loop is closed; make a new one";
        assertRefused(() -> loop.callSoon(() -> {}), closed);
        assertRefused(() -> loop.callSoonThreadsafe(() -> {}), closed);
        assertRefused(() -> loop.callLater(Duration.ZERO, () -> {}), closed);
        assertRefused(() -> loop.callAt(0, () -> {}), closed);
        assertRefused(() -> loop.createTask(() -> {}), closed);
        assertRefused(() -> loop.runUntilComplete(() -> {}), closed);
        assertRefused(loop::runForever, closed);
        assertRefused(() -> loop.setDefaultExecutor(Executors.newVirtualThreadPerTaskExecutor()), closed);
    }

    @Test
    void closingEndsSuspendedTasksWithACancelledError() {
        var tasks = new ArrayList<Task<Void>>();
        loop.runUntilComplete(() -> {
            tasks.add(createTask(() -> {
                try {
                    sleep(Duration.ofDays(1));
                } catch (CancelledError error) {
                    trace.add("told:" + error.getMessage().replace(' ', '_'));
                    throw error;
                }
            }));
            tasks.add(createTask(() -> {
                while (true) {
                    try {
                        sleep(Duration.ofSeconds(1));
                    } catch (CancelledError stubborn) {
                        trace.add("refused");
                        return;
                    }
                }
            }));
            sleep(Duration.ZERO);
        });
        tasks.add(loop.createTask(() -> trace.add("never")));
        loop.close();
        trace.assertIs("told:the_event_loop_was_closed refused");
        assertThat(tasks.get(0).isCancelled()).isTrue();
        assertThat(tasks.get(1).isDone()).isTrue();
        assertThat(tasks.get(2).isCancelled()).isTrue();
    }

    @Test
    void aTaskThatNeverGivesUpDoesNotKeepCloseFromReturning() {
        loop.runUntilComplete(() -> {
            createTask(() -> {
                for (int attempts = 0; attempts < 3; ) {
                    try {
                        sleep(Duration.ofSeconds(1));
                    } catch (CancelledError stubborn) {
                        attempts++;
                        trace.add("refused");
                    }
                }
            });
            sleep(Duration.ZERO);
        });
        loop.close();
        trace.assertIs("refused refused refused");
    }

    @Test
    void aLoopCanUseRealTime() {
        EventLoop real = EventLoop.create();
        try {
            long before = real.time();
            real.runUntilComplete(() -> sleep(Duration.ofMillis(2)));
            assertThat(real.time() - before).isGreaterThanOrEqualTo(2_000_000L);
        } finally {
            real.close();
        }
    }

    @Test
    void debugModeSaysWhichEngineRuns() {
        boolean carrier = "carrier".equals(System.getProperty("asyncio4j.engine"));
        assertThat(loop.isDebug()).isFalse();
        loop.setDebug(true);
        assertThat(loop.isDebug()).isTrue();
        Engines.TOLD.clear();
        try (var log = new CapturedLog()) {
            loop.runUntilComplete(() -> {});
            assertThat(log.lines())
                    .containsExactly(
                            carrier
                                    ? "INFO The loop runs on the carrier engine"
                                    : "INFO The loop runs on the baton engine; the carrier engine is faster: java.lang"
                                            + " is not open to it; start java with --add-opens"
                                            + " java.base/java.lang=ALL-UNNAMED");
        }
    }

    @Test
    void anUnknownEngineIsRefused() {
        String engine = System.getProperty("asyncio4j.engine");
        System.setProperty("asyncio4j.engine", "steam");
        try {
            assertThatThrownBy(() -> loop.runUntilComplete(() -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("System property asyncio4j.engine must be carrier or baton, not 'steam'");
        } finally {
            System.setProperty("asyncio4j.engine", engine);
        }
    }

    @Test
    void theCarrierEngineIsRefusedWhereItCannotWork() {
        assumeTrue(CarrierAccess.unavailable() != null);
        System.setProperty("asyncio4j.engine", "carrier");
        try {
            assertRefused(
                    () -> loop.runUntilComplete(() -> {}),
                    "The carrier engine was asked for with -Dasyncio4j.engine=carrier and cannot be used: java.lang is"
                            + " not open to it; start java with --add-opens java.base/java.lang=ALL-UNNAMED");
        } finally {
            System.setProperty("asyncio4j.engine", "baton");
        }
    }

    @Test
    void tasksHaveNamesAndOptions() {
        assertThat(loop.createTask("void", () -> {}).name()).isEqualTo("void");
        Task<Integer> named = loop.createTask("value", () -> 1);
        assertThat(named.name()).isEqualTo("value");
        assertThat(loop.createTask(TaskOptions.named("options"), () -> {}).name())
                .isEqualTo("options");
        assertThat(loop.runUntilComplete(named)).isEqualTo(1);
    }
}
