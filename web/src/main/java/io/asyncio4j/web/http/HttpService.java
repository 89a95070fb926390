package io.asyncio4j.web.http;

import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.spi.Networks;
import io.asyncio4j.web.Limits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The state that the connections of one server on one loop share. Used on the loop.
public final class HttpService {
    public final Application application;
    public final Limits limits;
    public final EventLoop loop;
    public final LoopAccess access;
    public final Afterwards afterwards;
    private final ExchangeLog log;
    private final @Nullable InMemory inMemory = InMemory.take();
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
        this.afterwards = new Afterwards(log);
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
        serve(connection, access.time());
    }

    /// Serves a connection until it is over. Suspends.
    ///
    /// @param since when the client came, in the loop's time
    public void serve(HttpConnection connection, long since) {
        connections.add(connection);
        try {
            if (shuttingDown) {
                connection.shutDown();
            }
            connection.serve(since);
        } finally {
            connections.remove(connection);
        }
    }

    /// Returns whether a further request is to be answered with 503.
    public boolean isFull() {
        return running.size() + afterwards.size() >= limits.concurrentRequests();
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
        if (inMemory != null) {
            inMemory.failures.accept(exchange, thrown);
        }
    }

    /// Opens what accepts connections: on the network that was chosen for this server.
    public <T> T open(Networks.Opening<T> opening) throws IOException {
        return inMemory == null ? opening.open() : inMemory.open(opening);
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

    /// Cancels the requests that are under way, and the code that runs after others.
    ///
    /// @return what was cut, for a message
    public List<String> cut(String why) {
        List<ServerExchange> requests = running();
        List<String> all =
                new ArrayList<>(requests.stream().map(ServerExchange::describe).toList());
        requests.forEach(exchange -> exchange.cancel(why));
        all.addAll(afterwards.cut(why));
        return all;
    }
}
