package io.asyncio4j.usage;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.diagnose.WatchdogLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A loop that is blocked is reported while it is: each step here ends only because the log has its
/// report.
@Timeout(300)
final class WatchdogTest {
    private static final Duration LIMIT = ofMillis(20);

    /// Steps have no limit but where a test gives them one.
    private static final RunnerOptions UNLIMITED = RunnerOptions.defaults().slowCallbackDuration(ZERO);

    private static final String ADVICE =
            " Use toThread(...) for what blocks, and sleep(Duration.ZERO) to let others run";

    private static final String BLOCKS =
            " blocks the event loop of thread 'looper', for a while by now; nothing else can run meanwhile." + ADVICE;

    /// A loop that is blocked for good must not keep the test's own thread.
    private void runLoop(VoidCoroutine main) throws Exception {
        runLoop(UNLIMITED, "looper", main).get();
    }

    private static CompletableFuture<Object> runLoop(RunnerOptions options, String thread, VoidCoroutine main) {
        CompletableFuture<Object> ended = new CompletableFuture<>();
        Thread.ofPlatform().name(thread).daemon().start(() -> {
            try (Runner runner = new Runner(options)) {
                runner.run(main);
                ended.complete("ended");
            } catch (Throwable failed) {
                ended.completeExceptionally(failed);
            }
        });
        return ended;
    }

    /// Begins a step that is expected to be reported, in a task of this name, once its thread is in
    /// a method and a state.
    private static void beginSlowStep(
            WatchdogLog log, String name, String method, Thread.State state, Runnable onceReported) {
        log.once("Task '" + name + "' blocks", onceReported);
        Task<?> task = currentTask();
        if (task != null) {
            task.setName(name);
        }
        WatchdogLog.limitOnceIn(method, state, LIMIT);
    }

    /// Ends it: what follows is not to be reported, however slow the machine.
    private static void endSlowStep() {
        runningLoop().setSlowCallbackDuration(ZERO);
    }

    @Test
    void aTaskThatSleepsOnItsThread() throws Exception {
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                beginSlowStep(log, "sleeper", "sleep", Thread.State.TIMED_WAITING, Thread.currentThread()::interrupt);
                sleepUntilInterrupted();
                endSlowStep();
            });
            assertThat(log.messagesOf("Task 'sleeper'"))
                    .startsWith(List.of(
                            "Task 'sleeper'" + BLOCKS,
                            "    at java.base/java.lang.Thread.sleep(Thread.java)",
                            "    at io.asyncio4j.usage.WatchdogTest.sleepUntilInterrupted(WatchdogTest.java)",
                            "    at io.asyncio4j.usage.WatchdogTest.lambda$aTaskThatSleepsOnItsThread$0"
                                    + "(WatchdogTest.java)"));
        }
    }

    private static void sleepUntilInterrupted() {
        try {
            Thread.sleep(ofDays(1));
            throw new AssertionError("It was not reported");
        } catch (InterruptedException reported) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void theEndIsReportedToo() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                beginSlowStep(log, "sleeper", "sleep", Thread.State.TIMED_WAITING, Thread.currentThread()::interrupt);
                sleepUntilInterrupted();
                log.once("Task 'sleeper' no longer", ended::countDown);
                endSlowStep();
                sleep(ZERO);
                toThread(() -> {
                    ended.await();
                    return null;
                });
            });
            assertThat(log.messagesOf("Task 'sleeper' no longer"))
                    .containsExactly(List.of("Task 'sleeper' no longer blocks its event loop, after a while"));
        }
    }

    @Test
    void aTaskThatComputes() throws Exception {
        AtomicBoolean reported = new AtomicBoolean();
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                beginSlowStep(log, "computer", "compute", Thread.State.RUNNABLE, () -> reported.set(true));
                compute(reported);
                endSlowStep();
            });
            assertThat(log.messagesOf("Task 'computer'").getFirst())
                    .startsWith("Task 'computer'" + BLOCKS)
                    .contains(
                            "    at io.asyncio4j.usage.WatchdogTest.compute(WatchdogTest.java)",
                            "    at io.asyncio4j.usage.WatchdogTest.lambda$aTaskThatComputes$0(WatchdogTest.java)");
        }
    }

    private static void compute(AtomicBoolean reported) {
        long sum = 0;
        while (!reported.get()) {
            sum += 1;
        }
        assertThat(sum).isPositive();
    }

    @Test
    void aCallbackThatBlocks() throws Exception {
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                runningLoop().callSoon(new Refresh(log));
                sleep(ZERO);
                sleep(ZERO);
            });
            assertThat(log.messagesOf("Callback").getFirst())
                    .containsExactly(
                            "Callback Handle[io.asyncio4j.usage.WatchdogTest$Refresh]" + BLOCKS,
                            "    at java.base/java.lang.Thread.sleep(Thread.java)",
                            "    at io.asyncio4j.usage.WatchdogTest.sleepUntilInterrupted(WatchdogTest.java)",
                            "    at io.asyncio4j.usage.WatchdogTest$Refresh.run(WatchdogTest.java)");
        }
    }

    private record Refresh(WatchdogLog log) implements Runnable {
        @Override
        public void run() {
            log.once("Callback Handle", Thread.currentThread()::interrupt);
            WatchdogLog.limitOnceIn("sleep", Thread.State.TIMED_WAITING, LIMIT);
            sleepUntilInterrupted();
            runningLoop().setSlowCallbackDuration(ZERO);
        }
    }

    @Test
    void aTaskThatNeedsAMonitorOfAnotherThread() throws Exception {
        Object monitor = new Object();
        CountDownLatch release = new CountDownLatch(1);
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                startThread("keeper", release, monitor);
                beginSlowStep(log, "entering", "enter", Thread.State.BLOCKED, release::countDown);
                enter(monitor);
                endSlowStep();
            });
            assertThat(log.messagesOf("Task 'entering'").getFirst())
                    .startsWith(
                            "Task 'entering'" + BLOCKS,
                            "    waiting for the monitor of java.lang.Object@1b, held by thread 'keeper'",
                            "    at io.asyncio4j.usage.WatchdogTest.enter(WatchdogTest.java)");
        }
    }

    private static void enter(Object monitor) {
        synchronized (monitor) {
            assertThat(Thread.holdsLock(monitor)).isTrue();
        }
    }

    /// Starts a thread that holds a monitor until it is released, and returns when it has it.
    private static void startThread(String name, CountDownLatch release, Object monitor) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        Thread.ofPlatform().name(name).daemon().start(() -> {
            synchronized (monitor) {
                held.countDown();
                awaitUninterruptibly(release);
            }
        });
        held.await();
    }

    private static void awaitUninterruptibly(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallbackThatNeedsAMonitorOfAnotherThread() throws Exception {
        Object monitor = new Object();
        CountDownLatch release = new CountDownLatch(1);
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                startThread("keeper", release, monitor);
                runningLoop().callSoon(() -> {
                    log.once("Callback Handle", release::countDown);
                    WatchdogLog.limitOnceIn("enter", Thread.State.BLOCKED, LIMIT);
                    enter(monitor);
                    endSlowStep();
                });
                sleep(ZERO);
                sleep(ZERO);
            });
            assertThat(log.messagesOf("Callback").getFirst())
                    .startsWith(
                            "Callback Handle[a lambda of io.asyncio4j.usage.WatchdogTest]" + BLOCKS,
                            "    waiting for the monitor of java.lang.Object@1b, held by thread 'keeper'",
                            "    at io.asyncio4j.usage.WatchdogTest.enter(WatchdogTest.java)");
        }
    }

    @Test
    void aTaskThatNeedsAMonitorOfATaskElsewhere() throws Exception {
        Object monitor = new Object();
        CompletableFuture<Runnable> release = new CompletableFuture<>();
        CompletableFuture<Object> other = runLoop(UNLIMITED, "other", () -> {
            currentTask().setName("writer");
            EventLoop loop = runningLoop();
            Future<String> go = createFuture();
            synchronized (monitor) {
                // once this waits
                loop.callSoon(() -> release.complete(() -> loop.callSoonThreadsafe(() -> go.setResult("go"))));
                await(go);
            }
        });
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                beginSlowStep(log, "reader", "enter", Thread.State.BLOCKED, release.get());
                enter(monitor);
                endSlowStep();
            });
            assertThat(log.messagesOf("Task 'reader'").getFirst().get(1))
                    .startsWith("    waiting for the monitor of java.lang.Object@1b, held by task 'writer' at"
                            + " io.asyncio4j.usage.WatchdogTest.lambda$");
        }
        other.get();
    }

    @Test
    void aTaskThatNeedsALockOfAnotherTask() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                Future<String> go = createFuture();
                Task<?> holder = createTask("holder", () -> {
                    lock.lock();
                    try {
                        await(go);
                    } finally {
                        lock.unlock();
                    }
                });
                sleep(ZERO);
                beginSlowStep(log, "deadlocked", "park", Thread.State.WAITING, Thread.currentThread()::interrupt);
                lockUntilInterrupted(lock);
                endSlowStep();
                go.setResult("go");
                await(holder);
            });
            List<String> lines = log.messagesOf("Task 'deadlocked'").getFirst();
            assertThat(lines.get(1))
                    .startsWith("    waiting for java.util.concurrent.locks.ReentrantLock$NonfairSync@1b,"
                            + " held by task 'holder' at io.asyncio4j.usage.WatchdogTest.lambda$");
            assertThat(lines)
                    .contains("    at io.asyncio4j.usage.WatchdogTest.lockUntilInterrupted(WatchdogTest.java)");
        }
    }

    @SuppressWarnings("LockNotBeforeTry") // it is never got
    private static void lockUntilInterrupted(ReentrantLock lock) {
        try {
            lock.lockInterruptibly();
            throw new AssertionError("It was not reported");
        } catch (InterruptedException reported) {
            assertThat(lock.isHeldByCurrentThread()).isFalse();
        }
    }

    @Test
    void aTaskThatNeedsALockOfAnotherThread() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread.ofPlatform().name("keeper").daemon().start(() -> {
            lock.lock();
            try {
                held.countDown();
                awaitUninterruptibly(release);
            } finally {
                lock.unlock();
            }
        });
        held.await();
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                beginSlowStep(log, "locking", "park", Thread.State.WAITING, Thread.currentThread()::interrupt);
                lockUntilInterrupted(lock);
                endSlowStep();
            });
            assertThat(log.messagesOf("Task 'locking'").getFirst().get(1))
                    .isEqualTo("    waiting for java.util.concurrent.locks.ReentrantLock$NonfairSync@1b,"
                            + " held by thread 'keeper'");
        }
        release.countDown();
    }

    @Test
    void aTaskThatWaitsForWhatNobodyOwns() throws Exception {
        try (WatchdogLog log = new WatchdogLog()) {
            CountDownLatch latch = new CountDownLatch(1);
            runLoop(() -> {
                beginSlowStep(log, "latched", "park", Thread.State.WAITING, latch::countDown);
                latch.await();
                endSlowStep();
            });
            assertThat(log.messagesOf("Task 'latched'").getFirst().get(1))
                    .isEqualTo("    waiting for java.util.concurrent.CountDownLatch$Sync@1b");
            Thread[] parked = {null};
            runLoop(() -> {
                parked[0] = Thread.currentThread();
                AtomicBoolean reported = new AtomicBoolean();
                beginSlowStep(log, "parked", "park", Thread.State.WAITING, () -> {
                    reported.set(true);
                    LockSupport.unpark(parked[0]);
                });
                while (!reported.get()) {
                    LockSupport.park("a letter");
                }
                endSlowStep();
            });
            assertThat(log.messagesOf("Task 'parked'").getFirst().get(1))
                    .isEqualTo("    waiting for java.lang.String@1b");
        }
    }

    /// On the baton engine it runs on another thread than the task.
    @Test
    void anExceptionHandlerThatBlocksTheTaskWhichCallsIt() throws Exception {
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                runningLoop().setExceptionHandler((_, _) -> {
                    beginSlowStep(
                            log, "reporting", "sleep", Thread.State.TIMED_WAITING, Thread.currentThread()::interrupt);
                    sleepUntilInterrupted();
                    endSlowStep();
                });
                currentTask().setName("reporting");
                runningLoop().callExceptionHandler(new EventLoop.ExceptionContext("a problem"));
            });
            assertThat(log.messagesOf("Task 'reporting'").getFirst())
                    .startsWith(
                            "Task 'reporting'" + BLOCKS,
                            "    at java.base/java.lang.Thread.sleep(Thread.java)",
                            "    at io.asyncio4j.usage.WatchdogTest.sleepUntilInterrupted(WatchdogTest.java)");
        }
    }

    @Test
    void aTaskWhoseThreadGetsNoCarrier() throws Exception {
        assumeTrue(
                "baton".equals(System.getProperty("asyncio4j.engine")), "the carrier engine has a thread of its own");
        AtomicBoolean reported = new AtomicBoolean();
        AtomicInteger computing = new AtomicInteger();
        int carriers = Runtime.getRuntime().availableProcessors();
        try (WatchdogLog log = new WatchdogLog()) {
            runLoop(() -> {
                log.once("Task 'starved'", () -> reported.set(true));
                Task<?> starved = createTask("starved", () -> endSlowStep());
                runningLoop().setSlowCallbackDuration(LIMIT);
                for (int i = 0; i < carriers; i++) {
                    Thread.startVirtualThread(() -> {
                        computing.incrementAndGet();
                        compute(reported);
                    });
                }
                while (computing.get() < carriers - 1) {
                    Thread.onSpinWait(); // the last one gets the carrier that this task leaves
                }
                await(starved);
            });
            assertThat(log.messagesOf("Task 'starved'").getFirst())
                    .containsExactly("Task 'starved' cannot go on, for a while by now, and so blocks the event loop of"
                            + " thread 'looper': its virtual thread gets no carrier thread. Others keep them all: they"
                            + " compute, or are pinned by a native frame or a class initialiser while they wait");
        }
    }

    @Test
    void severalLoopsAtOnce() throws Exception {
        CountDownLatch reported = new CountDownLatch(2);
        try (WatchdogLog log = new WatchdogLog()) {
            CompletableFuture<Object> first = runLoop(UNLIMITED, "first", () -> {
                beginSlowStep(log, "one", "park", Thread.State.WAITING, reported::countDown);
                reported.await();
                endSlowStep();
            });
            CompletableFuture<Object> second = runLoop(UNLIMITED, "second", () -> {
                beginSlowStep(log, "two", "park", Thread.State.WAITING, reported::countDown);
                reported.await();
                endSlowStep();
            });
            first.get();
            second.get();
            assertThat(log.messages())
                    .anyMatch(message -> message.startsWith("Task 'one' blocks the event loop of thread 'first'"))
                    .anyMatch(message -> message.startsWith("Task 'two' blocks the event loop of thread 'second'"));
        }
    }

    @Test
    void theLimitCanBeAnOptionOfTheRunner() throws Exception {
        RunnerOptions options = RunnerOptions.defaults().slowCallbackDuration(LIMIT);
        CountDownLatch reported = new CountDownLatch(1);
        try (WatchdogLog log = new WatchdogLog()) {
            log.once("Task 'Task-1'", reported::countDown);
            CompletableFuture<Object> ended = runLoop(options, "looper", () -> {
                assertThat(runningLoop().slowCallbackDuration()).isEqualTo(LIMIT);
                reported.await();
                endSlowStep();
            });
            ended.get();
            assertThat(log.messages()).isNotEmpty();
        }
    }

    @Test
    void theLimitDependsOnDebugModeUnlessItIsSet() {
        try (Runner runner = new Runner(RunnerOptions.defaults().debug(false))) {
            EventLoop loop = runner.loop();
            assertThat(loop.slowCallbackDuration()).isEqualTo(Duration.ofSeconds(5));
            loop.setDebug(true);
            assertThat(loop.slowCallbackDuration()).isEqualTo(ofMillis(100));
            loop.setSlowCallbackDuration(ofMillis(300));
            loop.setDebug(false);
            assertThat(loop.slowCallbackDuration()).isEqualTo(ofMillis(300));
        }
    }
}
