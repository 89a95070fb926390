package io.asyncio4j.web.http;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TimerHandle;
import io.asyncio4j.web.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A request that a client has sent, its task, and its answer. Used on the loop.
public abstract class ServerExchange implements Exchange {
    private static final String GONE = "the client has left";
    private static final Headers PLAIN = Headers.of("content-type", "text/plain; charset=utf-8");
    private static final Headers PLAIN_RETRY = PLAIN.plus("retry-after", "1");

    protected final HttpService service;
    private final RequestHead request;
    private final long number;
    private final long began;
    private List<Runnable> atShutdown = List.of();
    private @Nullable Task<?> task;
    private @Nullable TimerHandle timer;
    private OptionalLong deadline = OptionalLong.empty();
    private boolean timedOut;
    private boolean disconnected;
    private boolean upgraded;

    /// The status that was sent; 0 if none was.
    protected int status;

    /// The number of the body's bytes that were sent.
    protected long sent;

    protected ServerExchange(HttpService service, RequestHead request) {
        this.service = service;
        this.request = request;
        this.number = service.nextNumber();
        this.began = service.access.time();
    }

    // ------------------------------------------------------------------ its task

    /// Begins the request's task, which at once runs until it first suspends.
    public final void start(TaskGroup group) {
        if (service.isFull()) {
            group.createTask(
                    options("refusal"),
                    () -> run(_ -> {
                        throw new HttpError(503, "The server is busy with other requests");
                    }));
            return;
        }
        Application.Call call = service.application.route(request);
        service.begins(this);
        if (service.limits.requestTime() != null) {
            deadline = OptionalLong.of(began + service.limits.requestTime().toNanos());
            timer = service.access.callAt(deadline.getAsLong(), this::timeOut);
        }
        Task<?> started = group.createTask(options(call.name()), () -> run(call::serve));
        task = started;
        if (disconnected) {
            started.cancel(GONE);
        }
    }

    private TaskOptions options(String name) {
        return TaskOptions.named(name + " #" + number).eagerStart(true);
    }

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
            service.ends(this);
            over();
        }
    }

    private void serve(Served call) {
        try {
            call.serve(this);
            if (!hasBegun()) {
                throw new IllegalStateException("The call of " + describe() + " has ended without an answer");
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
            disconnected = true;
        } catch (Throwable thrown) {
            if (!disconnected || upgraded || !(thrown instanceof IOException)) {
                service.failed(this, thrown); // other than of a client that has left
            }
            answer(500, "Internal Server Error");
        }
    }

    /// Answers what the call has not, if nothing was sent so far.
    private void answer(int status, String text) {
        if (!hasBegun() && !disconnected) {
            try {
                respond(status, status == 503 ? PLAIN_RETRY : PLAIN, text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                disconnected = true;
            }
        }
    }

    private void timeOut() {
        timedOut = true;
        cancel("the request took longer than " + service.limits.requestTime());
    }

    /// The request has changed to another protocol, which has no time limit for the whole.
    protected final void upgraded() {
        upgraded = true;
        if (timer != null) {
            timer.cancel();
        }
        deadline = OptionalLong.empty();
    }

    /// Cancels the request's task, if it is under way.
    public final void cancel(String why) {
        if (task != null && !task.isDone()) {
            task.cancel(why);
        }
    }

    /// The request's task has ended; an answer that has no end by now gets none. Called once.
    protected abstract void over();

    // ------------------------------------------------------------------ what the connection tells

    /// The client has left, or has taken back the request.
    public final void disconnected() {
        if (!disconnected) {
            disconnected = true;
            cancel(GONE);
        }
    }

    @Override
    public final boolean isDisconnected() {
        return disconnected;
    }

    final void shutDown() {
        List<Runnable> actions = atShutdown;
        atShutdown = List.of();
        actions.forEach(Runnable::run);
    }

    @Override
    public final boolean isShuttingDown() {
        return service.isShuttingDown();
    }

    @Override
    public final void onShutdown(Runnable action) {
        if (service.isShuttingDown()) {
            action.run();
        } else {
            List<Runnable> actions = new ArrayList<>(atShutdown);
            actions.add(action);
            atShutdown = actions;
        }
    }

    // ------------------------------------------------------------------ what is known of it

    @Override
    public final RequestHead request() {
        return request;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final OptionalLong deadline() {
        return deadline;
    }

    /// Returns the status that was sent; 0 if none was.
    public final int status() {
        return status;
    }

    /// Returns how many bytes of the body were sent.
    public final long sent() {
        return sent;
    }

    /// Returns when the request came, in the loop's time.
    public final long began() {
        return began;
    }

    /// Returns what to call the request in messages.
    public final String describe() {
        return "request #" + number + ", " + request.method() + " " + request.path();
    }
}
