package io.asyncio4j.web.server;

import io.asyncio4j.spi.ProcessSignals;
import io.asyncio4j.streams.spi.KeptPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One version of a program that is served and replaced by its next version in the same process,
/// for `asyncio4j serve --reload`. Each has a class loader of its own, and a thread that runs
/// `main`. Any thread.
///
/// The next version is started while this one serves. As soon as that one accepts connections, this
/// one gets no more, and is shut down as if by Ctrl-C.
public final class Generation {
    /*
     * Called by the command, which finds it by name: it is compiled without this library.
     */

    private static final long HANDOVER_SECONDS = 5;
    private static final int INTERRUPTED = 130;

    /// The generations by their class loader; guards everything static.
    private static final Map<ClassLoader, Generation> ALL = new WeakHashMap<>();

    private static @Nullable Generation latest;
    private static boolean signalled;

    private final CompletableFuture<@Nullable Void> serving = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    /// Shut down the servers that are open; guarded by this, as is what follows.
    private final List<Runnable> stops = new ArrayList<>();

    private boolean retired;
    private boolean commanded;
    private @Nullable Thread thread;

    private Generation() {}

    /// Prepares the process: ports stay open between versions, and signals shut down whichever
    /// serves.
    public static void prepare() {
        KeptPorts.keep();
        ProcessSignals.fallback("INT", () -> Generation.signal(INTERRUPTED));
        ProcessSignals.fallback("TERM", () -> Generation.signal(INTERRUPTED + 13));
    }

    /// Starts a version.
    ///
    /// @param loader its classes
    /// @param main runs its `main`
    public static Generation start(ClassLoader loader, Callable<?> main) {
        Generation generation = new Generation();
        synchronized (ALL) {
            ALL.put(loader, generation);
        }
        Thread thread = new Thread(() -> generation.run(main), "main");
        thread.setContextClassLoader(loader);
        synchronized (generation) {
            generation.thread = thread;
        }
        thread.start();
        return generation;
    }

    private void run(Callable<?> main) {
        try {
            main.call();
            serving.completeExceptionally(
                    new IllegalStateException("main has ended without serving; it is to call app.serve(8000), say"));
            ended.complete(null);
        } catch (Throwable thrown) {
            serving.completeExceptionally(thrown);
            ended.completeExceptionally(thrown);
        }
    }

    // ------------------------------------------------------------------ for the command

    /// Returns a future that is completed when it accepts connections, or has failed before.
    public CompletableFuture<@Nullable Void> serving() {
        return serving;
    }

    /// Returns a future that is completed when its `main` has ended.
    public CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    /// Gives it up: its servers are shut down, those too that it may yet open.
    ///
    /// @param replaced whether a later one serves, which takes over the ports first
    public void retire(boolean replaced) throws InterruptedException {
        KeptPorts.Keeper keeper = KeptPorts.keeper();
        if (replaced && keeper != null) {
            try {
                keeper.handOver().get(HANDOVER_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | java.util.concurrent.ExecutionException blocked) {
                // Its loop does not go on: what is on its way there is lost.
            }
        }
        boolean serves = serving.isDone() && !serving.isCompletedExceptionally();
        Thread running;
        synchronized (this) {
            retired = true;
            stops.forEach(Runnable::run);
            running = thread;
        }
        if (!serves && running != null) {
            running.interrupt();
        }
        CompletableFuture<?> _ = ended.whenComplete((_, _) -> closeUnused());
    }

    private static void closeUnused() {
        KeptPorts.Keeper keeper = KeptPorts.keeper();
        synchronized (ALL) {
            if (keeper != null && latest != null && !latest.ended.isDone()) {
                keeper.closeUnused();
            }
        }
    }

    /// Returns whether a signal has asked the process to end.
    public static boolean isSignalled() {
        synchronized (ALL) {
            return signalled;
        }
    }

    private static void signal(int exitCode) {
        Generation serving;
        synchronized (ALL) {
            if (signalled) {
                Runtime.getRuntime().halt(exitCode);
            }
            signalled = true;
            serving = latest;
        }
        if (serving == null || serving.ended.isDone()) {
            System.exit(exitCode);
        } else {
            serving.stopAll();
        }
    }

    private synchronized void stopAll() {
        stops.forEach(Runnable::run);
    }

    // ------------------------------------------------------------------ for servers

    /// Returns the generation that the caller belongs to; null in a program that is not reloaded.
    public static @Nullable Generation current() {
        synchronized (ALL) {
            return ALL.get(Thread.currentThread().getContextClassLoader());
        }
    }

    /// Says that a signal has arrived and the process is to end.
    public static void signalArrived() {
        synchronized (ALL) {
            signalled = true;
        }
    }

    /// Returns true at its first call: what the command has said is for one application.
    public synchronized boolean takesCommand() {
        boolean first = !commanded;
        commanded = true;
        return first;
    }

    /// Says that a server accepts connections.
    ///
    /// @param stop shuts it down; called by any thread
    public void opened(Runnable stop) {
        boolean late;
        synchronized (this) {
            stops.add(stop);
            late = retired;
        }
        if (late) {
            stop.run();
            return;
        }
        synchronized (ALL) {
            latest = this;
        }
        serving.complete(null);
    }

    /// Says that a server shuts down, and is not to be told to any more: its loop may be closed
    /// soon.
    ///
    /// @param stop what it has given to [#opened]
    public synchronized void closes(Runnable stop) {
        stops.remove(stop);
    }
}
