package io.asyncio4j;

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.base.CarrierAccess;
import io.asyncio4j.engine.Engines;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// An interrupt of the loop's own thread that arrives while a task runs on it.
final class InterruptedStepTest {
    private final Thread loopThread = Thread.currentThread();

    /// Interrupts the loop's thread from another one, and returns when that is done, in a step.
    private void interruptInThisStep() {
        AtomicBoolean done = new AtomicBoolean();
        Thread.ofPlatform().start(() -> {
            loopThread.interrupt();
            done.set(true);
        });
        while (!done.get()) {
            Thread.onSpinWait();
        }
    }

    @RepeatedTest(20)
    void cancelsTheMainTaskAtItsNextAwait() {
        assertThatThrownBy(() -> run(() -> {
                    interruptInThisStep();
                    sleep(Duration.ofHours(1));
                }))
                .isExactlyInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).as("the flag, set again at the end").isTrue();
    }

    @Test
    void cancelsTheMainTaskOnce() {
        run(() -> {
            interruptInThisStep();
            try {
                sleep(Duration.ofHours(1));
            } catch (CancelledError expected) {
                sleep(Duration.ZERO);
                sleep(Duration.ofNanos(1));
            }
            Task<?> main = Asyncio.currentTask();
            assertThat(main.cancelling()).isOne();
            main.uncancel();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void doesNotReachTheTasksOwnThread() {
        assertThatThrownBy(() -> run(() -> {
                    interruptInThisStep();
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    sleep(Duration.ZERO);
                    sleep(Duration.ofHours(1));
                }))
                .isExactlyInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void leavesNothingBehindInTheThread() {
        run(() -> sleep(Duration.ZERO));
        loopThread.interrupt();
        assertThat(Thread.interrupted()).isTrue();
        run(() -> sleep(Duration.ofNanos(1)));
        assertThat(Thread.interrupted()).isFalse();
    }

    /// `Thread.interrupt` sets the flag first and tells the hook then: the run may have ended by
    /// the flag, and another begun, before the second half.
    @Test
    void reachesOneRunOnly() throws InterruptedException {
        for (int i = 0; i < 2000; i++) {
            Thread interrupting = Thread.ofPlatform().daemon().unstarted(() -> {
                while (loopThread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                loopThread.interrupt();
            });
            assertThatThrownBy(() -> run(() -> {
                        interrupting.start();
                        sleep(Duration.ofHours(1));
                    }))
                    .isExactlyInstanceOf(CancelledError.class);
            assertThat(Thread.interrupted()).isTrue();
            run(() -> sleep(Duration.ZERO));
            assertThat(Thread.interrupted()).isFalse();
            interrupting.join();
        }
    }

    // ------------------------------------------------------------------ the two halves of an interrupt

    /// The second half of the JDK's `Thread.interrupt`.
    private void tellTheHook() {
        Object blocker = CarrierAccess.blocker(loopThread);
        assertThat(blocker).isNotNull();
        try {
            Class<?> type = blocker.getClass().getInterfaces()[0];
            Proxy.getInvocationHandler(blocker)
                    .invoke(blocker, type.getMethod("interrupt", Thread.class), new Object[] {loopThread});
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void assumeHook() {
        assumeTrue("carrier".equals(System.getProperty(Engines.PROPERTY)));
        assumeTrue(CarrierAccess.hasBlockers());
    }

    @Test
    void aFlagThatWasCountedInOneRunIsNotCountedInTheNext() {
        assumeHook();
        assertThatThrownBy(() -> run(() -> {
                    runningLoop().callSoon(loopThread::interrupt);
                    sleep(Duration.ofHours(1));
                }))
                .isExactlyInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).isTrue();
        run(() -> {
            tellTheHook();
            sleep(Duration.ZERO);
            sleep(Duration.ofNanos(1));
        });
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptAfterOneThatWasCountedCounts() {
        assumeHook();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> run(() -> {
                        runningLoop().callSoon(loopThread::interrupt);
                        sleep(Duration.ofHours(1));
                    }))
                    .isExactlyInstanceOf(CancelledError.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(() -> run(() -> {
                        Thread.ofPlatform().daemon().start(() -> {
                            while (loopThread.getState() != Thread.State.TIMED_WAITING) {
                                Thread.onSpinWait();
                            }
                            loopThread.interrupt();
                        });
                        sleep(Duration.ofHours(1));
                    }))
                    .isExactlyInstanceOf(CancelledError.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
