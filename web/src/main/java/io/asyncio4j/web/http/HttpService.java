package io.asyncio4j.web.http;

import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.web.Limits;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The state that the connections of one server on one loop share. Used on the loop.
public final class HttpService {
    public final Application application;
    public final Limits limits;
    public final EventLoop loop;
    public final LoopAccess access;
    private final ExchangeLog log;
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final Set<ServerExchange> running = new LinkedHashSet<>();

    /// Further actions for the time when the server begins to shut down.
    private final Set<Runnable> atShutDown = new LinkedHashSet<>();

    private long numbers;
    private boolean shuttingDown;

    /// The second that [#date] is of.
    private long second = -1;

    private String date = "";

    public HttpService(Application application, Limits limits, EventLoop loop, ExchangeLog log) {
        this.application = application;
        this.limits = limits;
        this.loop = loop;
        this.access = EventLoop.access(loop);
        this.log = log;
    }

    /// Returns the date for the head of an answer.
    public String date() {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        if (now != second) {
            second = now;
            date = HttpDate.format(Instant.ofEpochSecond(now));
        }
        return date;
    }

    long nextNumber() {
        return ++numbers;
    }

    // ------------------------------------------------------------------ connections and requests

    /// Serves a connection until it is over. Suspends.
    public void serve(HttpConnection connection) {
        connections.add(connection);
        try {
            if (shuttingDown) {
                connection.shutDown();
            }
            connection.serve();
        } finally {
            connections.remove(connection);
        }
    }

    /// Returns whether a further request is to be answered with 503.
    public boolean isFull() {
        return running.size() >= limits.concurrentRequests();
    }

    void begins(ServerExchange exchange) {
        running.add(exchange);
    }

    void ends(ServerExchange exchange) {
        running.remove(exchange);
        log.ended(exchange);
    }

    /// Notes what a request's call has thrown.
    void failed(ServerExchange exchange, Throwable thrown) {
        log.failed(exchange, thrown);
    }

    // ------------------------------------------------------------------ the end

    public boolean isShuttingDown() {
        return shuttingDown;
    }

    /// Takes no further requests, and has every connection end when it has nothing more to answer.
    public void shutDown() {
        if (!shuttingDown) {
            shuttingDown = true;
            List.copyOf(running).forEach(ServerExchange::shutDown);
            List.copyOf(connections).forEach(HttpConnection::shutDown);
            List.copyOf(atShutDown).forEach(Runnable::run);
        }
    }

    /// Has `action` called when the server begins to shut down.
    public void onShutDown(Runnable action) {
        atShutDown.add(action);
    }

    public void notOnShutDown(Runnable action) {
        atShutDown.remove(action);
    }

    /// Returns the requests that are under way.
    public List<ServerExchange> running() {
        return List.copyOf(running);
    }
}
