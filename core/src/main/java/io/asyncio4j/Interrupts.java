package io.asyncio4j;

import io.asyncio4j.spi.ProcessSignals;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ctrl-C, as asyncio's runner treats it: the first cancels the main tasks of all runners, so that
/// their `finally` blocks run; the second ends the process at once.
///
/// The signal is claimed while a runner runs, behind whatever the program does with it. When the
/// cancelled runners have ended, the signal is passed on to the handler that was there before: the
/// JVM's own ends the process with status 130. Where the JVM does not let signals be handled
/// (`-Xrs`), nothing of this happens.
final class Interrupts {
    private static final int STATUS = 130;

    /// What the first Ctrl-C calls, one for each runner that runs; guards everything here.
    private static final Set<Runnable> RUNNING = new LinkedHashSet<>();

    /// How many runners were cancelled and have not cleaned up yet.
    private static int cleaningUp;

    /// Our claim on the signal; null when no runner runs, or where it cannot be handled.
    private static ProcessSignals.@Nullable Claim claim;

    private static boolean received;

    private Interrupts() {}

    /// Has `cancelMain` called at the first Ctrl-C.
    static void watch(Runnable cancelMain) {
        synchronized (RUNNING) {
            RUNNING.add(cancelMain);
            if (claim == null) {
                claim = claim();
            }
        }
    }

    private static ProcessSignals.@Nullable Claim claim() {
        try {
            return ProcessSignals.fallback("INT", Interrupts::receive);
        } catch (UnsupportedOperationException | IllegalArgumentException unable) {
            return null; // -Xrs, or no signals here
        }
    }

    /// Ends a [#watch].
    ///
    /// @param cancelled whether Ctrl-C has ended the run: then [#passOn] follows
    static void unwatch(Runnable cancelMain, boolean cancelled) {
        synchronized (RUNNING) {
            RUNNING.remove(cancelMain);
            if (cancelled) {
                cleaningUp++;
            } else if (RUNNING.isEmpty() && cleaningUp == 0) {
                ProcessSignals.Claim mine = release();
                if (mine != null) {
                    mine.close();
                }
            }
        }
    }

    private static void receive() {
        synchronized (RUNNING) {
            if (received) {
                Runtime.getRuntime().halt(STATUS);
            }
            received = true;
            RUNNING.forEach(Runnable::run);
        }
    }

    /// Passes the signal on, once every runner it cancelled has cleaned up. Returns only if others
    /// have not, or if the program had a handler of its own.
    static void passOn() {
        ProcessSignals.Claim mine;
        synchronized (RUNNING) {
            if (--cleaningUp > 0 || !RUNNING.isEmpty()) {
                return;
            }
            mine = release();
        }
        if (mine != null) {
            mine.passOn();
        }
    }

    private static ProcessSignals.@Nullable Claim release() {
        ProcessSignals.Claim mine = claim;
        claim = null;
        received = false;
        return mine;
    }
}
