package io.asyncio4j.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.kernel.KernelCallback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadyQueueTest {
    private final ReadyQueue queue = new ReadyQueue();
    private final Node a = new KernelCallback(() -> {});
    private final Node b = new KernelCallback(() -> {});
    private final Node c = new KernelCallback(() -> {});

    private List<Node> pollAll() {
        List<Node> polled = new ArrayList<>();
        for (Node node; (node = queue.poll()) != null; ) {
            polled.add(node);
        }
        return polled;
    }

    @Test
    void anIterationConsistsOfWhatIsReadyAtItsBeginning() {
        queue.add(a);
        assertThat(queue.peek()).isNull();
        assertThat(queue.poll()).isNull();
        queue.beginIteration();
        queue.add(b);
        assertThat(queue.peek()).isSameAs(a);
        assertThat(pollAll()).containsExactly(a);
        assertThat(queue.isHead(b)).isTrue();
        queue.beginIteration();
        assertThat(pollAll()).containsExactly(b);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void anEmptyIterationHasNothing() {
        queue.beginIteration();
        assertThat(queue.poll()).isNull();
        queue.add(a);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void whatIsPutBackComesNextInTheSameIteration() {
        queue.add(a);
        queue.add(b);
        queue.beginIteration();
        queue.putBack(queue.poll());
        assertThat(pollAll()).containsExactly(a, b);
        queue.putBack(b);
        queue.add(c);
        assertThat(pollAll()).containsExactly(b);
        assertThat(queue.take()).isSameAs(c);
    }

    @Test
    void takeIgnoresIterations() {
        queue.add(a);
        queue.beginIteration();
        queue.add(b);
        assertThat(queue.take()).isSameAs(a);
        assertThat(queue.take()).isSameAs(b);
        assertThat(queue.take()).isNull();
    }

    @Test
    void aNodeCanBeRemovedWhereverItStands() {
        for (Node removed : List.of(a, b, c)) {
            List<Node> left = new ArrayList<>(List.of(a, b, c));
            left.forEach(queue::add);
            queue.beginIteration();
            queue.remove(removed);
            queue.remove(removed);
            left.remove(removed);
            assertThat(pollAll()).isEqualTo(left);
            assertThat(queue.isEmpty()).isTrue();
            queue.add(removed);
            assertThat(queue.take()).isSameAs(removed);
        }
    }

    @Test
    void removingTheLastOfAnIterationLeavesTheNextOneAlone() {
        queue.add(a);
        queue.add(b);
        queue.beginIteration();
        queue.add(c);
        queue.remove(b);
        assertThat(pollAll()).containsExactly(a);
        queue.beginIteration();
        assertThat(pollAll()).containsExactly(c);
    }

    @Test
    void removingTheOnlyNodeOfAnIterationEndsIt() {
        queue.add(a);
        queue.beginIteration();
        queue.add(b);
        queue.remove(a);
        assertThat(pollAll()).isEmpty();
        queue.beginIteration();
        assertThat(pollAll()).containsExactly(b);
    }
}
