package io.asyncio4j.diagnose;

import io.asyncio4j.Asyncio;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Loop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// The log of steps that block while this is open, as it comes.
public final class WatchdogLog implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.asyncio4j");
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            String message = record.getMessage();
            if (message.contains(" block") || message.contains(" ran for ") || message.contains(" cannot go on")) {
                messages.add(message);
                told(message);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();

    /// Opens it.
    public WatchdogLog() {
        awaitReports();
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /// Has `then` called as soon as a message that begins with `start` is logged.
    public void once(String start, Runnable then) {
        actions.put(start, then);
    }

    /// Has a limit set for the running loop as soon as the calling thread is in `method` and in
    /// `state`. A report that came before, since the machine is slow, would tell of something else.
    public static void limitOnceIn(String method, Thread.State state, Duration limit) {
        Loop loop = Caller.requireLoop("limit its steps");
        Thread blocked = Thread.currentThread();
        Thread.ofPlatform().daemon().start(() -> {
            while (!isIn(blocked, method, state)) {
                Thread.onSpinWait();
            }
            StepObserver.of(loop).slowSteps.setLimit(limit);
        });
    }

    private static boolean isIn(Thread thread, String method, Thread.State state) {
        return Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals(method))
                && thread.getState() == state;
    }

    /// Has the watchdog not look at the running loop any longer, so that only the test does, and
    /// forgets what it has found. It finds any step slow on a machine that has other things to do.
    /// Suspends.
    static void leaveAlone(LoopWatch watch) {
        Watchdog.unwatch(watch);
        while (Thread.getAllStackTraces().entrySet().stream().anyMatch(WatchdogLog::mayBeLooking)) {
            Thread.onSpinWait();
        }
        Asyncio.sleep(Duration.ZERO);
        watch.look(System.nanoTime(), 0);
        Asyncio.sleep(Duration.ZERO);
    }

    private static boolean mayBeLooking(Map.Entry<Thread, StackTraceElement[]> thread) {
        return thread.getKey().getName().equals("asyncio4j-watchdog")
                && Stream.of(thread.getValue())
                        .noneMatch(frame -> frame.getMethodName().equals("pause"));
    }

    private void told(String message) {
        actions.forEach((start, action) -> {
            if (message.startsWith(start) && actions.remove(start) != null) {
                action.run();
            }
        });
    }

    /// Waits until all that the watchdog has found is logged.
    private static void awaitReports() {
        CountDownLatch reported = new CountDownLatch(1);
        Watchdog.report(reported::countDown); // comes after what is to be reported already
        try {
            reported.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Forgets what was logged.
    void clear() {
        awaitReports();
        messages.clear();
    }

    /// Returns what was logged.
    public List<String> messages() {
        awaitReports();
        return List.copyOf(messages);
    }

    /// Returns the messages that begin with `start`, line by line, without what changes from run to
    /// run: times, numbers of lines and of objects.
    public List<List<String>> messagesOf(String start) {
        return messages().stream()
                .filter(message -> message.startsWith(start))
                .map(message -> message.replaceAll("\\d+ ms|\\d+\\.\\d s", "a while")
                        .replaceAll("java:\\d+\\)", "java)")
                        .replaceAll("@[0-9a-f]+", "@1b")
                        .lines()
                        .toList())
                .toList();
    }

    /// Returns who blocks or no longer blocks, message by message.
    public List<String> firstWords() {
        return messages().stream()
                .map(message -> message.replaceFirst("(?s)( blocks| ran for).*", "$1"))
                .toList();
    }

    @Override
    public void close() {
        awaitReports();
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
