package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runCoroutineThreadsafe;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.shield;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.diagnose.Supervisor;
import io.asyncio4j.kernel.LoopIo;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.sync.Event;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The sources outside a loop that can wake it, so that it waits.
@Timeout(300)
final class DeadlocksTest {
    /// Does `action` in another thread as soon as the loop has nothing to do.
    private static void onceIdle(Runnable action) {
        LoopIo io = Innards.running().io;
        Thread.ofPlatform().start(() -> {
            while (!io.isWaiting()) {
                Thread.onSpinWait();
            }
            action.run();
        });
    }

    @Test
    void aStageOfAnotherThread() {
        run(() -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            onceIdle(() -> stage.complete("late"));
            assertThat(await(stage)).isEqualTo("late");
            assertThatThrownBy(() -> run(() -> {})).hasMessageContaining("one runs there already");
        });
    }

    @Test
    void aCallInAnotherThread() throws Exception {
        run(() -> {
            CompletableFuture<String> gate = new CompletableFuture<>();
            onceIdle(() -> gate.complete("through"));
            assertThat(toThread(() -> gate.get())).isEqualTo("through");
        });
        run(() -> {
            CompletableFuture<String> gate = new CompletableFuture<>();
            onceIdle(() -> gate.complete("through"));
            assertThat(runInExecutor(null, () -> gate.get()).await()).isEqualTo("through");
        });
    }

    @Test
    void aCallThatReportsToATaskWhichWaitsForSomethingElse() {
        run(() -> {
            Event reported = new Event();
            CompletableFuture<String> gate = new CompletableFuture<>();
            createTask(() -> {
                toThread(() -> gate.get());
                reported.set();
            });
            onceIdle(() -> gate.complete("through"));
            reported.await();
        });
    }

    @Test
    void aCompletableFutureThatSomebodyMayCancel() {
        run(() -> {
            Task<Object> task = createTask(() -> createFuture().await());
            CompletableFuture<Object> outside = task.toCompletableFuture();
            onceIdle(() -> outside.cancel(false));
            assertThatThrownBy(() -> shield(task).await()).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void aCompletableFutureThatIsOverIsForgotten() {
        assertThatThrownBy(() -> run(() -> {
                    Future<String> future = createFuture();
                    CompletableFuture<String> outside = future.toCompletableFuture();
                    future.setResult("done");
                    sleep(ZERO);
                    assertThat(outside).isDone();
                    createFuture().toCompletableFuture().cancel(false);
                    createFuture().await();
                }))
                .isInstanceOf(DeadlockException.class);
    }

    @Test
    void aResourceUntilItIsTakenOffTheList() {
        assertThatThrownBy(() -> run(() -> {
                    Future<String> event = createFuture("event");
                    Runnable forget = EventLoop.access().register(new Something());
                    LoopAccess io = EventLoop.access();
                    onceIdle(() -> io.post(() -> event.setResult("came")));
                    assertThat(event.await()).isEqualTo("came");
                    forget.run();
                    createFuture("another").await();
                }))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("waits for future 'another'");
    }

    private static final class Something implements Resource {
        @Override
        public String describe() {
            return "something";
        }

        @Override
        public void loopClosed() {}
    }

    @Test
    void callsThatAreOverOrRefusedAreForgotten() {
        assertThatThrownBy(() -> run(() -> {
                    toThread(() -> {});
                    assertThatThrownBy(() -> toThread(() -> {
                                throw new IllegalStateException("no");
                            }))
                            .hasMessage("no");
                    assertThatThrownBy(() -> runInExecutor(
                                    _ -> {
                                        throw new RejectedExecutionException("full");
                                    },
                                    () -> {}))
                            .hasMessage("full");
                    assertThat(runInExecutor(null, () -> {}).cancel()).isTrue();
                    createFuture().await();
                }))
                .isInstanceOf(DeadlockException.class);
    }

    // ------------------------------------------------------------------ whoever has the loop

    @Test
    void aThreadThatHasTheLoop() {
        run(() -> {
            Event event = new Event();
            EventLoop loop = runningLoop();
            onceIdle(() -> loop.callSoonThreadsafe(event::set));
            event.await();
        });
        run(() -> {
            Future<String> future = createFuture();
            EventLoop loop = future.loop();
            onceIdle(() -> {
                var _ = runCoroutineThreadsafe(() -> future.setResult("set"), loop);
            });
            assertThat(future.await()).isEqualTo("set");
        });
        try (Runner runner = new Runner()) {
            EventLoop loop = runner.loop();
            runner.run(() -> {
                Event event = new Event();
                onceIdle(() -> loop.callSoonThreadsafe(event::set));
                event.await();
            });
        }
    }

    @Test
    void thenADeadlockIsLoggedOnceWhenTheLoopHasBeenIdleForAWhile() {
        try (CapturedLog log = new CapturedLog();
                Runner runner = new Runner()) {
            EventLoop loop = runner.loop();
            Supervisor.of(Innards.of(loop)).deadlocks.setPatience(TimeUnit.MILLISECONDS.toNanos(1));
            runner.run(() -> {
                for (int i = 0; i < 2; i++) {
                    Event event = new Event("go");
                    Thread.ofPlatform().start(() -> {
                        while (log.lines().isEmpty()) {
                            Thread.onSpinWait();
                        }
                        loop.callSoonThreadsafe(event::set);
                    });
                    event.await();
                }
            });
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith(
                                    "WARNING Deadlock: nothing can ever wake this event loop. 1 task waits, and nobody"
                                            + " is left to end that:\n"
                                            + "  Task 'Task-1' waits for event 'go', not set\n")
                            .endsWith("\nThis is only logged because the program has got hold of the EventLoop, so that"
                                    + " another thread might still wake it. Where none will,"
                                    + " RunnerOptions.throwDeadlocks(true) makes it an error."));
        }
    }

    @Test
    void anOptionMakesItAnErrorAgain() {
        try (Runner runner = new Runner(RunnerOptions.defaults().throwDeadlocks(true))) {
            assertThat(runner.loop()).isNotNull();
            assertThatThrownBy(() -> runner.run(() -> createFuture("x").await()))
                    .isInstanceOf(DeadlockException.class);
        }
    }
}
