package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// `toThread` and `runInExecutor`.
final class OffLoopTest {
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /// Blocks until it is interrupted.
    private Void blockUntilInterrupted() {
        started.complete(null);
        try {
            new CountDownLatch(1).await();
            ended.complete("released");
        } catch (InterruptedException e) {
            ended.complete("interrupted");
        }
        return null;
    }

    // ------------------------------------------------------------------ toThread

    @Test
    void toThreadReturnsTheResult() {
        run(() -> {
            assertThat(toThread(() -> 1 + 1)).isEqualTo(2);
            var ran = new AtomicBoolean();
            toThread(() -> ran.set(true));
            assertThat(ran).isTrue();
        });
    }

    @Test
    void toThreadThrowsTheVeryException() {
        var failure = new IOException("broken");
        run(() -> {
            assertThatThrownBy(() -> toThread(() -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
        });
    }

    @Test
    void toThreadUsesAFreshVirtualThreadOutsideTheLoop() {
        run(() -> {
            Thread mine = Thread.currentThread();
            Thread thread = toThread(Thread::currentThread);
            assertThat(thread).isNotSameAs(mine);
            assertThat(thread.isVirtual()).isTrue();
            assertThat(thread.getName()).isEqualTo("thread of Task-1");
            assertThatThrownBy(() -> toThread(() -> runningLoop()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot get the running loop: no event loop runs in thread 'thread of Task-1'; this is"
                            + " a call of toThread(...), which runs outside the loop: do this in the task, before or"
                            + " after toThread(...), or hand a coroutine to the loop with"
                            + " runCoroutineThreadsafe(coroutine, loop)");
        });
    }

    @Test
    void otherTasksRunWhileTheThreadBlocks() throws InterruptedException {
        run(() -> {
            var latch = new CountDownLatch(1);
            createTask(latch::countDown);
            toThread(() -> latch.await());
        });
    }

    @Test
    void severalThreadsBlockAtOnce() throws InterruptedException {
        run(() -> {
            var latch = new CountDownLatch(3);
            for (int i = 0; i < 3; i++) {
                createTask(() -> toThread(() -> {
                    latch.countDown();
                    latch.await();
                }));
            }
            toThread(() -> latch.await());
        });
    }

    @Test
    void theThreadSeesTheContextVariablesOfTheCaller() {
        var variable = new ContextVar<>("variable", "default");
        run(() -> {
            variable.set("caller's");
            String seen = toThread(() -> {
                String value = variable.get();
                variable.set("lost");
                return value;
            });
            assertThat(seen).isEqualTo("caller's");
            assertThat(variable.get()).isEqualTo("caller's");
        });
    }

    @Test
    void cancellingTheTaskInterruptsTheThreadAndDoesNotWaitForIt() {
        run(() -> {
            Task<Void> task = createTask(() -> toThread(this::blockUntilInterrupted));
            await(started);
            task.cancel("enough");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
            assertThat(await(ended)).isEqualTo("interrupted");
        });
    }

    // ------------------------------------------------------------------ runInExecutor

    @Test
    void theDefaultExecutorHasDaemonThreadsOfItsOwn() {
        run(() -> {
            Thread thread = runInExecutor(null, Thread::currentThread).await();
            assertThat(thread.getName()).startsWith("asyncio4j-executor-");
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.isVirtual()).isFalse();
        });
    }

    @Test
    void callsRunAtOnceAndTheirFuturesCanBeAwaitedInAnyOrder() {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            run(() -> {
                var gate = new CountDownLatch(1);
                Future<String> first = runInExecutor(executor, () -> {
                    gate.await();
                    return "first";
                });
                Future<Void> second = runInExecutor(executor, () -> gate.countDown());
                assertThat(second.await()).isNull();
                assertThat(first.await()).isEqualTo("first");
            });
        }
    }

    @Test
    void aFailureIsTheVeryException() {
        var failure = new IOException("broken");
        run(() -> {
            Future<Void> future = runInExecutor(null, () -> {
                throw failure;
            });
            assertThatThrownBy(future::await).isSameAs(failure);
        });
    }

    @Test
    void anExecutorThatRefusesThrowsAtOnce() {
        var failure = new RejectedExecutionException("full");
        run(() -> {
            assertThatThrownBy(() -> runInExecutor(
                            command -> {
                                throw failure;
                            },
                            () -> 1))
                    .isSameAs(failure);
        });
    }

    @Test
    void anExecutorMayRunTheCallAtOnce() {
        run(() -> {
            Future<Thread> future = runInExecutor(Runnable::run, Thread::currentThread);
            assertThat(future.await()).isSameAs(Thread.currentThread());
        });
    }

    @Test
    void cancellingACallThatWaitsForItsTurnDropsIt() {
        run(() -> {
            var queue = new java.util.ArrayDeque<Runnable>();
            var ran = new AtomicBoolean();
            Future<Void> future = runInExecutor(queue::add, () -> ran.set(true));
            assertThat(future.cancel()).isTrue();
            queue.remove().run();
            assertThat(ran).isFalse();
            assertThatThrownBy(future::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void cancellingACallThatRunsInterruptsItsThread() {
        run(() -> {
            Future<Void> future = runInExecutor(null, this::blockUntilInterrupted);
            await(started);
            future.cancel();
            assertThat(await(ended)).isEqualTo("interrupted");
        });
    }

    @Test
    void theDefaultExecutorCanBeReplacedAndIsShutDownWithTheLoop() {
        ExecutorService executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("mine").factory());
        run(() -> {
            runningLoop().setDefaultExecutor(executor);
            assertThat(runInExecutor(null, () -> Thread.currentThread().getName())
                            .await())
                    .isEqualTo("mine");
        });
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void aCallThatEndsAfterTheLoopWasClosedIsForgotten() {
        EventLoop loop = EventLoop.create();
        var gate = new CountDownLatch(1);
        loop.runUntilComplete(() -> {
            createTask(() -> toThread(() -> {
                started.complete(null);
                boolean interrupted = false;
                while (gate.getCount() > 0) {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                ended.complete(interrupted ? "interrupted" : "released");
            }));
            await(started);
            sleep(Duration.ZERO);
        });
        loop.close();
        gate.countDown();
        assertThat(ended.join()).isIn("interrupted", "released");
    }
}
