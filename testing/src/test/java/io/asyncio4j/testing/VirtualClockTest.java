package io.asyncio4j.testing;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Runner;
import io.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualClockTest {
    private final List<String> events = new ArrayList<>();

    @Test
    void timeJumpsToTheNextTimer() {
        VirtualClock clock = new VirtualClock();
        try (Runner runner = new Runner(clock)) {
            runner.run(() -> {
                var loop = runningLoop();
                loop.callLater(Duration.ofHours(2), () -> events.add("two " + clock.elapsed()));
                loop.callLater(Duration.ofHours(1), () -> events.add("one " + clock.elapsed()));
                sleep(Duration.ofHours(3));
                events.add("slept " + clock.elapsed());
            });
        }
        assertThat(events).containsExactly("one PT1H", "two PT2H", "slept PT3H");
        assertThat(clock).hasToString("VirtualClock[PT3H]");
    }

    @Test
    void timeStandsStillWhileSomethingIsReady() {
        VirtualClock clock = new VirtualClock();
        try (Runner runner = new Runner(clock)) {
            runner.run(() -> {
                for (int i = 0; i < 100; i++) {
                    sleep(Duration.ZERO);
                }
            });
        }
        assertThat(clock.nanoTime()).isZero();
    }

    @Test
    void waitsForAnotherThreadWhereThereIsNoTimer() {
        try (Runner runner = new Runner(new VirtualClock())) {
            String name = runner.run(() -> toThread(() -> "from outside"));
            assertThat(name).isEqualTo("from outside");
        }
    }

    @Test
    void aStoppingClockEndsTheRunOfALoopThatIsStuck() {
        VirtualClock clock = VirtualClock.stopping(() -> events.add("stuck"));
        try (Runner runner = new Runner(clock)) {
            assertThatThrownBy(() -> runner.run(() -> {
                        sleep(Duration.ofSeconds(1));
                        createFuture().await();
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The event loop was stopped before")
                    .hasMessageContaining("was done");
        }
        assertThat(events).containsExactly("stuck");
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPastDeadlineDoesNotTurnTimeBack() {
        VirtualClock clock = new VirtualClock();
        clock.idle(10, false);
        assertThat(clock.idle(5, false)).isZero();
        assertThat(clock.nanoTime()).isEqualTo(10);
        assertThat(clock.idle(Clock.NEVER, false)).isEqualTo(Clock.NEVER);
    }
}
