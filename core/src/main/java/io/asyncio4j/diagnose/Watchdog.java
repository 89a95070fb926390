package io.asyncio4j.diagnose;

import io.asyncio4j.base.CoarseTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks at every loop of the process from time to time, and has it logged when one is blocked.
///
/// One daemon thread, started with the first run of a loop; it waits while no loop runs. It runs no
/// code of others: what takes long or may fail, such as a thread dump, a logger, or JMX, is the
/// business of a second thread, which lives only while there is something to do.
public final class Watchdog {
    /*
     * A loop counts what it takes from its queue and how often it polls, and does nothing else for this:
     * no clock is read. The watchdog compares that number with the one it saw before (LoopWatch). If it is
     * the same and the loop does not wait for something to happen, then one step has lasted from look to look.
     *
     * Looks come four times within the shortest limit of the loops that run. Time in which the watchdog itself
     * did not get to run, because the machine or the JVM stood still, does not count against a loop.
     */

    private static final long SHORTEST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    /// How many pauses without a loop it takes until the thread waits for one: programs that run
    /// many short loops need not wake it each time.
    private static final int PATIENCE = 8;

    private static final int MAX_REPORTS_WAITING = 1000;

    /// The loops that run; guards everything here.
    private static final List<LoopWatch> RUNNING = new ArrayList<>();

    private static boolean started;

    /// For how long the thread waits now; `Long.MAX_VALUE` until a loop runs.
    private static long pauseMillis;

    private static int pausesWithoutLoop;

    /// Lets others look in; null once that is done.
    private static volatile @Nullable Chore chore;

    /// Something to be done once for the process.
    public interface Chore {
        /// Returns whether somebody waits for it. Called at each look.
        boolean isDue();

        /// Does it. Takes a while.
        void run();
    }

    /// Logs what was found, one after the other.
    private static final ThreadPoolExecutor REPORTER = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_REPORTS_WAITING),
            body -> newThread("asyncio4j-watchdog-report", body),
            new ThreadPoolExecutor.DiscardPolicy());

    private Watchdog() {}

    // ------------------------------------------------------------------ for loops

    /// Takes the chore, before any loop runs.
    public static void setChore(Chore once) {
        chore = once;
    }

    /// A loop begins to run.
    static void watch(LoopWatch loop) {
        CoarseTime.update();
        synchronized (RUNNING) {
            RUNNING.add(loop);
            if (!started) {
                start();
            }
            wakeFor(loop);
        }
    }

    /// A loop has ended its run.
    static void unwatch(LoopWatch loop) {
        synchronized (RUNNING) {
            RUNNING.remove(loop);
        }
    }

    /// The limit of a loop that runs has changed.
    static void limitChanged(LoopWatch loop) {
        synchronized (RUNNING) {
            wakeFor(loop);
        }
    }

    private static void wakeFor(LoopWatch loop) {
        if (pauseMillis > pauseFor(loop)) {
            RUNNING.notifyAll();
        }
    }

    /// Returns the loops that run.
    static List<LoopWatch> running() {
        synchronized (RUNNING) {
            return List.copyOf(RUNNING);
        }
    }

    /// Has `report` made by the second thread, after those before it.
    public static void report(Runnable report) {
        REPORTER.execute(() -> {
            try {
                report.run();
            } catch (Throwable unable) {
                // A logger that throws, or no memory for the text: nobody is left to tell it.
            }
        });
    }

    // ------------------------------------------------------------------ the thread

    private static void start() {
        try {
            newThread("asyncio4j-watchdog", Watchdog::guard).start();
            started = true;
        } catch (OutOfMemoryError noThread) {
            // The loop runs without; the next one tries again.
        }
    }

    /// Makes a thread that keeps nothing of the program's that happens to start it.
    private static Thread newThread(String name, Runnable body) {
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(body);
        thread.setContextClassLoader(Watchdog.class.getClassLoader());
        return thread;
    }

    private static void guard() {
        long before = System.nanoTime();
        while (true) {
            try {
                long most = TimeUnit.MILLISECONDS.toNanos(2 * pause());
                CoarseTime.update();
                long now = System.nanoTime();
                look(now, Math.min(now - before, most));
                before = now;
                letOthersLookIn();
            } catch (Throwable unable) {
                // No memory, say, or an interrupt, for which nobody has a reason: it goes on.
            }
        }
    }

    /// Waits until it is time for the next look. Returns how many milliseconds that was to be.
    private static long pause() throws InterruptedException {
        synchronized (RUNNING) {
            pausesWithoutLoop = RUNNING.isEmpty() ? pausesWithoutLoop + 1 : 0;
            pauseMillis = LONGEST_PAUSE_MILLIS;
            if (pausesWithoutLoop > PATIENCE) {
                pauseMillis = Long.MAX_VALUE;
                while (RUNNING.isEmpty()) {
                    RUNNING.wait();
                }
                pauseMillis = 0; // what is found now was not seen before
                return 0;
            }
            for (LoopWatch loop : RUNNING) {
                pauseMillis = Math.min(pauseMillis, pauseFor(loop));
            }
            RUNNING.wait(pauseMillis);
            return pauseMillis;
        }
    }

    private static long pauseFor(LoopWatch loop) {
        long limit = TimeUnit.NANOSECONDS.toMillis(loop.limitNanos());
        return limit == 0 ? LONGEST_PAUSE_MILLIS : Math.clamp(limit / 4, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
    }

    /// Has the chore done when it is due, or when this is about to wait for good.
    private static void letOthersLookIn() {
        Chore waiting = chore;
        if (waiting != null && (waiting.isDue() || pausesWithoutLoop == PATIENCE)) {
            chore = null;
            report(waiting::run);
        }
    }

    private static void look(long now, long passed) {
        for (LoopWatch loop : running()) {
            try {
                loop.look(now, passed);
            } catch (Throwable unable) {
                // The others are looked at all the same, and this one next time.
            }
        }
    }
}
