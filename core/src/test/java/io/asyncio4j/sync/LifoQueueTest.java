package io.asyncio4j.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// [LifoQueue], where it differs from [Queue].
final class LifoQueueTest {
    @Test
    void handsOutTheLastFirst() {
        LifoQueue<Integer> queue = new LifoQueue<>("stack", 3);
        queue.putNowait(1);
        queue.putNowait(3);
        queue.putNowait(2);
        assertThat(queue.isFull()).isTrue();
        assertThat(queue).hasToString("LifoQueue['stack', 3 of 3 items, 3 unfinished]");
        assertThat(List.of(queue.getNowait(), queue.getNowait(), queue.getNowait()))
                .containsExactly(2, 3, 1);
        assertThat(new LifoQueue<>("stack").maxSize()).isZero();
    }

    @Test
    void errorsTellTheKindOfQueue() {
        assertThatThrownBy(() -> new LifoQueue<Integer>("stack").getNowait())
                .isExactlyInstanceOf(QueueEmptyException.class)
                .hasMessage("Thread 'main' cannot get from LIFO queue 'stack': it is empty; use get(), which waits for"
                        + " an item");
    }
}
