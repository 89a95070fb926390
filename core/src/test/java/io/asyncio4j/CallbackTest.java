package io.asyncio4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `callSoon`, `callLater`, `callAt` and their handles.
final class CallbackTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock();
    private final EventLoop loop = EventLoop.create(clock);
    private final Trace trace = new Trace();

    @AfterEach
    void close() {
        loop.close();
    }

    private Runnable note(String entry) {
        return () -> trace.add(entry);
    }

    private void runFor(Duration duration) {
        loop.callLater(duration, loop::stop);
        loop.runForever();
    }

    @Test
    void callbacksRunInTheOrderTheyWereScheduled() {
        loop.callSoon(note("a"));
        loop.callSoon(note("b"));
        loop.callSoonThreadsafe(note("c"));
        runFor(Duration.ZERO);
        trace.assertIs("a b c");
    }

    @Test
    void whatACallbackSchedulesRunsInTheNextIteration() {
        loop.callSoon(() -> {
            loop.callSoon(note("next"));
            loop.stop();
        });
        loop.callSoon(note("same"));
        loop.runForever();
        trace.assertIs("same");
        loop.stop();
        loop.runForever();
        trace.assertIs("same next");
    }

    @Test
    void aTimerSetToNowRunsInTheNextIteration() {
        loop.callSoon(() -> {
            loop.callLater(Duration.ZERO, note("timer"));
            loop.stop();
        });
        loop.runForever();
        trace.assertIs("");
        loop.stop();
        loop.runForever();
        trace.assertIs("timer");
    }

    @Test
    void timersRunByDeadlineAndNeverEarly() {
        loop.callLater(Duration.ofSeconds(3), () -> trace.add("c" + clock.nanoTime()));
        loop.callLater(Duration.ofNanos(1), () -> trace.add("a" + clock.nanoTime()));
        loop.callLater(SECOND, () -> trace.add("b" + clock.nanoTime()));
        runFor(Duration.ofSeconds(4));
        trace.assertIs("a1 b1000000000 c3000000000");
    }

    @Test
    void timersOfEqualDeadlineRunInTheOrderTheyWereSet() {
        var expected = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            loop.callAt(1000, note("" + i));
            expected.append(i).append(' ');
        }
        runFor(SECOND);
        trace.assertIs(expected.toString().trim());
    }

    @Test
    void timersThatBecameDueWhileTheLoopWasBusyRunInOneIteration() {
        loop.callLater(Duration.ofSeconds(2), () -> {
            trace.add("second");
            loop.callSoon(note("soon"));
        });
        loop.callLater(SECOND, note("first"));
        loop.callLater(Duration.ofSeconds(3), note("third"));
        loop.callSoon(() -> clock.advance(Duration.ofSeconds(5)));
        runFor(Duration.ofSeconds(6));
        trace.assertIs("first second third soon");
    }

    @Test
    void negativeDelaysAreInThePast() {
        loop.callLater(Duration.ofSeconds(-1), note("-1s"));
        loop.callLater(Duration.ofSeconds(-2), note("-2s"));
        loop.callLater(Duration.ofSeconds(Long.MIN_VALUE), note("min"));
        loop.callLater(Duration.ofNanos(Long.MIN_VALUE), note("nanos"));
        loop.callSoon(note("soon"));
        loop.stop();
        loop.runForever();
        trace.assertIs("soon min nanos -2s -1s");
    }

    @Test
    void delaysTooLongForALongNeverPass() {
        TimerHandle longest = loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), note("never"));
        loop.callLater(Duration.ofNanos(Long.MAX_VALUE), note("never"));
        runFor(Duration.ofDays(365 * 290));
        TimerHandle beyond = loop.callLater(Duration.ofDays(365 * 3), note("never"));
        runFor(SECOND);
        trace.assertIs("");
        assertThat(longest.when()).isEqualTo(Long.MAX_VALUE);
        assertThat(beyond.when()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTimerTellsWhenItIsDue() {
        clock.advance(SECOND);
        assertThat(loop.time()).isEqualTo(1_000_000_000L);
        assertThat(loop.callLater(SECOND, note("")).when()).isEqualTo(2_000_000_000L);
        assertThat(loop.callAt(17, note("")).when()).isEqualTo(17);
    }

    @Test
    void cancelledCallbacksDoNotRun() {
        Handle soon = loop.callSoon(note("soon"));
        Handle threadsafe = loop.callSoonThreadsafe(note("threadsafe"));
        TimerHandle timer = loop.callLater(SECOND, note("timer"));
        loop.callLater(SECOND, note("kept"));
        for (Handle handle : new Handle[] {soon, threadsafe, timer}) {
            assertThat(handle.isCancelled()).isFalse();
            handle.cancel();
            handle.cancel();
            assertThat(handle.isCancelled()).isTrue();
        }
        runFor(Duration.ofSeconds(2));
        trace.assertIs("kept");
    }

    @Test
    void aTimerCanBeCancelledByOneThatRunsBeforeItInTheSameIteration() {
        var timers = new ArrayList<TimerHandle>();
        loop.callLater(SECOND, () -> timers.getFirst().cancel());
        timers.add(loop.callLater(SECOND, note("cancelled")));
        runFor(Duration.ofSeconds(2));
        trace.assertIs("");
    }

    @Test
    void cancellingAfterTheCallDoesNothing() {
        Handle soon = loop.callSoon(note("soon"));
        TimerHandle timer = loop.callLater(Duration.ZERO, note("timer"));
        runFor(SECOND);
        soon.cancel();
        timer.cancel();
        loop.callLater(SECOND, note("later"));
        runFor(SECOND);
        trace.assertIs("soon timer later");
    }

    @Test
    void cancellingMostOfManyTimersKeepsTheOthersInOrder() {
        var expected = new StringBuilder();
        var cancelled = new ArrayList<TimerHandle>();
        for (int i = 0; i < 400; i++) {
            int millis = (i * 37) % 400;
            TimerHandle timer = loop.callLater(Duration.ofMillis(millis), note("" + millis));
            if (millis % 4 != 0) {
                cancelled.add(timer);
            }
        }
        cancelled.forEach(TimerHandle::cancel);
        loop.stop();
        loop.runForever(); // drops them all
        cancelled.forEach(TimerHandle::cancel);
        for (int i = 0; i < 400; i += 4) {
            expected.append(i).append(' ');
        }
        runFor(SECOND);
        trace.assertIs(expected.toString().trim());
        assertThat(Innards.of(loop).timers.isEmpty()).isTrue();
    }

    @Test
    void cancelledTimersDoNotKeepTheLoopWaiting() {
        loop.callLater(SECOND, note("x")).cancel();
        loop.callLater(Duration.ofSeconds(5), loop::stop);
        loop.callLater(Duration.ofSeconds(2), note("y")).cancel();
        loop.runForever();
        assertThat(loop.time()).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void theTextOfAHandleTellsWhatItCalls() {
        Runnable callback = new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                return "my callback";
            }
        };
        Handle handle = loop.callSoon(callback);
        TimerHandle timer = loop.callLater(SECOND, callback);
        assertThat(handle).hasToString("Handle[my callback]");
        assertThat(timer).hasToString("TimerHandle[my callback]");
        handle.cancel();
        timer.cancel();
        assertThat(handle).hasToString("Handle[cancelled]");
        assertThat(timer).hasToString("TimerHandle[cancelled]");
    }

    @Test
    void callbacksRunInACopyOfTheCallersContextOrInTheOneGiven() {
        var variable = new ContextVar<>("variable", "default");
        var context = new Context();
        Handle copied = loop.callSoon(() -> variable.set("lost"));
        Handle given = loop.callSoon(() -> variable.set("soon"), context);
        loop.callSoon(() -> trace.add(variable.get()), context);
        loop.callLater(SECOND, () -> trace.add(variable.get()), context);
        loop.callAt(3, () -> trace.add(variable.get()));
        loop.callSoonThreadsafe(() -> trace.add(variable.get()), context);
        runFor(Duration.ofSeconds(2));
        trace.assertIs("soon soon default soon");
        assertThat(given.context()).isSameAs(context);
        assertThat(copied.context().get(variable)).isEqualTo("lost");
        assertThat(variable.get()).isEqualTo("default");
    }
}
