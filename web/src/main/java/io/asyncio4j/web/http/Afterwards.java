package io.asyncio4j.web.http;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.VoidCoroutine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The code that runs after answers, in a task for each request that has some. Used on the loop.
///
/// The tasks are of the server's group: neither the client nor the next request of its connection
/// has to do with them.
public final class Afterwards {
    private final ExchangeLog log;
    private final Map<Task<?>, ServerExchange> running = new LinkedHashMap<>();

    /// The server's group; null until the server accepts connections.
    private @Nullable TaskGroup tasks;

    private boolean cut;

    Afterwards(ExchangeLog log) {
        this.log = log;
    }

    /// Sets the group that the tasks are in.
    public void within(TaskGroup group) {
        tasks = group;
    }

    /// Returns the number of requests whose code runs.
    int size() {
        return running.size();
    }

    /// Begins a task that runs `code`, one after the other. Called in the request's task, of whose
    /// context it gets a copy.
    ///
    /// @param request the name of the request's task
    void start(ServerExchange exchange, String request, List<VoidCoroutine> code) {
        TaskGroup group = tasks;
        if (group == null || cut) {
            log.failedAfterwards(exchange, new IllegalStateException("The server has ended before"));
            return;
        }
        Task<?> task = group.createTask(request + " afterwards", () -> run(exchange, code));
        running.put(task, exchange);
        task.addDoneCallback(_ -> running.remove(task));
    }

    private void run(ServerExchange exchange, List<VoidCoroutine> code) {
        try {
            for (VoidCoroutine each : code) {
                each.run();
            }
        } catch (CancelledError cancelled) {
            throw cancelled;
        } catch (Throwable thrown) {
            log.failedAfterwards(exchange, thrown);
        }
    }

    // ------------------------------------------------------------------ the end

    /// Suspends until all of it has ended.
    public void await() {
        while (!running.isEmpty()) {
            Asyncio.waitAll(List.copyOf(running.keySet()));
        }
    }

    /// Cancels what runs, and has nothing more begin.
    ///
    /// @return what was cut, for a message
    public List<String> cut(String why) {
        cut = true;
        List<String> all = running.values().stream()
                .map(exchange -> exchange.describe() + ", afterwards")
                .toList();
        List.copyOf(running.keySet()).forEach(task -> task.cancel(why));
        return all;
    }
}
