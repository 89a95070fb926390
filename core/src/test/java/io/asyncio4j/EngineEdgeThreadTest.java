package io.asyncio4j;

import static io.asyncio4j.Asyncio.allTasks;
import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.kernel.LoopIo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A task has its thread to itself: nothing of one task is seen by another or by callbacks, and
/// nothing that is done to the thread from outside disturbs the loop.
@SuppressWarnings("ReferenceEquality")
final class EngineEdgeThreadTest {
    private static final Duration YIELD = Duration.ZERO;

    @Test
    void threadLocalsAndScopedValuesAreATasksOwn() {
        ThreadLocal<String> local = new ThreadLocal<>();
        InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
        ScopedValue<String> scoped = ScopedValue.newInstance();
        List<String> seen = new ArrayList<>();
        inheritable.set("outer");
        run(() -> {
            taskGroup(group -> {
                for (String name : List.of("a", "b", "c")) {
                    group.createTask(() -> {
                        seen.add(name + local.get() + inheritable.get() + scoped.isBound());
                        local.set(name);
                        inheritable.set(name);
                        ScopedValue.where(scoped, name).run(() -> {
                            sleep(YIELD);
                            seen.add(local.get() + inheritable.get() + scoped.get());
                        });
                    });
                }
            });
            for (int i = 0; i < 3; i++) {
                await(createTask(() -> {
                    seen.add("fresh " + local.get() + inheritable.get() + scoped.isBound());
                    local.set("again");
                }));
            }
        });
        inheritable.remove();
        assertThat(seen)
                .containsExactly(
                        "anullnullfalse",
                        "bnullnullfalse",
                        "cnullnullfalse",
                        "aaa",
                        "bbb",
                        "ccc",
                        "fresh nullnullfalse",
                        "fresh nullnullfalse",
                        "fresh nullnullfalse");
    }

    @Test
    void namesClassLoadersAndInterruptsDoNotPassToTheNextTask() {
        ClassLoader outer = Thread.currentThread().getContextClassLoader();
        List<String> seen = new ArrayList<>();
        run(() -> {
            for (int i = 0; i < 3; i++) {
                String name = i == 1 ? "named" : null;
                VoidCoroutine body = () -> {
                    Thread me = Thread.currentThread();
                    seen.add("'" + me.getName() + "' " + me.isInterrupted() + " "
                            + (me.getContextClassLoader() == outer));
                    me.setContextClassLoader(null);
                    me.interrupt();
                };
                await(name == null ? createTask(body) : createTask(name, body));
            }
            await(createTask(() -> {
                seen.add("'" + Thread.currentThread().getName() + "'");
            }));
        });
        assertThat(seen)
                .containsExactly("'Task-2' false true", "'named' false true", "'Task-3' false true", "'Task-4'");
    }

    @Test
    void callbacksSeeTheThreadThatCalledRun() {
        ThreadLocal<String> local = new ThreadLocal<>();
        Thread caller = Thread.currentThread();
        local.set("caller's");
        List<String> seen = new ArrayList<>();
        run(() -> {
            local.set("task's");
            Future<Void> future = createFuture();
            VoidCoroutine note = () -> seen.add((Thread.currentThread() == caller) + " " + local.get());
            runningLoop().callSoon(() -> await0(note));
            runningLoop().callLater(Duration.ofNanos(1), () -> await0(note));
            future.addDoneCallback(done -> await0(note));
            future.setResult(null);
            runningLoop().callSoonThreadsafe(() -> await0(note));
            sleep(Duration.ofMillis(1));
            seen.add((Thread.currentThread() == caller) + " " + local.get());
        });
        local.remove();
        assertThat(seen)
                .containsExactly("true caller's", "true caller's", "true caller's", "true caller's", "false task's");
    }

    private static void await0(VoidCoroutine body) {
        try {
            body.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void strayUnparksWakeNobody() {
        CountDownLatch started = new CountDownLatch(1);
        Thread[] target = new Thread[1];
        Thread pest = new Thread(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                return;
            }
            for (int i = 0; i < 200; i++) {
                LockSupport.unpark(target[0]);
                LockSupport.parkNanos(20_000);
            }
        });
        pest.start();
        long slept = run(() -> {
            target[0] = Thread.currentThread();
            started.countDown();
            EventLoop loop = runningLoop();
            long start = loop.time();
            sleep(Duration.ofMillis(10));
            return loop.time() - start;
        });
        assertThat(slept).isGreaterThanOrEqualTo(10_000_000);
    }

    @Test
    void anInterruptDuringAnAwaitIsKeptForTheTask() throws InterruptedException {
        Thread[] target = new Thread[1];
        List<String> seen = new ArrayList<>();
        run(() -> {
            Future<Void> interrupted = createFuture();
            EventLoop loop = runningLoop();
            target[0] = Thread.currentThread();
            new Thread(() -> {
                        target[0].interrupt();
                        loop.callSoonThreadsafe(() -> interrupted.setResult(null));
                    })
                    .start();
            await(interrupted);
            seen.add("interrupted " + Thread.currentThread().isInterrupted());
            seen.add("other " + await(createTask(() -> Thread.currentThread().isInterrupted())));
            sleep(Duration.ofMillis(2));
            seen.add("still " + Thread.interrupted());
        });
        assertThat(seen).containsExactly("interrupted true", "other false", "still true");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptedTaskThatIdlesDoesNotSpin() {
        long polls = run(() -> {
            Thread.currentThread().interrupt();
            long before = runningLoop().statistics().polls();
            sleep(Duration.ofMillis(40));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            return runningLoop().statistics().polls() - before;
        });
        assertThat(polls).as("polls, of which one suffices").isLessThan(10);
    }

    @Test
    void anInterruptEndsWhatATaskBlocksIn() {
        String result = run(() -> {
            Thread me = Thread.currentThread();
            new Thread(() -> {
                        while (me.getState() == Thread.State.RUNNABLE) {
                            Thread.onSpinWait();
                        }
                        me.interrupt();
                    })
                    .start();
            try {
                Thread.sleep(60_000);
                return "slept";
            } catch (InterruptedException e) {
                return "interrupted";
            }
        });
        assertThat(result).isEqualTo("interrupted");
    }

    @Test
    void anInterruptOfTheThreadThatCalledRunCancelsTheMainTask() {
        Thread caller = Thread.currentThread();
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> run(() -> {
                    LoopIo io = Innards.running().io;
                    new Thread(() -> {
                                while (!io.isWaiting()) {
                                    Thread.onSpinWait();
                                }
                                caller.interrupt();
                            })
                            .start();
                    try {
                        sleep(Duration.ofMinutes(1));
                    } finally {
                        sleep(YIELD);
                        seen.add("cleaned up");
                    }
                }))
                .isInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).containsExactly("cleaned up");
    }

    @Test
    void runFromAVirtualThreadWorks() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        Thread caller = Thread.ofVirtual()
                .name("caller")
                .start(() -> run(() -> {
                    taskGroup(group -> {
                        for (String name : List.of("a", "b")) {
                            group.createTask(() -> {
                                seen.add(name);
                                sleep(Duration.ofMillis(1));
                                seen.add(name);
                            });
                        }
                    });
                    runningLoop().callSoon(() -> seen.add(Thread.currentThread().getName()));
                    sleep(YIELD);
                }));
        caller.join();
        assertThat(seen).containsExactly("a", "b", "a", "b", "caller");
    }

    @Test
    void loopsInSeveralThreadsDoNotMeet() throws InterruptedException {
        int loops = 4;
        int[] steps = new int[loops];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            int mine = i;
            threads.add(Thread.ofPlatform()
                    .start(() -> run(() -> {
                        EventLoop loop = runningLoop();
                        taskGroup(group -> {
                            for (int t = 0; t < 20; t++) {
                                group.createTask(() -> {
                                    for (int k = 0; k < 50; k++) {
                                        assertThat(runningLoop()).isSameAs(loop);
                                        steps[mine]++;
                                        sleep(YIELD);
                                    }
                                });
                            }
                            sleep(YIELD);
                            assertThat(allTasks()).hasSize(21);
                        });
                    })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(steps).containsOnly(1000);
    }
}
