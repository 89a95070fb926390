package io.asyncio4j.threads;

import io.asyncio4j.CancelledError;
import io.asyncio4j.spi.ProcessSignals;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Ctrl-C, as asyncio's runner treats it: the first cancels the main tasks of the runners that
/// handle it, so that their `finally` blocks run; the second ends the process at once.
///
/// The signal is claimed while such a runner runs, behind whatever the program does with it. When
/// the cancelled runners have ended, the signal is passed on to the handler that was there before:
/// the JVM's own ends the process with status 130. Where the JVM does not let signals be handled
/// (`-Xrs`), nothing of this happens.
public final class CtrlC {
    private static final int STATUS = 130;

    /// How long a runner that has ended waits for the process to end. A shutdown hook may wait for
    /// the runner's thread, so that cannot be without a limit.
    private static final Duration GRACE = Duration.ofMillis(500);

    /// What the first Ctrl-C calls, one for each runner that runs; guards everything here.
    private static final Set<Runnable> RUNNING = new LinkedHashSet<>();

    /// How many runners were cancelled and have not cleaned up yet.
    private static int cleaningUp;

    /// Whether a runner that was cancelled has cleaned up, so that the signal is to be passed on.
    private static boolean owed;

    /// Our claim on the signal; null when no runner runs, or where it cannot be handled.
    private static ProcessSignals.@Nullable Claim claim;

    /// Whether the first has been received.
    private static boolean received;

    /// The thread in which the handler before handles the signal, which may have returned.
    private static @Nullable Thread ending;

    private CtrlC() {}

    /// Has `cancelMain` called at the first Ctrl-C.
    ///
    /// @param always whether also if the program handles the signal itself
    public static void watch(Runnable cancelMain, boolean always) {
        synchronized (RUNNING) {
            RUNNING.add(cancelMain);
            if (claim == null) {
                claim = claim(always);
            }
        }
    }

    private static ProcessSignals.@Nullable Claim claim(boolean always) {
        try {
            ProcessSignals.Claim made = ProcessSignals.fallback("INT", CtrlC::receive);
            if (always || made.replacesJvms()) {
                return made;
            }
            made.close();
            return null;
        } catch (UnsupportedOperationException | IllegalArgumentException unable) {
            return null; // -Xrs, or no signals here
        }
    }

    /// Ends a [#watch].
    ///
    /// @param cancelled whether Ctrl-C has ended the run: then [#passOn] follows. Asked when no
    ///     Ctrl-C can come any more
    public static void unwatch(Runnable cancelMain, BooleanSupplier cancelled) {
        synchronized (RUNNING) {
            RUNNING.remove(cancelMain);
            if (cancelled.getAsBoolean()) {
                cleaningUp++;
                return;
            }
        }
        settle();
    }

    private static void receive() {
        synchronized (RUNNING) {
            if (received || (ending != null && ending.isAlive())) { // shutdown hooks may hang, too
                Runtime.getRuntime().halt(STATUS);
            }
            if (!RUNNING.isEmpty()) {
                received = true;
                RUNNING.forEach(Runnable::run);
                return;
            }
        }
        ProcessSignals.raise("INT"); // the last runner has ended meanwhile: for the handler before
    }

    /// Passes the signal on, once every runner it cancelled has cleaned up. Returns if others have
    /// not, or if the program had a handler of its own.
    ///
    /// @throws CancelledError if the process takes a while to end
    public static void passOn() {
        synchronized (RUNNING) {
            cleaningUp--;
            owed = true;
        }
        settle();
    }

    /// Gives the signal back when no runner needs it any longer, and passes on what was received.
    private static void settle() {
        ProcessSignals.Claim mine;
        boolean pass;
        @Nullable Thread passing = null;
        synchronized (RUNNING) {
            if (!RUNNING.isEmpty() || cleaningUp > 0) {
                return;
            }
            mine = claim;
            pass = owed;
            owed = false;
            claim = null;
            received = false;
            if (mine != null && pass) {
                passing = mine.passOn();
                ending = passing;
            } else if (mine != null) {
                mine.close();
            }
        }
        if (passing != null) {
            awaitEnd(passing);
        }
    }

    /// Waits a moment for the process to end. If it takes longer, shutdown hooks may wait for the
    /// calling thread, which ends by an error that is no news.
    private static void awaitEnd(Thread passing) {
        Thread me = Thread.currentThread();
        try {
            if (passing.join(GRACE)) {
                return; // the program has a handler of its own
            }
        } catch (InterruptedException e) {
            me.interrupt();
        }
        Thread.UncaughtExceptionHandler before = me.getUncaughtExceptionHandler();
        me.setUncaughtExceptionHandler((thread, thrown) -> {
            if (!(thrown instanceof CancelledError)) {
                before.uncaughtException(thread, thrown);
            }
        });
        throw new CancelledError("Ctrl-C ends the process");
    }
}
