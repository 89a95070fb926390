package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/// Code that blocks a thread blocks the loop, whatever it blocks in; and only the task's own code
/// is on the loop.
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop", "ThreadPriorityCheck"}) // what is tested is the blocking
final class EngineEdgeBlockingTest {
    private static final Duration YIELD = Duration.ZERO;

    /// Counts how often another task runs while `block` does.
    private static int stepsOfOthersDuring(VoidCoroutine block) {
        return run(() -> {
            int[] steps = {0};
            boolean[] over = {false};
            Task<?> other = createTask(() -> {
                while (!over[0]) {
                    steps[0]++;
                    sleep(YIELD);
                }
            });
            sleep(YIELD);
            sleep(YIELD);
            assertThat(steps[0]).isPositive();
            int before = steps[0];
            block.execute();
            int after = steps[0];
            over[0] = true;
            await(other);
            return after - before;
        });
    }

    @Test
    void threadSleepBlocksTheLoop() {
        assertThat(stepsOfOthersDuring(() -> Thread.sleep(5))).isZero();
    }

    @Test
    void parkNanosBlocksTheLoop() {
        assertThat(stepsOfOthersDuring(() -> LockSupport.parkNanos(5_000_000))).isZero();
    }

    @Test
    void threadYieldDoesNotLetOtherTasksRun() {
        assertThat(stepsOfOthersDuring(() -> {
                    for (int i = 0; i < 1000; i++) {
                        Thread.yield();
                    }
                }))
                .isZero();
    }

    @Test
    void aMonitorHeldByAnotherThreadBlocksTheLoop() {
        Object monitor = new Object();
        assertThat(stepsOfOthersDuring(() -> {
                    heldByAnotherThread(
                            (held, release) -> {
                                synchronized (monitor) {
                                    held.countDown();
                                    release.await();
                                }
                            },
                            () -> {
                                synchronized (monitor) {
                                    assertThat(Thread.holdsLock(monitor)).isTrue();
                                }
                            });
                }))
                .isZero();
    }

    @Test
    void aLockHeldByAnotherThreadBlocksTheLoop() {
        ReentrantLock lock = new ReentrantLock();
        assertThat(stepsOfOthersDuring(() -> heldByAnotherThread(
                        (held, release) -> {
                            lock.lock();
                            held.countDown();
                            release.await();
                            lock.unlock();
                        },
                        () -> {
                            lock.lock();
                            assertThat(lock.isHeldByCurrentThread()).isTrue();
                            lock.unlock();
                        })))
                .isZero();
    }

    private interface Holder {
        void hold(CountDownLatch held, CountDownLatch release) throws InterruptedException;
    }

    /// Has a platform thread hold something, and let go of it only when the calling thread waits
    /// for it.
    private static void heldByAnotherThread(Holder holder, Runnable contend) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread me = Thread.currentThread();
        Thread owner = new Thread(() -> {
            try {
                holder.hold(held, release);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread watcher = new Thread(() -> {
            while (me.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            release.countDown();
        });
        owner.start();
        held.await();
        watcher.start();
        contend.run();
        owner.join();
    }

    @Test
    void objectWaitBlocksTheLoop() {
        Object monitor = new Object();
        assertThat(stepsOfOthersDuring(() -> {
                    synchronized (monitor) {
                        monitor.wait(5);
                    }
                }))
                .isZero();
    }

    @Test
    void aSocketReadBlocksTheLoop() {
        assertThat(stepsOfOthersDuring(() -> {
                    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                            Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                            Socket peer = server.accept()) {
                        Thread me = Thread.currentThread();
                        new Thread(() -> writeWhenBlocked(me, peer)).start();
                        assertThat(client.getInputStream().read()).isEqualTo(7);
                    }
                }))
                .isZero();
    }

    private static void writeWhenBlocked(Thread reader, Socket peer) {
        long giveUp = System.nanoTime() + 50_000_000;
        while (reader.getState() == Thread.State.RUNNABLE && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }
        try {
            peer.getOutputStream().write(7);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void virtualThreadsStartedInATaskDoNotRunOnTheLoop() throws Exception {
        List<String> threads = run(() -> {
            var seen = new ArrayBlockingQueue<String>(3);
            Thread.startVirtualThread(() -> {
                LockSupport.parkNanos(1_000_000);
                seen.add(Thread.currentThread().toString());
            });
            var found = new ArrayList<String>();
            found.add(seen.take()); // the loop is blocked, so the new thread cannot be on it
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                found.add(executor.submit(() -> {
                            Thread.sleep(1);
                            return Thread.currentThread().toString();
                        })
                        .get());
            }
            Thread factoryMade = Thread.ofVirtual()
                    .factory()
                    .newThread(() -> seen.add(Thread.currentThread().toString()));
            factoryMade.start();
            factoryMade.join();
            found.add(seen.take());
            return found;
        });
        assertThat(threads).hasSize(3).allMatch(name -> name.contains("ForkJoinPool"), "runs on the JDK's scheduler");
    }

    @Test
    void aVirtualThreadOutlivesTheTaskThatStartedIt() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        run(() -> {
            Thread.startVirtualThread(() -> {
                try {
                    go.await();
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
        });
        go.countDown();
        done.await();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void anAwaitInsideSynchronizedLetsOthersRun() {
        List<String> order = new ArrayList<>();
        Object monitor = new Object();
        run(() -> {
            Task<?> other = createTask(() -> {
                for (int i = 0; i < 3; i++) {
                    order.add("other");
                    sleep(YIELD);
                }
            });
            synchronized (monitor) {
                order.add("in");
                await(other);
                assertThat(Thread.holdsLock(monitor)).isTrue();
                order.add("out");
            }
        });
        assertThat(order).containsExactly("in", "other", "other", "other", "out");
    }
}
