package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.CancelledError;
import io.asyncio4j.DeadlockException;
import io.asyncio4j.EventLoop;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A test that hangs fails, and says what it waits for.
final class AsyncTestLimitsTest {
    private static final List<String> TRACE = new ArrayList<>();

    static final class BeatsForEver {
        @AsyncTest
        void waits() {
            createTask("heart", BeatsForEver::beat);
            createFuture("the answer").await();
        }

        static void beat() {
            while (true) {
                sleep(ofMinutes(1));
            }
        }
    }

    @Test
    void aTestMayTakeAnHourOfVirtualTime() {
        assertThat(JUnitRun.of(BeatsForEver.class).message()).isEqualTo("""
            'waits()' was not done after 1 h of virtual time (timeout). Its tasks:
              Task 'waits()' waits for future 'the answer'
                  at AsyncTestLimitsTest$BeatsForEver.waits(AsyncTestLimitsTest.java)
              Task 'heart' waits for a sleep, 60.0 s left
                  at AsyncTestLimitsTest$BeatsForEver.beat(AsyncTestLimitsTest.java)
                  created at AsyncTestLimitsTest$BeatsForEver.waits(AsyncTestLimitsTest.java)\
            """);
    }

    static final class SleepsForTwoDays {
        @AsyncTest(timeout = "3 d")
        void sleeps() {
            sleep(ofDays(2));
        }
    }

    @Test
    void moreVirtualTimeCanBeGiven() {
        assertThat(JUnitRun.of(SleepsForTwoDays.class).succeeded()).isEqualTo(1);
    }

    static final class SleepsSixSeconds {
        @AsyncTest(timeout = "5 s")
        void sleeps() {
            try {
                sleep(ofSeconds(6));
            } finally {
                sleep(ofSeconds(1));
                TRACE.add("cleaned up");
            }
        }

        @AfterEach
        void after() {
            sleep(ofSeconds(2));
            TRACE.add("after");
        }
    }

    @Test
    void aTestThatIsOverdueCleansUpAndIsFollowedByAfterEach() {
        TRACE.clear();

        assertThat(JUnitRun.of(SleepsSixSeconds.class).message())
                .startsWith("'sleeps()' was not done after 5 s of virtual time (timeout).");
        assertThat(TRACE).containsExactly("cleaned up", "after");
    }

    static final class Deadlocks {
        @AsyncTest
        void waits() {
            createFuture("the answer").await();
        }

        @AfterEach
        void after() {
            sleep(ofSeconds(1));
            TRACE.add("after");
        }
    }

    @Test
    void aDeadlockIsSeenAtOnceAndIsFollowedByAfterEach() {
        TRACE.clear();
        JUnitRun run = JUnitRun.of(Deadlocks.class);

        assertThat(run.failure()).isInstanceOf(DeadlockException.class).hasNoSuppressedExceptions();
        assertThat(run.message()).isEqualTo("""
            Deadlock: nothing can ever wake this event loop. 1 task waits, and nobody is left to end that:
              Task 'waits()' waits for future 'the answer'
                  at AsyncTestLimitsTest$Deadlocks.waits(AsyncTestLimitsTest.java)\
            """);
        assertThat(TRACE).containsExactly("after");
    }

    static final class HasTheLoopAndDeadlocks {
        @AsyncTest(realTimeout = "50 ms")
        void waits(EventLoop loop) {
            loop.createFuture("the answer").await();
        }
    }

    @Test
    void whoHasTheLoopMayBeWokenByAThreadUntilRealTimeIsOver() {
        assertThat(JUnitRun.of(HasTheLoopAndDeadlocks.class).message()).isEqualTo("""
            'waits()' was not done after 50 ms of real time (realTimeout). Its tasks:
              Task 'waits()' waits for future 'the answer'
                  at AsyncTestLimitsTest$HasTheLoopAndDeadlocks.waits(AsyncTestLimitsTest.java)\
            """);
    }

    static final class IsWokenByAThread {
        @AsyncTest
        void waits(EventLoop loop) {
            var answer = loop.<Integer>createFuture("the answer");
            Thread.startVirtualThread(() -> loop.callSoonThreadsafe(() -> answer.setResult(42)));
            assertThat(await(answer)).isEqualTo(42);
        }
    }

    @Test
    void aThreadThatHasTheLoopWakesIt() {
        assertThat(JUnitRun.of(IsWokenByAThread.class).succeeded()).isEqualTo(1);
    }

    static final class WaitsForAThread {
        final CountDownLatch never = new CountDownLatch(1);

        @AsyncTest(realTimeout = "50 ms")
        void waits() throws InterruptedException {
            toThread(() -> never.await());
        }
    }

    @Test
    void aThreadThatNeverReportsIsNamedWhenRealTimeIsOver() {
        assertThat(JUnitRun.of(WaitsForAThread.class).message()).isEqualTo("""
            'waits()' was not done after 50 ms of real time (realTimeout). Its tasks:
              Task 'waits()' waits for a call in another thread
                  at AsyncTestLimitsTest$WaitsForAThread.waits(AsyncTestLimitsTest.java)\
            """);
    }

    static final class Spins {
        @AsyncTest(realTimeout = "50 ms")
        void spins() {
            while (true) {
                sleep(ZERO);
            }
        }
    }

    @Test
    void aTaskThatNeverLetsTimePassIsEndedWhenRealTimeIsOver() {
        assertThat(JUnitRun.of(Spins.class).message()).isEqualTo("""
            'spins()' was not done after 50 ms of real time (realTimeout). Its tasks:
              Task 'spins()' can go on
                  at AsyncTestLimitsTest$Spins.spins(AsyncTestLimitsTest.java)\
            """);
    }

    static final class Blocks {
        static final CompletableFuture<String> NEVER = new CompletableFuture<>();

        @AsyncTest(realTimeout = "50 ms")
        void blocks() {
            NEVER.join();
        }

        @AfterEach
        void after() {
            TRACE.add("after");
        }
    }

    @Test
    @Tag("slow")
    void aBlockedLoopIsLeftBehindAndSaysWhereItIsBlocked() {
        TRACE.clear();
        String message = JUnitRun.of(Blocks.class).message();
        Blocks.NEVER.complete("let go");

        assertThat(message)
                .startsWith("'blocks()' was not done after 50 ms of real time (realTimeout), and its loop is blocked."
                        + " Its tasks:\n  Task 'blocks()' runs\n")
                .contains("    at AsyncTestLimitsTest$Blocks.blocks(AsyncTestLimitsTest.java)\n")
                .endsWith("\nIt does not end when cancelled, so its thread is left behind and nothing else of this test"
                        + " is run.");
        assertThat(TRACE).isEmpty();
    }

    static final class WillNotEnd {
        static boolean let;

        @AsyncTest(realTimeout = "50 ms")
        void refuses() {
            while (!let) {
                try {
                    sleep(ZERO);
                } catch (CancelledError swallowed) {
                    // it will not be told
                }
            }
        }
    }

    @Test
    @Tag("slow")
    void aTaskThatDoesNotEndWhenCancelledIsLeftBehind() {
        String message = JUnitRun.of(WillNotEnd.class).message();
        WillNotEnd.let = true;

        assertThat(message).isEqualTo("""
            'refuses()' was not done after 50 ms of real time (realTimeout). Its tasks:
              Task 'refuses()' can go on
                  at AsyncTestLimitsTest$WillNotEnd.refuses(AsyncTestLimitsTest.java)
            It does not end when cancelled, so its thread is left behind and nothing else of this test is run.\
            """);
    }

    static final class HangsBefore {
        @BeforeEach
        void connect() {
            createFuture("a connection").await();
        }

        @AsyncTest
        void isNotRun() {
            TRACE.add("test");
        }
    }

    @Test
    void aMethodBeforeEachMayHangAsWell() {
        TRACE.clear();

        assertThat(JUnitRun.of(HangsBefore.class).message())
                .contains("Task 'connect()' waits for future 'a connection'");
        assertThat(TRACE).isEmpty();
    }

    static final class IsInRealTime {
        @AsyncTest(clock = TestClock.REAL, realTimeout = "50 ms")
        void sleeps() {
            sleep(ofMinutes(1));
        }
    }

    @Test
    void inRealTimeASleepTakesItsTime() {
        assertThat(JUnitRun.of(IsInRealTime.class).message()).matches("""
            'sleeps\\(\\)' was not done after 50 ms of real time \\(realTimeout\\). Its tasks:
              Task 'sleeps\\(\\)' waits for a sleep, \\d+.\\d s left
                  at AsyncTestLimitsTest\\$IsInRealTime.sleeps\\(AsyncTestLimitsTest.java\\)\
            """);
    }

    static final class HasATimeoutOfJUnit {
        @AsyncTest
        @Timeout(value = 250, unit = java.util.concurrent.TimeUnit.MILLISECONDS)
        void waits(EventLoop loop) {
            try {
                loop.createFuture().await();
            } finally {
                TRACE.add("cancelled");
            }
        }
    }

    @Test
    void aTimeoutOfJUnitCancelsTheTest() {
        TRACE.clear();

        assertThat(JUnitRun.of(HasATimeoutOfJUnit.class).failure())
                .isInstanceOf(java.util.concurrent.TimeoutException.class)
                .hasMessage("waits(io.asyncio4j.EventLoop) timed out after 250 milliseconds");
        assertThat(TRACE).containsExactly("cancelled");
    }
}
