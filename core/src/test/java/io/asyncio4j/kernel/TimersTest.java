package io.asyncio4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Context;
import io.asyncio4j.assembly.LoopAssembly;
import io.asyncio4j.queue.Node;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The heap of timers against a sorted list.
final class TimersTest {
    private final Loop loop = LoopAssembly.newLoop(new VirtualClock());

    @Test
    void withoutTimersTheNextDeadlineIsNever() {
        assertThat(loop.timers.isEmpty()).isTrue();
        assertThat(loop.timers.nextDeadline()).isEqualTo(Clock.NEVER);
    }

    @Test
    void randomTimersComeOutAsFromASortedList() {
        for (int seed = 0; seed < 20; seed++) {
            playRandomly(new Random(seed));
        }
    }

    private void playRandomly(Random random) {
        List<TimedCall> expected = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> expected.add(set(now + random.nextInt(50)));
                case 3, 4 -> {
                    if (!expected.isEmpty()) {
                        expected.remove(random.nextInt(expected.size())).cancel();
                    }
                }
                default -> {
                    now += random.nextInt(4);
                    assertThat(takeDue(now)).isEqualTo(removeDue(expected, now));
                }
            }
        }
        assertThat(takeDue(Clock.NEVER)).isEqualTo(removeDue(expected, Clock.NEVER));
        assertThat(loop.timers.isEmpty()).isTrue();
    }

    private TimedCall set(long when) {
        var timer = new TimedCall(loop, when, () -> {}, new Context());
        loop.timers.add(timer, when);
        return timer;
    }

    private List<Node> takeDue(long now) {
        loop.timers.discardCancelled();
        loop.timers.moveDue(now, loop.ready);
        List<Node> taken = new ArrayList<>();
        for (Node node; (node = loop.ready.take()) != null; ) {
            taken.add(node);
        }
        return taken;
    }

    private static List<TimedCall> removeDue(List<TimedCall> timers, long now) {
        List<TimedCall> due = timers.stream()
                .filter(timer -> timer.when() <= now)
                .sorted(Comparator.comparingLong(TimedCall::when)) // stable: then in the order of setting
                .toList();
        timers.removeAll(due);
        return due;
    }
}
