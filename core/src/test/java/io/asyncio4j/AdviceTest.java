package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.sync.Lock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// The advice for a program that needs a loop where there is none.
final class AdviceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final String TO_LOOP =
            ", or hand a coroutine to the loop with runCoroutineThreadsafe(coroutine, loop)";

    /// Runs `attempt` and returns what it is told.
    private static String refusalOf(VoidCoroutine attempt) {
        try {
            attempt.run();
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
        throw new AssertionError("not refused");
    }

    /// Returns what `attempt` is told in a thread of its own, called "elsewhere".
    private static String refusalElsewhere(VoidCoroutine attempt) {
        var told = new CompletableFuture<String>();
        Thread.ofPlatform().name("elsewhere").start(() -> {
            try {
                told.complete(refusalOf(attempt));
            } catch (Throwable thrown) {
                told.completeExceptionally(thrown);
            }
        });
        return told.join();
    }

    private static String refusalInToThread(VoidCoroutine attempt) {
        return toThread(() -> {
            Thread.currentThread().setName("elsewhere");
            return refusalOf(attempt);
        });
    }

    @Test
    void inACallOfToThread() {
        String here = ": no event loop runs in thread 'elsewhere'; this is a call of toThread(...), which runs outside"
                + " the loop: ";
        run(() -> {
            assertThat(refusalInToThread(() -> sleep(SECOND)))
                    .isEqualTo("Cannot sleep" + here + "use Thread.sleep(...) here, or sleep in the task, before or"
                            + " after toThread(...)");
            assertThat(refusalInToThread(() -> createTask(() -> 1)))
                    .isEqualTo("Cannot create a task" + here + "do this in the task, before or after toThread(...)"
                            + TO_LOOP);
            assertThat(refusalInToThread(() -> taskGroup(group -> {})))
                    .isEqualTo("Cannot open a task group" + here + "do this in the task, before or after"
                            + " toThread(...)" + TO_LOOP);
            assertThat(refusalInToThread(() -> toThread(() -> 1)))
                    .isEqualTo("Cannot call toThread" + here + "make the blocking call directly, it may block here");
            Future<Void> future = Asyncio.createFuture();
            assertThat(refusalInToThread(() -> future.await()))
                    .isEqualTo("Cannot await Future[pending]" + here + "do this in the task, before or after"
                            + " toThread(...)" + TO_LOOP);
            assertThat(refusalInToThread(() -> new Lock("db").acquire()))
                    .isEqualTo("Thread 'elsewhere' cannot acquire lock 'db': only a task can wait; this is a call of"
                            + " toThread(...), which runs outside the loop: do this in the task, before or after"
                            + " toThread(...)" + TO_LOOP);
        });
    }

    @Test
    void inACallInAnExecutor() {
        run(() -> {
            String told = runInExecutor(null, () -> {
                        Thread.currentThread().setName("elsewhere");
                        return refusalOf(() -> createTask(() -> 1));
                    })
                    .await();
            assertThat(told)
                    .isEqualTo("Cannot create a task: no event loop runs in thread 'elsewhere'; this is a call of"
                            + " runInExecutor(...), which runs outside the loop: do this in the task, before or after"
                            + " runInExecutor(...)" + TO_LOOP);
        });
    }

    @Test
    void inAThreadOfOnesOwnWhileALoopRuns() {
        String loopThread = Thread.currentThread().getName();
        String hand = "one runs in thread '" + loopThread + "': have it run the coroutine, with"
                + " runCoroutineThreadsafe(coroutine, loop), where loop is what runningLoop() returns in a task there";
        run(() -> {
            assertThat(refusalElsewhere(() -> sleep(SECOND)))
                    .isEqualTo("Cannot sleep: no event loop runs in thread 'elsewhere'; " + hand
                            + "; or use Thread.sleep(...) here");
            assertThat(refusalElsewhere(() -> createTask(() -> 1)))
                    .isEqualTo("Cannot create a task: no event loop runs in thread 'elsewhere'; " + hand);
            assertThat(refusalElsewhere(() -> new Lock("db").acquire()))
                    .isEqualTo("Thread 'elsewhere' cannot acquire lock 'db': only a task can wait; " + hand);
        });
    }

    @Test
    void whereSeveralLoopsRun() throws InterruptedException {
        var running = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        VoidCoroutine main = () -> {
            running.countDown();
            toThread(() -> told.await());
        };
        Thread first = Thread.ofPlatform().name("first").start(() -> run(main));
        running.await();
        run(() -> {
            assertThat(refusalElsewhere(() -> createTask(() -> 1)))
                    .isEqualTo("Cannot create a task: no event loop runs in thread 'elsewhere'; loops run in other"
                            + " threads, such as thread 'first': have one run the coroutine, with"
                            + " runCoroutineThreadsafe(coroutine, loop), where loop is what runningLoop() returns in a"
                            + " task there");
        });
        told.countDown();
        first.join();
    }

    @Test
    void inAThreadWhereNoLoopRunsAtAll() {
        assertThat(refusalElsewhere(() -> sleep(SECOND)))
                .isEqualTo("Cannot sleep: no event loop runs in thread 'elsewhere'; start one with Asyncio.run(...)");
        run(() -> {});
        assertThat(refusalElsewhere(() -> new Lock("db").acquire()))
                .isEqualTo("Thread 'elsewhere' cannot acquire lock 'db': only a task can wait; start one with"
                        + " Asyncio.run(...)");
    }

    @Test
    void inAPlainTest() {
        assertThat(refusalOf(() -> sleep(SECOND)))
                .isEqualTo("Cannot sleep: no event loop runs in thread '"
                        + Thread.currentThread().getName() + "'; in a test, use @AsyncTest of asyncio4j-testing in"
                        + " place of @Test, or start one with Asyncio.run(...)");
    }
}
