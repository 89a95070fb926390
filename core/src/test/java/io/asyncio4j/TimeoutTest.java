package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `timeout` and `timeoutAt`.
final class TimeoutTest {
    private final List<String> log = new ArrayList<>();

    private static long millis(int millis) {
        return ofMillis(millis).toNanos();
    }

    private static void assertTime(int millis) {
        assertThat(runningLoop().time()).isEqualTo(millis(millis));
    }

    private static void named(VoidCoroutine main) {
        VirtualTime.runVirtually(() -> {
            currentTask().setName("main");
            main.run();
        });
    }

    @Test
    void aBodyInTimeGivesItsResult() {
        VirtualTime.runVirtually(() -> {
            assertThat(timeout(ofMillis(5), () -> sleep(ofMillis(4), "x"))).isEqualTo("x");
            boolean expired = timeout(ofMillis(5), t -> {
                return t.expired();
            });
            assertThat(expired).isFalse();
            assertThat(timeout(null, () -> sleep(ofMillis(9), "y"))).isEqualTo("y");
            timeout(ofMillis(1), t -> {
                log.add("void");
            });
            assertThat(log).containsExactly("void");
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void aLateBodyIsCancelled() {
        named(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(5), () -> {
                        try {
                            sleep(ofMillis(9));
                        } finally {
                            log.add("cleaned up");
                        }
                    }))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("Timed out after PT0.005S in task 'main'")
                    .hasCauseInstanceOf(CancelledError.class);
            assertTime(5);
            assertThat(log).containsExactly("cleaned up");
            assertThat(currentTask().cancelling()).isZero();
            sleep(ofMillis(1));
        });
    }

    @Test
    void aBodyMayRefuseAndIsLateAllTheSame() {
        VirtualTime.runVirtually(() -> {
            boolean expired = timeout(ofMillis(1), t -> {
                try {
                    sleep(ofMillis(9));
                } catch (CancelledError refused) {
                    log.add("refused");
                }
                return t.expired();
            });
            assertThat(expired).isTrue();
            assertThat(log).containsExactly("refused");
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void anotherExceptionOfALateBodyPassesThrough() {
        VirtualTime.runVirtually(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> {
                        try {
                            sleep(ofMillis(9));
                        } catch (CancelledError late) {
                            throw new IllegalStateException("cleaning up failed");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("cleaning up failed");
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void aDeadlineInThePastEndsTheBodyAtItsFirstAwait() {
        named(() -> {
            assertThatThrownBy(() -> timeout(ZERO, () -> {
                        log.add("began");
                        sleep(ofMillis(9));
                    }))
                    .hasMessage("Timed out after PT0S in task 'main'");
            sleep(ofMillis(3));
            assertThatThrownBy(() -> timeoutAt(millis(1), () -> sleep(ofMillis(9))))
                    .hasMessage("Timed out after PT0S in task 'main'");
            assertThat(timeout(ZERO, () -> "no await")).isEqualTo("no await");
            assertTime(3);
            assertThat(log).containsExactly("began");
        });
    }

    @Test
    void aDeadlineInThePastComesWithinTheIteration() {
        VirtualTime.runVirtually(() -> {
            runningLoop().callLater(ZERO, () -> log.add("timer"));
            runningLoop().callSoon(() -> log.add("soon"));
            assertThatThrownBy(() -> timeout(ofMillis(-1), () -> sleep(ofMillis(9))))
                    .isInstanceOf(TimeoutException.class);
            assertThat(log).containsExactly("soon", "timer");
        });
    }

    @Test
    void theInnerOfTwoTimeoutsDoesNotTripTheOuter() {
        VirtualTime.runVirtually(() -> {
            timeout(ofMillis(5), outer -> {
                assertThatThrownBy(() -> timeout(ofMillis(1), () -> sleep(ofMillis(9))))
                        .isInstanceOf(TimeoutException.class);
                assertThat(outer.expired()).isFalse();
                sleep(ofMillis(1));
            });
            assertTime(2);
        });
    }

    @Test
    void twoTimeoutsWithOneDeadlineGiveOneExceptionFromTheOuter() {
        VirtualTime.runVirtually(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> {
                        try {
                            timeout(ofMillis(1), () -> sleep(ofMillis(9)));
                        } catch (TimeoutException inner) {
                            log.add("inner");
                        }
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(log).isEmpty();
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void aCancellationFromOutsideIsNotTakenForALateBody() {
        VirtualTime.runVirtually(() -> {
            Task<String> task = createTask(() -> timeout(ofMillis(5), () -> sleep(ofMillis(9), "never")));
            sleep(ofMillis(1));
            task.cancel("stop");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("stop");
        });
    }

    @Test
    void aCancellationFromOutsideBesidesTheDeadlineWins() {
        VirtualTime.runVirtually(() -> {
            Task<String> task = createTask(() -> timeout(ofMillis(5), () -> sleep(ofMillis(9), "never")));
            runningLoop().callLater(ofMillis(5), () -> task.cancel("stop"));
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void theDeadlineCanBeReadAndMoved() {
        VirtualTime.runVirtually(() -> {
            timeout(ofMillis(5), t -> {
                assertThat(t.when()).isEqualTo(millis(5));
                t.reschedule(millis(20));
                sleep(ofMillis(10));
                assertThat(t.when()).isEqualTo(millis(20));
                t.reschedule(null);
                assertThat(t.when()).isNull();
                sleep(ofMillis(20));
                assertThatThrownBy(() -> {
                            t.reschedule(millis(1));
                            sleep(ofMillis(1));
                        })
                        .isInstanceOf(CancelledError.class);
                assertThat(t.expired()).isTrue();
            });
            assertTime(30);
            timeoutAt(millis(40), t -> {
                assertThat(t.when()).isEqualTo(millis(40));
            });
            Long when = timeoutAt(null, t -> {
                return t.when();
            });
            assertThat(when).isNull();
            assertThat(timeoutAt(null, () -> sleep(ofMillis(1), "x"))).isEqualTo("x");
        });
    }

    @Test
    void aMovedDeadlineIsNamedInTheMessage() {
        named(() -> assertThatThrownBy(() -> timeout(ofMillis(5), t -> {
                    t.reschedule(millis(7));
                    sleep(ofMillis(9));
                }))
                .hasMessage("Timed out after PT0.007S in task 'main'"));
    }

    @Test
    void reschedulingAfterTheEndIsAnError() {
        named(() -> {
            Timeout over = timeout(ofMillis(1), t -> {
                assertThat(t).hasToString("Timeout[of task 'main', active, when=1000000]");
                return t;
            });
            assertThatThrownBy(() -> over.reschedule(5L))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot reschedule the timeout of task 'main' to 5: its body has ended;"
                            + " reschedule it in its body, before the deadline");
            assertThat(over).hasToString("Timeout[of task 'main', finished]");
            timeout(ZERO, t -> {
                assertThatThrownBy(() -> sleep(ZERO)).isInstanceOf(CancelledError.class);
                assertThatThrownBy(() -> t.reschedule(null))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot reschedule the timeout of task 'main' to null: it has expired;"
                                + " reschedule it in its body, before the deadline");
                assertThat(t).hasToString("Timeout[of task 'main', expiring]");
                log.add("expired");
            });
            assertThat(log).containsExactly("expired");
        });
    }

    @Test
    void aTimeoutNeedsATask() {
        assertThatThrownBy(() -> timeout(ofMillis(1), () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot set a timeout: no event loop runs in thread ");
        VirtualTime.runVirtually(() -> {
            runningLoop()
                    .callSoon(() -> assertThatThrownBy(() -> timeout(ofMillis(1), () -> {}))
                            .hasMessage("Cannot set a timeout in a callback: only a task can suspend;"
                                    + " create one in the callback with createTask(...)"));
            sleep(ZERO);
        });
    }

    @Test
    void theLongestDelayNeverPasses() {
        VirtualTime.runVirtually(() -> timeout(Duration.ofSeconds(Long.MAX_VALUE), t -> {
            sleep(Duration.ofDays(1));
            assertThat(t.when()).isEqualTo(Long.MAX_VALUE);
        }));
    }
}
