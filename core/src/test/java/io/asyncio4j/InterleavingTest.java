package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.VirtualTime.runVirtually;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The order of steps, iteration by iteration. Every expected trace was printed by CPython 3.14
/// for the
/// same program. Where a ticker takes part, `t0 t1 ...` mark the iterations.
final class InterleavingTest {
    private final Trace trace = new Trace();

    private void startTicker(int ticks) {
        createTask("ticker", () -> {
            for (int i = 0; i < ticks; i++) {
                trace.add("t" + i);
                sleep(Duration.ZERO);
            }
        });
    }

    @Test
    void createdTasksRunInTurnsWhenTheyYield() {
        runVirtually(() -> {
            Task<Void> a = createTask(() -> yieldThreeTimes("a"));
            Task<Void> b = createTask(() -> yieldThreeTimes("b"));
            trace.add("m");
            a.await();
            trace.add("m+a");
            b.await();
            trace.add("m+b");
        });
        trace.assertIs("m a0 b0 a1 b1 a2 b2 m+a m+b");
    }

    private void yieldThreeTimes(String name) {
        for (int i = 0; i < 3; i++) {
            trace.add(name + i);
            sleep(Duration.ZERO);
        }
    }

    @Test
    void anAwaiterGoesOnInTheIterationAfterTheTaskEnded() {
        runVirtually(() -> {
            startTicker(6);
            Task<Void> child = createTask(() -> trace.add("c"));
            trace.add("m0");
            child.await();
            trace.add("m1");
            sleep(Duration.ZERO);
            trace.add("m2");
        });
        trace.assertIs("m0 t0 c t1 m1 t2 m2 t3");
    }

    @Test
    void aResultTakesOneIterationPerTaskOfAChain() {
        runVirtually(() -> {
            startTicker(9);
            Coroutine<Void> leaf = () -> {
                sleep(Duration.ZERO);
                trace.add("leaf");
                return null;
            };
            Coroutine<Void> mid = () -> {
                createTask(leaf).await();
                trace.add("mid");
                return null;
            };
            createTask(mid).await();
            trace.add("main");
        });
        trace.assertIs("t0 t1 t2 leaf t3 mid t4 main t5");
    }

    @Test
    void whatWaitsForAFutureRunsInTheOrderOfArrival() {
        runVirtually(() -> {
            Future<Integer> future = createFuture();
            createTask(() -> waitFor(future, "a"));
            future.addDoneCallback(f -> trace.add("cb1"));
            createTask(() -> waitFor(future, "b"));
            sleep(Duration.ZERO);
            future.addDoneCallback(f -> trace.add("cb2"));
            createTask(() -> trace.add("o"));
            future.setResult(1);
            trace.add("set");
            future.addDoneCallback(f -> trace.add("cb3"));
            future.await();
            trace.add("m");
            sleep(Duration.ZERO);
            trace.add("m2");
        });
        trace.assertIs("a? b? set m o cb1 a! b! cb2 cb3 m2");
    }

    private void waitFor(Future<Integer> future, String name) {
        trace.add(name + "?");
        future.await();
        trace.add(name + "!");
    }

    @Test
    void whatACallbackMakesReadyRunsInTheNextIteration() {
        runVirtually(() -> {
            EventLoop loop = runningLoop();
            loop.callSoon(() -> {
                trace.add("a");
                loop.callSoon(() -> trace.add("c"));
                createTask(() -> trace.add("t"));
            });
            loop.callSoon(() -> trace.add("b"));
            trace.add("m0");
            sleep(Duration.ZERO);
            trace.add("m1");
            sleep(Duration.ZERO);
            trace.add("m2");
        });
        trace.assertIs("m0 a b m1 c t m2");
    }

    @Test
    void dueTimersRunAfterWhatWasReadyEarliestDeadlineFirst() {
        runVirtually(() -> {
            EventLoop loop = runningLoop();
            loop.callLater(Duration.ZERO, () -> trace.add("L0"));
            loop.callSoon(() -> trace.add("S"));
            loop.callLater(Duration.ofSeconds(-1), () -> trace.add("L-1"));
            trace.add("m0");
            sleep(Duration.ZERO);
            trace.add("m1");
            sleep(Duration.ZERO);
            trace.add("m2");
        });
        trace.assertIs("m0 S m1 L-1 L0 m2");
    }

    @Test
    void aCancellationComesUpAChainOneTaskPerIteration() {
        runVirtually(() -> {
            Future<Void> future = createFuture();
            Task<Void> inner = createTask(() -> noteCancellation(future, "in"));
            Task<Void> outer = createTask(() -> noteCancellation(inner, "out"));
            startTicker(6);
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            outer.cancel();
            trace.add("cancel");
            try {
                outer.await();
            } catch (CancelledError error) {
                trace.add("main");
            }
        });
        trace.assertIs("t0 t1 cancel t2 inX t3 outX t4 main t5");
    }

    private void noteCancellation(Awaitable<Void> awaited, String name) {
        try {
            await(awaited);
        } catch (CancelledError error) {
            trace.add(name + "X");
            throw error;
        }
    }

    @Test
    void aTaskGroupEndsTwoIterationsAfterItsLastChild() {
        runVirtually(() -> {
            startTicker(8);
            taskGroup(group -> {
                group.createTask(() -> yieldOnce("a"));
                group.createTask(() -> yieldOnce("b"));
                trace.add("body");
            });
            trace.add("end");
        });
        trace.assertIs("body t0 a b t1 a! b! t2 t3 end t4");
    }

    private void yieldOnce(String name) {
        trace.add(name);
        sleep(Duration.ZERO);
        trace.add(name + "!");
    }

    @Test
    void aFailureCancelsTheSiblingsInTheOrderOfCreationAndThenTheBody() {
        runVirtually(() -> {
            startTicker(8);
            try {
                taskGroup(group -> {
                    group.createTask(() -> sleepLong("a"));
                    group.createTask(() -> {
                        trace.add("bad");
                        throw new IllegalArgumentException();
                    });
                    group.createTask(() -> sleepLong("b"));
                    sleepLong("body");
                });
            } catch (ExceptionGroup failures) {
                trace.add("end");
            }
        });
        trace.assertIs("body t0 a bad b t1 t2 aX bX bodyX t3 t4 end t5");
    }

    private void sleepLong(String name) {
        trace.add(name);
        try {
            sleep(Duration.ofSeconds(9));
        } catch (CancelledError error) {
            trace.add(name + "X");
            throw error;
        }
    }

    @Test
    void eagerTasksRunAtOnceUntilTheyFirstSuspend() {
        runVirtually(() -> {
            createTask(() -> twoSteps("lazy"));
            trace.add("m0");
            createTask(eager(), () -> twoSteps("e"));
            trace.add("m1");
            Task<Integer> done = createTask(eager(), () -> {
                trace.add("d");
                return 1;
            });
            trace.add("m2:" + done.isDone());
            createTask(eager(), () -> {
                trace.add("n0");
                createTask(eager(), () -> twoSteps("x"));
                trace.add("n1");
                sleep(Duration.ZERO);
                trace.add("n2");
            });
            trace.add("m3");
            sleep(Duration.ZERO);
            trace.add("m4");
            sleep(Duration.ZERO);
            trace.add("m5");
        });
        trace.assertIs("m0 e0 m1 d m2:true n0 x0 n1 m3 lazy0 e1 x1 n2 m4 lazy1 m5");
    }

    private static TaskOptions eager() {
        return TaskOptions.defaults().eagerStart(true);
    }

    private void twoSteps(String name) {
        trace.add(name + "0");
        sleep(Duration.ZERO);
        trace.add(name + "1");
    }
}
