package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Stacks that overflow, tasks that do not want to end, loops that nobody closes.
final class EngineEdgeLifeTest {
    @Test
    void aStackOverflowEndsTheTaskOnly() {
        List<String> seen = new ArrayList<>();
        run(() -> {
            Task<Integer> deep = createTask("deep", () -> recurse(0));
            try {
                await(deep);
            } catch (StackOverflowError e) {
                seen.add("overflow");
            }
            sleep(Duration.ZERO);
            seen.add("alive " + await(createTask(() -> 1)));
        });
        assertThat(seen).containsExactly("overflow", "alive 1");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void closeUnwindsTasksThatAreLeft() {
        List<String> seen = new ArrayList<>();
        EventLoop loop = EventLoop.create();
        Task<?> waiting = loop.createTask(() -> {
            try {
                await(createFuture());
            } finally {
                seen.add("finally");
            }
        });
        Task<?> fresh = loop.createTask(() -> seen.add("never"));
        Task<?> stubborn = loop.createTask(() -> {
            for (int refused = 0; ; refused++) {
                try {
                    sleep(Duration.ofMinutes(1));
                } catch (CancelledError e) {
                    if (refused == 0) {
                        seen.add("refuses: " + e.getMessage());
                    }
                }
            }
        });
        fresh.cancel();
        loop.callSoon(loop::stop);
        loop.runForever();
        loop.close();
        assertThat(loop.isClosed()).isTrue();
        assertThat(waiting.isCancelled()).isTrue();
        assertThat(fresh.isCancelled()).isTrue();
        assertThat(stubborn.isDone()).isFalse();
        assertThat(seen).containsExactly("finally", "refuses: the event loop was closed");
    }

    @Test
    void aLoopThatIsDroppedIsClosed() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        WeakReference<EventLoop> dropped = dropALoop(seen);
        while (!dropped.refersTo(null) || !seen.contains("finally")) {
            System.gc();
        }
        assertThat(seen).containsExactly("suspended", "finally");
    }

    private static WeakReference<EventLoop> dropALoop(List<String> seen) {
        EventLoop loop = EventLoop.create();
        loop.createTask(() -> {
            try {
                seen.add("suspended");
                sleep(Duration.ofHours(1));
            } finally {
                seen.add("finally");
            }
        });
        loop.callSoon(() -> Asyncio.runningLoop().stop());
        loop.runForever();
        assertThat(seen).containsExactly("suspended");
        return new WeakReference<>(loop);
    }

    @Test
    void anEagerTaskThatSuspendsReturnsToItsCreatorAtOnce() {
        List<String> order = new ArrayList<>();
        run(() -> {
            createTask(() -> {
                order.add("queued");
            });
            Task<String> eager = createTask(TaskOptions.named("eager").eagerStart(true), () -> {
                order.add("eager starts");
                Task<?> inner = createTask(TaskOptions.named("inner").eagerStart(true), () -> {
                    order.add("inner starts");
                    sleep(Duration.ZERO);
                    order.add("inner ends");
                });
                order.add("inner made");
                sleep(Duration.ZERO);
                await(inner);
                return "result";
            });
            order.add("eager made");
            order.add(await(eager));
        });
        assertThat(order)
                .containsExactly(
                        "eager starts", "inner starts", "inner made", "eager made", "queued", "inner ends", "result");
    }

    @Test
    void anEagerTaskThatFailsAtOnceFailsOnlyItself() {
        run(() -> {
            Task<?> eager = createTask(TaskOptions.defaults().eagerStart(true), () -> {
                throw new IllegalArgumentException("at once");
            });
            assertThat(eager.isDone()).isTrue();
            assertThatThrownBy(() -> await(eager))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("at once");
        });
    }
}
