package io.asyncio4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Sees to it that a baton that was handed on is taken.
///
/// Virtual threads need a carrier to run. A task that waits with a native frame or a class
/// initialiser on its stack is pinned and keeps one. When pinned tasks keep them all, the next task
/// never gets to run. Then one of the pinned tasks is given the baton instead, with an error that
/// says so.
///
/// One platform thread, started at the first use, guards all loops of the process.
final class BatonGuard {
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// After so many checks in which nothing moved.
    private static final int PATIENCE = 5;

    /// The engines that run, with what was seen at the last check; guards everything here.
    private static final Map<BatonEngine, Sighting> RUNNING = new LinkedHashMap<>();

    private static boolean started;

    private BatonGuard() {}

    /// What an engine's guard saw: the strand the baton is on its way to, and for how many checks.
    private record Sighting(BatonEngine.Handover handover, int checks) {}

    static void watch(BatonEngine engine) {
        synchronized (RUNNING) {
            RUNNING.put(engine, new Sighting(BatonEngine.Handover.NONE, 0));
            if (!started) {
                started = true;
                Thread.ofPlatform().daemon().name("asyncio4j-baton-guard").start(BatonGuard::guard);
            }
            RUNNING.notifyAll();
        }
    }

    static void unwatch(BatonEngine engine) {
        synchronized (RUNNING) {
            RUNNING.remove(engine);
        }
    }

    private static void guard() {
        while (true) {
            try {
                synchronized (RUNNING) {
                    while (RUNNING.isEmpty()) {
                        RUNNING.wait();
                    }
                    RUNNING.replaceAll(BatonGuard::check);
                }
                TimeUnit.NANOSECONDS.sleep(CHECK_NANOS);
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt this thread; it goes on
            }
        }
    }

    private static Sighting check(BatonEngine engine, Sighting last) {
        BatonEngine.Handover now = engine.handoverInProgress();
        if (now.equals(BatonEngine.Handover.NONE) || !now.equals(last.handover())) {
            return new Sighting(now, 0);
        }
        if (last.checks() + 1 < PATIENCE) {
            return new Sighting(now, last.checks() + 1);
        }
        engine.relievePinned(now.to());
        return new Sighting(BatonEngine.Handover.NONE, 0);
    }
}
