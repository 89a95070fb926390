package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runCoroutineThreadsafe;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Code of the program that throws or blocks where the kernel calls it does not end the loop.
final class HostileCodeTest {
    @Test
    void aFinallyBlockThatBlocksDoesNotKeepALoopFromClosing() {
        List<String> seen = new ArrayList<>();
        EventLoop loop = EventLoop.create();
        loop.createTask(() -> {
            try {
                sleep(Duration.ofHours(1));
            } finally {
                LockSupport.parkNanos(1_000_000);
                seen.add("blocked and ended");
            }
        });
        loop.callSoon(loop::stop);
        loop.runForever();
        loop.close();
        assertThat(seen).containsExactly("blocked and ended");
    }

    @Test
    void aTaskFactoryThatThrowsFailsTheSubmissionOnly() {
        run(() -> {
            EventLoop loop = runningLoop();
            loop.setTaskFactory((owner, coroutine, options) -> {
                throw new IllegalArgumentException("no tasks today");
            });
            CompletableFuture<Integer> submitted = runCoroutineThreadsafe(() -> 1, loop);
            assertThatThrownBy(() -> await(submitted))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no tasks today");
            loop.setTaskFactory(null); // the runner's own tasks go through it, too
        });
    }

    @Test
    void aCallbackThatCannotBeShownIsReported() {
        List<String> messages = new ArrayList<>();
        Runnable callback = new Runnable() {
            @Override
            public void run() {
                throw new IllegalArgumentException("callback");
            }

            @Override
            public String toString() {
                throw new IllegalStateException("toString");
            }
        };
        runVirtually(() -> {
            runningLoop().setExceptionHandler((loop, problem) -> {
                messages.add(problem.message() + ": " + problem.exception().getMessage());
            });
            runningLoop().callSoon(callback);
            sleep(Duration.ofSeconds(1));
            messages.add("alive");
        });
        assertThat(messages).containsExactly("Exception in a callback that cannot be shown: callback", "alive");
    }

    @Test
    void aStageThatCannotBeCancelledIsReportedWhateverItThrows() {
        List<String> messages = new ArrayList<>();
        CompletableFuture<Void> stage = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean interrupt) {
                throw new AssertionError("not me");
            }
        };
        runVirtually(() -> {
            runningLoop().setExceptionHandler((loop, problem) -> messages.add(problem.message()));
            Task<?> waiting = createTask(() -> await(stage));
            sleep(Duration.ZERO);
            runningLoop().callSoon(waiting::cancel);
            assertThatThrownBy(waiting::await).isInstanceOf(CancelledError.class);
        });
        assertThat(messages).containsExactly("What a cancelled task waited for cannot be cancelled and goes on");
    }

    @Test
    void whatFollowsAnUnstartedChildInTheQueueIsNotLostWhenTheLoopCloses() throws Exception {
        EventLoop loop = EventLoop.create();
        List<CompletableFuture<Integer>> submitted = new ArrayList<>();
        loop.createTask(() -> taskGroup(group -> {
            group.createTask(() -> {});
            submitted.add(loop.createTask(() -> 1).toCompletableFuture());
            loop.stop();
            await(createFuture());
        }));
        loop.runForever();
        loop.close();
        assertThat(submitted.getFirst().isCancelled()).isTrue();
    }

    @Test
    void aContextInWhichSomebodyElseStandsCannotBeEntered() {
        runVirtually(() -> {
            Context outer = new Context();
            Task<?> creator = createTask(TaskOptions.defaults().context(outer), () -> {
                Task<?> eager =
                        createTask(TaskOptions.defaults().eagerStart(true), () -> outer.run(() -> "unreachable"));
                assertThatThrownBy(eager::result)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageEndingWith("it is being run already; run in a copy() of it");
            });
            await(creator);
            assertThat(outer.run(() -> "free again")).isEqualTo("free again");
        });
    }

    @Test
    void aCompletableFutureIsMadeOnTheLoopOnly() {
        run(() -> {
            Future<Void> future = createFuture();
            assertThatThrownBy(() -> toThread(() -> future.toCompletableFuture()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "Cannot make a CompletableFuture of a future from thread 'thread of Task-1'");
        });
    }

    @Test
    void tasksThatWaitForEachOtherThroughAGeneratorCanBeCancelled() {
        runVirtually(() -> {
            List<Task<?>> consumers = new ArrayList<>();
            Generator<Integer> generator = new Generator<>(out -> await(consumers.getFirst()));
            consumers.add(createTask(() -> generator.iterator().hasNext()));
            sleep(Duration.ZERO);
            consumers.getFirst().cancel();
            sleep(Duration.ofSeconds(1));
            assertThat(consumers.getFirst().isDone()).isTrue();
        });
    }

    @Test
    void theFailureOfASubmissionReachesTheOtherThread() throws InterruptedException {
        run(() -> {
            EventLoop loop = runningLoop();
            Throwable seen = toThread(() -> {
                try {
                    runCoroutineThreadsafe(
                                    () -> {
                                        throw new IllegalArgumentException("inside");
                                    },
                                    loop)
                            .get();
                    return null;
                } catch (ExecutionException e) {
                    return e.getCause();
                }
            });
            assertThat(seen).hasMessage("inside");
        });
    }
}
