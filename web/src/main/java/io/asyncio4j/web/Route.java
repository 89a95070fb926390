package io.asyncio4j.web;

import org.jspecify.annotations.Nullable;

/// A path, a method and what answers them; made by the methods of [Router].
public final class Route {
    final String method;
    final PathTemplate path;
    final @Nullable Handler handler;
    final @Nullable WebSocketHandler socket;
    private final String name;
    private int status = 200;
    private boolean blocking;

    Route(String method, PathTemplate path, @Nullable Handler handler, @Nullable WebSocketHandler socket) {
        this.method = method;
        this.path = path;
        this.handler = handler;
        this.socket = socket;
        this.name = method + " " + path;
    }

    /// Sets the status of answers that are no [Response]; by default 200.
    ///
    /// @throws IllegalArgumentException if it is not from 200 to 599
    public Route status(int status) {
        Response.empty().status(status);
        this.status = status;
        return this;
    }

    /// Has the handler run in a thread outside of the loop, as it blocks. FastAPI: a path function
    /// that is a plain `def`.
    public Route blocking() {
        blocking = true;
        return this;
    }

    int status() {
        return status;
    }

    boolean isBlocking() {
        return blocking;
    }

    /// Returns the method and the path.
    @Override
    public String toString() {
        return name;
    }
}
