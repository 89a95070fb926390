package io.asyncio4j.web.http;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TimerHandle;
import io.asyncio4j.web.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The task of a request: its start, its time limit, and the answer to what its call has thrown.
final class RequestTask {
    private static final Headers PLAIN = Headers.of("content-type", "text/plain; charset=utf-8");
    private static final Headers PLAIN_RETRY = PLAIN.plus("retry-after", "1");

    private final ServerExchange exchange;
    private final HttpService service;
    private @Nullable Task<?> task;
    private @Nullable TimerHandle timer;
    private OptionalLong deadline = OptionalLong.empty();
    private boolean timedOut;
    private String name = "";

    RequestTask(ServerExchange exchange) {
        this.exchange = exchange;
        this.service = exchange.service;
    }

    /// Begins the task, which at once runs until it first suspends.
    void start(TaskGroup group) {
        if (service.isFull()) {
            group.createTask(
                    options("refusal #" + exchange.number()),
                    () -> run(_ -> {
                        throw new HttpError(503, "The server is busy with other requests");
                    }));
            return;
        }
        Application.Call call = route();
        service.begins(exchange);
        if (service.limits.requestTime() != null) {
            deadline = OptionalLong.of(
                    exchange.began() + service.limits.requestTime().toNanos());
            timer = service.access.callAt(deadline.getAsLong(), this::timeOut);
        }
        name = call.name() + " #" + exchange.number();
        Task<?> started = group.createTask(options(name), () -> run(call::serve));
        task = started;
        if (exchange.isDisconnected() && !exchange.isComplete()) {
            started.cancel(ServerExchange.GONE);
        }
    }

    /// Returns the call of the request; if it cannot be found, one that fails.
    private Application.Call route() {
        try {
            return service.application.route(exchange.request());
        } catch (RuntimeException broken) {
            return new Application.Call() {
                @Override
                public String name() {
                    return "request without a route";
                }

                @Override
                public void serve(Exchange unused) {
                    throw broken;
                }
            };
        }
    }

    private static TaskOptions options(String name) {
        return new TaskOptions(name, true, null);
    }

    /// Returns when the request has to be answered, in the loop's time; empty if it may take any
    /// time.
    OptionalLong deadline() {
        return deadline;
    }

    /// Cancels the task, if it is under way.
    void cancel(String why) {
        if (task != null && !task.isDone()) {
            task.cancel(why);
        }
    }

    /// Takes the time limit back.
    void unlimited() {
        if (timer != null) {
            timer.cancel();
        }
        deadline = OptionalLong.empty();
    }

    private void timeOut() {
        timedOut = true;
        cancel("the request took longer than " + service.limits.requestTime());
    }

    // ------------------------------------------------------------------ in the task

    private interface Served {
        void serve(Exchange exchange) throws Exception;
    }

    private void run(Served call) {
        try {
            serve(call);
        } finally {
            if (timer != null) {
                timer.cancel();
            }
            service.ends(exchange);
            if (!exchange.afterwards().isEmpty()) {
                service.afterwards.start(exchange, name, exchange.afterwards());
            }
            exchange.over();
        }
    }

    private void serve(Served call) {
        try {
            call.serve(exchange);
            if (!exchange.hasBegun()) {
                throw new IllegalStateException("The call of " + exchange.describe() + " has ended without an answer");
            }
        } catch (CancelledError cancelled) {
            Task<?> current = task;
            if (!timedOut || current == null || current.uncancel() > 0) {
                throw cancelled;
            }
            answer(503, "The request took too long");
        } catch (HttpError wrong) {
            answer(wrong.status(), String.valueOf(wrong.getMessage()));
        } catch (ClientGoneException gone) {
            exchange.noteDisconnected();
        } catch (Throwable thrown) {
            if (!exchange.isDisconnected() || exchange.wasUpgraded() || !(thrown instanceof IOException)) {
                service.failed(exchange, thrown); // other than of a client that has left
            }
            answer(500, "Internal Server Error");
        }
    }

    /// Answers what the call has not, if nothing was sent so far.
    private void answer(int status, String text) {
        if (!exchange.hasBegun() && !exchange.isDisconnected()) {
            try {
                exchange.respond(status, status == 503 ? PLAIN_RETRY : PLAIN, text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                exchange.noteDisconnected();
            }
        }
    }
}
