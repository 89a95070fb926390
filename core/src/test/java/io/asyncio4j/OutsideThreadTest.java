package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runCoroutineThreadsafe;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// The calls of other threads to a loop.
final class OutsideThreadTest {
    private final Trace trace = new Trace();

    // ------------------------------------------------------------------ runCoroutineThreadsafe

    @Test
    void anotherThreadCanHaveACoroutineRunAndWaitForIt() {
        run(() -> {
            EventLoop loop = runningLoop();
            String seen = toThread(() -> runCoroutineThreadsafe(
                            () -> {
                                sleep(Duration.ofMillis(1));
                                return currentTask().name() + " of "
                                        + runningLoop().equals(loop);
                            },
                            loop)
                    .join());
            assertThat(seen).isEqualTo("Task-2 of true");
            toThread(() -> runCoroutineThreadsafe(() -> trace.add("void"), loop).join());
        });
        trace.assertIs("void");
    }

    @Test
    void itsFailureArrivesAsTheCause() {
        var failure = new IOException("broken");
        run(() -> {
            EventLoop loop = runningLoop();
            CompletableFuture<Void> outside = runCoroutineThreadsafe(
                    () -> {
                        throw failure;
                    },
                    loop);
            toThread(() -> {
                assertThatThrownBy(outside::join)
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .isSameAs(failure);
            });
        });
    }

    @Test
    void itsCoroutineCancelledItIsCancelled() {
        run(() -> {
            CompletableFuture<Void> outside = runCoroutineThreadsafe(
                    () -> {
                        throw new CancelledError();
                    },
                    runningLoop());
            assertThatThrownBy(() -> await(outside)).isInstanceOf(CancelledError.class);
            assertThat(outside.isCancelled()).isTrue();
        });
    }

    @Test
    void cancellingItCancelsTheTask() {
        run(() -> {
            Future<Void> started = createFuture();
            Future<String> ended = createFuture();
            CompletableFuture<Void> outside = runCoroutineThreadsafe(
                    () -> {
                        started.setResult(null);
                        try {
                            sleep(Duration.ofDays(1));
                        } catch (CancelledError error) {
                            ended.setResult("cancelled");
                            throw error;
                        }
                    },
                    runningLoop());
            started.await();
            toThread(() -> {
                outside.cancel(true);
            });
            assertThat(ended.await()).isEqualTo("cancelled");
        });
    }

    @Test
    void cancelledBeforeItsTurnTheCoroutineNeverRuns() {
        run(() -> {
            CompletableFuture<Void> outside = runCoroutineThreadsafe(() -> trace.add("ran"), runningLoop());
            outside.cancel(true);
            sleep(Duration.ofMillis(1));
        });
        trace.assertIs("");
    }

    @Test
    void itRunsInACopyOfTheCallersContext() {
        var variable = new ContextVar<>("variable", "default");
        run(() -> {
            EventLoop loop = runningLoop();
            var context = new Context();
            String seen = toThread(() -> context.run(() -> {
                variable.set("thread's");
                return runCoroutineThreadsafe(() -> variable.get(), loop).join();
            }));
            assertThat(seen).isEqualTo("thread's");
        });
    }

    @Test
    void aLoopClosedBeforeItsTurnCancelsIt() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        CompletableFuture<Void> outside = runCoroutineThreadsafe(() -> trace.add("ran"), loop);
        assertThat(outside).isNotDone();
        loop.close();
        assertThat(outside.isCancelled()).isTrue();
        trace.assertIs("");
    }

    @Test
    void aLoopClosedWhileItRunsCancelsIt() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        CompletableFuture<Void> outside = runCoroutineThreadsafe(() -> sleep(Duration.ofDays(1)), loop);
        loop.stop();
        loop.runForever();
        assertThat(outside).isNotDone();
        loop.close();
        assertThat(outside.isCancelled()).isTrue();
    }

    @Test
    void aClosedLoopRefusesIt() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        loop.close();
        assertThatThrownBy(() -> runCoroutineThreadsafe(() -> 1, loop))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The event loop is closed; make a new one");
    }

    // ------------------------------------------------------------------ toCompletableFuture

    @Test
    void aFutureCanBeFollowedFromOutside() {
        var failure = new IOException("broken");
        run(() -> {
            Future<String> future = createFuture();
            CompletableFuture<String> outside = future.toCompletableFuture();
            future.setResult("value");
            assertThat(await(outside)).isEqualTo("value");
            assertThat(future.toCompletableFuture()).isCompletedWithValue("value");

            Task<Void> failing = createTask(() -> {
                throw failure;
            });
            assertThatThrownBy(() -> await(failing.toCompletableFuture())).isSameAs(failure);

            Task<Void> cancelled = createTask(() -> sleep(Duration.ofDays(1)));
            CompletableFuture<Void> follower = cancelled.toCompletableFuture();
            cancelled.cancel();
            assertThatThrownBy(() -> await(follower)).isInstanceOf(CancelledError.class);
            assertThat(follower.isCancelled()).isTrue();
        });
    }

    @Test
    void cancellingTheFollowerCancelsTheFuture() {
        run(() -> {
            Task<Void> task = createTask(() -> sleep(Duration.ofDays(1)));
            CompletableFuture<Void> outside = task.toCompletableFuture();
            sleep(Duration.ZERO);
            toThread(() -> {
                outside.cancel(true);
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void whatDependsOnTheFollowerRunsOnTheLoopsThread() {
        Thread here = Thread.currentThread();
        run(() -> {
            Task<Integer> task = createTask(() -> sleep(Duration.ofMillis(1), 1));
            Boolean onLoop = await(task.toCompletableFuture().thenApply(x -> Thread.currentThread() == here));
            assertThat(onLoop).isTrue();
        });
    }

    // ------------------------------------------------------------------ callSoonThreadsafe

    @Test
    void callbacksOfManyThreadsAllRunAndThoseOfOneThreadInOrder() {
        int threads = 4;
        int calls = 500;
        List<List<Integer>> seen = new ArrayList<>();
        run(() -> {
            EventLoop loop = runningLoop();
            Future<Void> all = createFuture();
            int[] left = {threads * calls};
            for (int i = 0; i < threads; i++) {
                List<Integer> mine = new ArrayList<>();
                seen.add(mine);
                createTask(() -> toThread(() -> {
                    for (int call = 0; call < calls; call++) {
                        int number = call;
                        loop.callSoonThreadsafe(() -> {
                            mine.add(number);
                            if (--left[0] == 0) {
                                all.setResult(null);
                            }
                        });
                    }
                }));
            }
            all.await();
        });
        assertThat(seen)
                .hasSize(threads)
                .allSatisfy(numbers -> assertThat(numbers).hasSize(calls).isSorted());
    }

    @Test
    void anIdleLoopIsWokenByEachCallback() {
        run(() -> {
            EventLoop loop = runningLoop();
            for (int i = 0; i < 100; i++) {
                Future<Integer> answer = createFuture();
                int number = i;
                Thread.ofVirtual().start(() -> loop.callSoonThreadsafe(() -> answer.setResult(number)));
                assertThat(answer.await()).isEqualTo(number);
            }
        });
    }
}
