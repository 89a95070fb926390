package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// [PriorityQueue], where it differs from [Queue].
final class PriorityQueueTest {
    private record Job(int priority, String name) {}

    private static <T> List<T> takeAll(Queue<T> queue) {
        List<T> items = new ArrayList<>();
        while (!queue.isEmpty()) {
            items.add(queue.getNowait());
        }
        return items;
    }

    @Test
    void handsOutTheLeastFirst() {
        PriorityQueue<Integer> queue = new PriorityQueue<>();
        for (int item : new int[] {5, 1, 3, 1, 4}) {
            queue.putNowait(item);
        }
        assertThat(takeAll(queue)).containsExactly(1, 1, 3, 4, 5);
    }

    @Test
    void keepsTheOrderOfEqualItems() {
        PriorityQueue<Job> queue = new PriorityQueue<>(Comparator.comparingInt(Job::priority));
        for (int i = 0; i < 10; i++) {
            queue.putNowait(new Job(i % 2, "job" + i));
        }
        assertThat(takeAll(queue))
                .extracting(Job::name)
                .containsExactly("job0", "job2", "job4", "job6", "job8", "job1", "job3", "job5", "job7", "job9");
    }

    @Test
    void takesAnyComparator() {
        PriorityQueue<Integer> queue = new PriorityQueue<>("jobs", 3, Comparator.reverseOrder());
        queue.putNowait(1);
        queue.putNowait(3);
        queue.putNowait(2);
        assertThat(queue).hasToString("PriorityQueue['jobs', 3 of 3 items, 3 unfinished]");
        assertThat(takeAll(queue)).containsExactly(3, 2, 1);
        assertThat(new PriorityQueue<>(2, Comparator.<Integer>naturalOrder()).maxSize())
                .isEqualTo(2);
        assertThatThrownBy(() -> new PriorityQueue<Integer>((Comparator<Integer>) null))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("order");
    }

    @Test
    void refusesItemsWithoutAnOrder() {
        PriorityQueue<Object> queue = new PriorityQueue<>("jobs");
        Job job = new Job(1, "a");
        queue.putNowait(job);
        assertThatThrownBy(() -> queue.putNowait(new Job(2, "b")))
                .isExactlyInstanceOf(ClassCastException.class)
                .hasMessage("The item Job[priority=2, name=b] of a priority queue has no natural order; use items that"
                        + " are Comparable, or give the queue a Comparator");
        assertThat(queue).hasToString("PriorityQueue['jobs', 1 item, 1 unfinished]");
        assertThat(takeAll(queue)).containsExactly(job);
    }

    @Test
    void ordersWhatProducersWaitedToPut() {
        PriorityQueue<Integer> queue = new PriorityQueue<>("jobs", 1);
        VirtualTime.run(() -> {
            queue.put(5);
            Task<?> producer = createTask(() -> queue.put(1));
            pass();
            assertThat(queue.get()).isEqualTo(5);
            producer.await();
            assertThat(queue.get()).isEqualTo(1);
        });
    }

    @Test
    void errorsTellTheKindOfQueue() {
        assertThatThrownBy(() -> new PriorityQueue<Integer>(-1))
                .hasMessage("Thread 'main' cannot create an unnamed priority queue: the maximal size is -1; give 1 or"
                        + " more, or 0 for no limit");
    }
}
