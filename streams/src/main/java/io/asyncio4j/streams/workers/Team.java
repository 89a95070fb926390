package io.asyncio4j.streams.workers;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.spi.ProcessSignals;
import io.asyncio4j.streams.WorkerBody;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The workers of one call of [Workers][io.asyncio4j.streams.Workers], which fail and are cancelled
/// together.
public final class Team {
    final SharedPorts ports;
    private final List<Worker> workers = new ArrayList<>();

    /// What is to be thrown; guarded by this.
    private @Nullable Throwable failure;

    /// How many have not ended; guarded by this.
    private int running;

    public Team(int count, WorkerBody main, boolean dealing) {
        ports = new SharedPorts(dealing);
        running = count;
        Context callers = Context.copyCurrent();
        // The workers stand for the thread that runs them, whose business Ctrl-C is, or is not.
        RunnerOptions options = RunnerOptions.defaults().handleInterrupts(ProcessSignals.isMainThread());
        for (int index = 0; index < count; index++) {
            workers.add(new Worker(this, index, main, callers.copy(), options));
        }
    }

    /// Runs until all are done.
    public void run() {
        boolean interrupted;
        try {
            startAll();
        } finally {
            interrupted = joinAll();
            ports.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = outcome();
        if (thrown != null) {
            Team.<RuntimeException>throwUnchecked(thrown);
        }
    }

    private void startAll() {
        try {
            workers.forEach(Thread::start);
        } catch (Throwable noMoreThreads) {
            cancelAll();
            throw noMoreThreads;
        }
    }

    private boolean joinAll() {
        boolean interrupted = false;
        for (Worker worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancelAll();
                }
            }
        }
        return interrupted;
    }

    private synchronized @Nullable Throwable outcome() {
        return failure;
    }

    @SuppressWarnings("unchecked") // the cast is erased: what a coroutine throws is not declared
    private static <E extends Throwable> void throwUnchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /// A worker has ended by throwing. A cancellation counts if nothing else was thrown.
    void failed(Throwable thrown) {
        synchronized (this) {
            if (failure == null) {
                failure = thrown;
            } else if (failure instanceof CancelledError && !(thrown instanceof CancelledError)) {
                failure = thrown;
            } else if (!(thrown instanceof CancelledError) && thrown != failure) {
                failure.addSuppressed(thrown);
            }
        }
        cancelAll();
    }

    /// A worker has ended. The last one left cannot be cancelled by another any more.
    void ended() {
        boolean last;
        synchronized (this) {
            running--;
            last = running == 1;
        }
        if (last) {
            workers.forEach(Worker::othersEnded);
        }
    }

    /// Whether other workers run, whose failure would cancel the asker.
    synchronized boolean hasOthers() {
        return running > 1;
    }

    private void cancelAll() {
        workers.forEach(Worker::cancel);
    }
}
