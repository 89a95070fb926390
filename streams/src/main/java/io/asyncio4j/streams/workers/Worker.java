package io.asyncio4j.streams.workers;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.streams.WorkerBody;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A thread with an event loop, one of a [Team].
final class Worker extends FastThreadLocalThread {
    /// The workers whose main task runs, by their loop.
    private static final Map<LoopAccess, Worker> RUNNING = new ConcurrentHashMap<>();

    /// May wake a worker that waits for nothing else.
    private static final Resource OTHERS = new Resource() {
        @Override
        public String describe() {
            return "other workers, whose failure cancels this one";
        }
    };

    final Team team;
    private final int index;
    private final WorkerBody main;
    private final Context context;
    private final RunnerOptions options;

    /// How many servers were started on a port of the system's choice, by host; used on the loop.
    private final Map<@Nullable String, Integer> serversWithoutPort = new HashMap<>();

    /// Takes [#OTHERS] off the loop's list; used on the loop.
    private Runnable forgetOthers = () -> {};

    /// Set when the main task starts; guarded by this, as is what follows.
    private @Nullable LoopAccess loop;

    private @Nullable Task<?> mainTask;
    private boolean cancelled;

    Worker(Team team, int index, WorkerBody main, Context context, RunnerOptions options) {
        super("asyncio4j-worker-" + index);
        this.team = team;
        this.index = index;
        this.main = main;
        this.context = context;
        this.options = options;
        setDaemon(false);
    }

    /// Returns the worker whose loop this is, or null.
    static @Nullable Worker of(LoopAccess loop) {
        return RUNNING.get(loop);
    }

    /// Counts the servers of a host that leave the port to the system.
    int numberOfServerWithoutPort(@Nullable String host) {
        return serversWithoutPort.merge(host, 1, Integer::sum);
    }

    @Override
    public void run() {
        try (Runner runner = new Runner(options)) {
            runner.run(this::work, context);
        } catch (Throwable thrown) {
            team.failed(thrown);
        } finally {
            team.ended();
        }
    }

    /// The main task.
    private void work() throws Exception {
        LoopAccess mine = EventLoop.access();
        synchronized (this) {
            if (cancelled) {
                throw new CancelledError();
            }
            loop = mine;
            mainTask = Asyncio.currentTask();
        }
        if (team.hasOthers()) {
            forgetOthers = mine.register(OTHERS);
        }
        RUNNING.put(mine, this);
        try {
            main.run(index);
        } finally {
            RUNNING.remove(mine);
            team.ports.leave(this);
        }
    }

    /// No other worker runs that could fail. Any thread.
    synchronized void othersEnded() {
        LoopAccess running = loop;
        if (running != null) {
            running.post(() -> forgetOthers.run());
        }
    }

    /// Cancels the main task, unless Ctrl-C has done so already. Any thread; only the first call
    /// does something.
    synchronized void cancel() {
        LoopAccess running = loop;
        Task<?> task = mainTask;
        if (!cancelled && running != null && task != null) {
            running.post(() -> {
                if (task.cancelling() == 0) {
                    task.cancel();
                }
            });
        }
        cancelled = true;
    }
}
