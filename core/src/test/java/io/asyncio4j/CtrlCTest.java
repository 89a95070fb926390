package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.spi.ProcessSignals;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Ctrl-C in programs that each have a JVM of their own, and send themselves the signal.
final class CtrlCTest {
    private static final int INTERRUPTED = 130;
    private static final Duration DAY = Duration.ofDays(1);

    private static void pressCtrlC() {
        ProcessSignals.raise("INT");
    }

    /// Waits for Ctrl-C.
    private static void work() {
        try {
            createTask(CtrlCTest::pressCtrlC);
            sleep(DAY);
        } finally {
            sleep(Duration.ZERO);
            System.out.println("cleaned");
        }
    }

    /// Blocks the loop until Ctrl-C has reached it.
    private static void blockUntilCtrlC() {
        pressCtrlC();
        while (EventLoop.access().mayBlock()) { // until something is posted
            Thread.onSpinWait();
        }
    }

    private static void onExit(String name, Thread... awaited) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println(name);
            for (Thread thread : awaited) {
                thread.interrupt();
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                System.out.println(thread.getName() + " has ended");
            }
        }));
    }

    // ------------------------------------------------------------------ in the main thread

    static final class HookThatJoins {
        public static void main(String[] args) {
            onExit("hook", Thread.currentThread());
            run(() -> work());
        }
    }

    @Test
    void aShutdownHookMayWaitForTheThreadOfTheRunner() throws Exception {
        assertThat(ChildJvm.run(HookThatJoins.class))
                .isEqualTo(new ChildJvm.Ended(INTERRUPTED, "cleaned", "hook", "main has ended"));
    }

    static final class HookThatHangs {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                System.out.println("hook");
                pressCtrlC();
                while (true) {
                    Thread.onSpinWait();
                }
            }));
            run(() -> work());
        }
    }

    @Test
    void theSecondEndsTheProcessAlsoWhileShutdownHooksHang() throws Exception {
        assertThat(ChildJvm.run(HookThatHangs.class)).isEqualTo(new ChildJvm.Ended(INTERRUPTED, "cleaned", "hook"));
    }

    static final class BlockedStep {
        public static void main(String[] args) {
            run(() -> {
                blockUntilCtrlC();
                try {
                    sleep(Duration.ZERO);
                    System.out.println("not cancelled");
                } finally {
                    System.out.println("cleaned");
                }
            });
            System.out.println("goes on");
        }
    }

    @Test
    void aStepThatBlocksIsCancelledAtItsNextAwaitBeItTheLast() throws Exception {
        assertThat(ChildJvm.run(BlockedStep.class)).isEqualTo(new ChildJvm.Ended(INTERRUPTED, "cleaned"));
    }

    static final class BlockedSibling {
        public static void main(String[] args) {
            run(() -> {
                Future<Void> ready = Asyncio.createFuture();
                createTask(() -> {
                    blockUntilCtrlC();
                    ready.setResult(null);
                });
                try {
                    ready.await();
                    System.out.println("not cancelled");
                } finally {
                    System.out.println("cleaned");
                }
            });
        }
    }

    @Test
    void aStepOfAnotherTaskMayBlockMeanwhile() throws Exception {
        assertThat(ChildJvm.run(BlockedSibling.class)).isEqualTo(new ChildJvm.Ended(INTERRUPTED, "cleaned"));
    }

    static final class LastStep {
        public static void main(String[] args) {
            run(() -> {
                blockUntilCtrlC();
                System.out.println("last");
            });
            System.out.println("goes on");
        }
    }

    @Test
    void ctrlCInTheVeryLastStepEndsTheProcess() throws Exception {
        assertThat(ChildJvm.run(LastStep.class)).isEqualTo(new ChildJvm.Ended(INTERRUPTED, "last"));
    }

    static final class FailsInItsLastStep {
        public static void main(String[] args) throws IOException {
            var options = RunnerOptions.defaults()
                    .exceptionHandler(
                            (_, problem) -> System.out.println(problem.message() + ": " + problem.exception()));
            try (Runner runner = new Runner(options)) {
                runner.run(() -> {
                    blockUntilCtrlC();
                    throw new IOException("broken");
                });
            }
        }
    }

    @Test
    void aFailureInThatStepIsReported() throws Exception {
        assertThat(ChildJvm.run(FailsInItsLastStep.class))
                .isEqualTo(new ChildJvm.Ended(
                        INTERRUPTED,
                        "Task 'Task-1' failed while Ctrl-C was about to cancel it: java.io.IOException: broken"));
    }

    static final class TwoRuns {
        public static void main(String[] args) {
            try (Runner runner = new Runner()) {
                try {
                    runner.run(() -> work());
                } catch (CancelledError cancelled) {
                    runner.run(() -> System.out.println("says goodbye"));
                }
                System.out.println("closes");
            }
            System.out.println("goes on");
        }
    }

    @Test
    void aRunnerMayBeUsedOnceMoreBeforeItsEndIsTheProcesss() throws Exception {
        assertThat(ChildJvm.run(TwoRuns.class))
                .isEqualTo(new ChildJvm.Ended(INTERRUPTED, "cleaned", "says goodbye", "closes"));
    }

    static final class Refuses {
        public static void main(String[] args) {
            run(() -> {
                try {
                    work();
                } catch (CancelledError cancelled) {
                    Asyncio.currentTask().uncancel();
                }
            });
            System.out.println("goes on");
        }
    }

    @Test
    void aMainTaskThatRefusesToBeCancelledLetsTheProcessLive() throws Exception {
        assertThat(ChildJvm.run(Refuses.class)).isEqualTo(new ChildJvm.Ended(0, "cleaned", "goes on"));
    }

    static final class OwnHandler {
        public static void main(String[] args) throws Exception {
            var told = new CountDownLatch(1);
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> {
                System.out.println("the program's handler");
                told.countDown();
                return null;
            });
            signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
            run(() -> {
                pressCtrlC();
                Asyncio.toThread(() -> told.await());
                System.out.println("not cancelled");
            });
        }
    }

    @Test
    void aHandlerOfTheProgramsOwnIsLeftAlone() throws Exception {
        assertThat(ChildJvm.run(OwnHandler.class))
                .isEqualTo(new ChildJvm.Ended(0, "the program's handler", "not cancelled"));
    }

    static final class Off {
        public static void main(String[] args) {
            onExit("hook");
            try (Runner runner = new Runner(RunnerOptions.defaults().handleInterrupts(false))) {
                runner.run(() -> work());
            }
        }
    }

    @Test
    void anOptionLeavesCtrlCToTheJvm() throws Exception {
        assertThat(ChildJvm.run(Off.class)).isEqualTo(new ChildJvm.Ended(INTERRUPTED, "hook"));
    }

    // ------------------------------------------------------------------ in other threads

    /// A container: its hook ends the thread in which the program runs.
    static final class OtherThread {
        public static void main(String[] args) {
            Thread worker = new Thread(Thread.currentThread().getThreadGroup(), () -> run(() -> work()), "main");
            Thread.currentThread().setName("launcher");
            onExit("hook", worker);
            worker.setUncaughtExceptionHandler((_, thrown) -> System.out.println(thrown));
            worker.start();
        }
    }

    @Test
    void aRunnerInAnotherThreadLeavesCtrlCToTheJvm() throws Exception {
        assertThat(ChildJvm.run(OtherThread.class))
                .isEqualTo(new ChildJvm.Ended(
                        INTERRUPTED, "hook", "cleaned", "io.asyncio4j.CancelledError", "main has ended"));
    }

    static final class OtherThreadThatAsks {
        public static void main(String[] args) {
            Thread worker = new Thread(
                    () -> {
                        try (Runner runner = new Runner(RunnerOptions.defaults().handleInterrupts(true))) {
                            runner.run(() -> work());
                        }
                    },
                    "worker");
            onExit("hook", worker);
            worker.start();
        }
    }

    @Test
    void aRunnerInAnotherThreadMayAskForIt() throws Exception {
        assertThat(ChildJvm.run(OtherThreadThatAsks.class))
                .isEqualTo(new ChildJvm.Ended(INTERRUPTED, "cleaned", "hook", "worker has ended"));
    }

    static final class RenamedMainThread {
        public static void main(String[] args) {
            Thread.currentThread().setName("server");
            run(() -> work());
        }
    }

    @Test
    void theMainThreadIsKnownWhateverItsName() throws Exception {
        assertThat(ChildJvm.run(RenamedMainThread.class)).isEqualTo(new ChildJvm.Ended(INTERRUPTED, "cleaned"));
    }
}
