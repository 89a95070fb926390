package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.engine.Engines;
import io.asyncio4j.kernel.LoopIo;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Poller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The guarantees for a module that brings I/O, seen through a poller that waits on a monitor.
final class PollerTest {
    /// Delivers events that other threads, or tasks, have left.
    private static final class EventPoller implements Poller {
        final LoopAccess loop;
        final Thread owner;
        final List<String> calls = new ArrayList<>();
        final Queue<Runnable> errands = new ArrayDeque<>();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition woken = lock.newCondition();
        private boolean wakeup;
        boolean closed;

        EventPoller(LoopAccess loop) {
            this.loop = loop;
            this.owner = loop.thread();
        }

        @Override
        public void poll(long nanos) {
            assertThat(Thread.currentThread()).isSameAs(owner);
            calls.add(nanos == 0 ? "look" : nanos == Clock.NEVER ? "wait" : "wait for a time");
            for (Runnable errand; (errand = errands.poll()) != null; ) {
                errand.run();
            }
            lock.lock();
            try {
                long left = nanos;
                while (!wakeup && left > 0 && loop.mayBlock()) {
                    left = woken.awaitNanos(left);
                }
                wakeup = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void wakeup() {
            lock.lock();
            try {
                wakeup = true;
                woken.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static EventPoller install() {
        return EventLoop.access().poller(EventPoller.class, EventPoller::new);
    }

    /// An interrupt that comes late in one test is not to reach the next.
    @AfterEach
    void clearInterrupt() {
        var _ = Thread.interrupted();
    }

    @Test
    void aPollerIsMadeOnceAndClosedWithTheLoop() {
        EventPoller poller = run(() -> {
            EventPoller made = install();
            assertThat(install()).isSameAs(made);
            return made;
        });
        assertThat(poller.closed).isTrue();
    }

    @Test
    void aSecondKindOfPollerIsRefused() {
        run(() -> {
            install();
            assertThatThrownBy(() -> EventLoop.access().poller(OtherPoller.class, _ -> new OtherPoller()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The event loop has a poller already, of " + EventPoller.class.getName()
                            + ", and cannot have one of " + OtherPoller.class.getName() + " too");
        });
    }

    private static final class OtherPoller implements Poller {
        @Override
        public void poll(long nanos) {}

        @Override
        public void wakeup() {}

        @Override
        public void close() {}
    }

    @Test
    void withoutALoopThereIsNoAccess() {
        assertThatThrownBy(EventLoop::access)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot use I/O: no event loop runs in thread '")
                .hasMessageEndingWith("or start one with Asyncio.run(...)");
    }

    @Test
    void everyIterationLooksAndAnIdleLoopWaits() {
        EventPoller poller = run(() -> {
            EventPoller made = install();
            sleep(Duration.ZERO);
            while (!made.calls.contains("wait for a time")) {
                sleep(Duration.ofMillis(1)); // which may be over before the loop comes to wait
            }
            return made;
        });
        assertThat(poller.calls).startsWith("look");
    }

    @Test
    void eventsAreDeliveredOnTheLoopsThreadAndWakeTasks() {
        run(() -> {
            EventPoller poller = install();
            Future<String> event = poller.loop.createFuture(() -> "an event");
            poller.errands.add(() -> {
                assertThat(poller.loop.isHeld()).isTrue();
                event.setResult("came on " + (Thread.currentThread() == poller.owner));
            });
            assertThat(await(event)).isEqualTo("came on true");
        });
    }

    @Test
    void handlersMayCreateTasks() {
        run(() -> {
            EventPoller poller = install();
            Future<Task<String>> created = poller.loop.createFuture(() -> "an event");
            poller.errands.add(() -> created.setResult(createTask("by a handler", () -> {
                sleep(Duration.ZERO);
                return "done";
            })));
            assertThat(await(await(created))).isEqualTo("done");
        });
    }

    @Test
    void anotherThreadWakesTheLoop() {
        run(() -> {
            EventPoller poller = install();
            Future<String> event = poller.loop.createFuture(() -> "an event");
            CompletableFuture<Boolean> posted =
                    CompletableFuture.supplyAsync(() -> poller.loop.post(() -> event.setResult("posted")));
            assertThat(await(event)).isEqualTo("posted");
            assertThat(await(posted)).isTrue();
            assertThat(Asyncio.<String>toThread(() -> "from a thread")).isEqualTo("from a thread");
        });
    }

    @Test
    void aThousandWakeUpsFromAnotherThreadAreAllSeen() {
        run(() -> {
            EventPoller poller = install();
            for (int i = 0; i < 1000; i++) {
                Future<Integer> event = poller.loop.createFuture(() -> "an event");
                int number = i;
                Thread.ofPlatform().start(() -> poller.loop.post(() -> event.setResult(number)));
                assertThat(await(event)).isEqualTo(number);
            }
        });
    }

    @Test
    void postingToAClosedLoopSaysNo() {
        LoopAccess access = run(EventLoop::access);
        assertThat(access.post(() -> {})).isFalse();
    }

    @Test
    void whatAHandlerThrowsGoesToTheExceptionHandler() {
        List<String> problems = new ArrayList<>();
        run(() -> {
            Asyncio.runningLoop().setExceptionHandler((_, problem) -> problems.add("" + problem.exception()));
            LoopAccess access = EventLoop.access();
            access.post(() -> {
                throw new IllegalStateException("broken");
            });
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            access.report(new EventLoop.ExceptionContext("told"));
        });
        assertThat(problems).containsExactly("java.lang.IllegalStateException: broken", "null");
    }

    @Test
    void anInterruptWhileTheLoopWaitsCancelsTheMainTask() {
        Thread me = Thread.currentThread();
        List<Class<?>> seen = new ArrayList<>();
        assertThatThrownBy(() -> run(() -> {
                    EventPoller poller = install();
                    LoopIo io = Innards.running().io;
                    Thread.ofPlatform().start(() -> {
                        while (!io.isWaiting()) {
                            Thread.onSpinWait();
                        }
                        me.interrupt();
                    });
                    try {
                        await(poller.loop.createFuture(() -> "an event"));
                    } catch (CancelledError cancelled) {
                        seen.add(cancelled.getClass());
                        throw cancelled;
                    }
                }))
                .isInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).containsExactly(CancelledError.class);
    }

    @Test
    void aLoopWithAPollerRunsInTheThreadThatOpenedItOnly() throws InterruptedException {
        List<@Nullable Throwable> refused = new ArrayList<>();
        try (Runner runner = new Runner()) {
            runner.run(() -> {
                install();
            });
            Thread other = Thread.ofPlatform().name("other").unstarted(() -> {
                try {
                    runner.run(() -> {});
                } catch (IllegalStateException refusal) {
                    refused.add(refusal);
                }
            });
            other.start();
            other.join();
        }
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst())
                .hasMessage("The event loop cannot be run here: its I/O was opened in thread '"
                        + Thread.currentThread().getName() + "', which alone can go on with it");
    }

    @Test
    void aPinnedTaskOnTheCarrierEngineIsToldThatItCannotWait() {
        assumeTrue("carrier".equals(System.getProperty(Engines.PROPERTY)));
        assertThatThrownBy(() -> run(() -> {
                    install();
                    assertThat(EngineEdgePinnedTest.initialise("PollerTest$WaitsInItsInitialiser"))
                            .isZero();
                }))
                .isInstanceOf(ExceptionInInitializerError.class)
                .cause()
                .hasMessage("task 'Task-1' cannot suspend here: a native frame or a class initialiser on its stack pins"
                        + " it to the loop's thread, which has I/O to do; await outside of that, or use the baton"
                        + " engine");
    }

    @SuppressWarnings("unused") // a copy of it is used
    private static final class WaitsInItsInitialiser {
        static final int VALUE = value();

        private static int value() {
            sleep(Duration.ofMillis(1));
            return 0;
        }
    }
}
