package io.asyncio4j.web.testing;

import io.asyncio4j.Body;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Runner;
import io.asyncio4j.web.WebApp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client of a web application for its tests, without a port. FastAPI: `TestClient`.
///
/// ```java
/// try (TestClient client = TestClient.of(app)) {
///     TestResponse answer = client.get("/items/3").send();
/// }
/// ```
///
/// It speaks HTTP/1.1 with the application's server over a network in memory, so that limits and
/// protocol are those of production. The lifespan begins before the first request and ends with
/// [#close].
///
/// Used outside of a loop, it runs one, in virtual time, while it waits for the application: a
/// path function that sleeps for an hour answers at once. Used in a task, it suspends, and time is
/// that of the task's loop. It stays with what its first request has found.
///
/// What a path function throws is thrown by the request; see [#throwFailures]. Cookies that are set
/// are sent with later requests, whatever their path. Redirects are not followed.
public final class TestClient implements AutoCloseable {
    private final Served served;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private @Nullable Runner runner;
    private boolean begun;
    private boolean closed;

    private TestClient(WebApp app) {
        served = new Served(app);
    }

    /// Returns a client of `app`, whose routes are complete.
    public static TestClient of(WebApp app) {
        return new TestClient(Objects.requireNonNull(app, "app"));
    }

    /// Sets whether a request throws what its path function has thrown, the very exception, be it
    /// checked or not; by default it does. Otherwise it gives the answer, with status 500, that
    /// other clients get. FastAPI: `raise_server_exceptions`.
    public TestClient throwFailures(boolean on) {
        served.throwsFailures = on;
        return this;
    }

    // ------------------------------------------------------------------ requests

    /// Returns a GET request.
    ///
    /// @param path begins with `/`, may have a query; also an address of this application, as in a
    ///     redirect
    public TestRequest get(String path) {
        return request("GET", path);
    }

    /// Returns a POST request.
    public TestRequest post(String path) {
        return request("POST", path);
    }

    /// Returns a PUT request.
    public TestRequest put(String path) {
        return request("PUT", path);
    }

    /// Returns a PATCH request.
    public TestRequest patch(String path) {
        return request("PATCH", path);
    }

    /// Returns a DELETE request.
    public TestRequest delete(String path) {
        return request("DELETE", path);
    }

    /// Returns a HEAD request.
    public TestRequest head(String path) {
        return request("HEAD", path);
    }

    /// Returns an OPTIONS request.
    public TestRequest options(String path) {
        return request("OPTIONS", path);
    }

    /// Returns a request.
    ///
    /// @throws IllegalArgumentException if the method is no token, or the path does not begin with
    ///     `/`
    public TestRequest request(String method, String path) {
        return new TestRequest(this, method, path);
    }

    /// Opens a WebSocket.
    ///
    /// @throws UnexpectedAnswerException if the application refuses it
    public TestSocket websocket(String path) {
        return get(path).websocket();
    }

    /// Opens a stream of server-sent events.
    ///
    /// @throws UnexpectedAnswerException if the answer is none
    public TestEvents events(String path) {
        return get(path).events();
    }

    /// Returns the cookies, to be changed: what is put there is sent.
    public Map<String, String> cookies() {
        return cookies;
    }

    // ------------------------------------------------------------------ the loop

    Served served() {
        return served;
    }

    /// Runs code in a task: in the running one, or in the loop of this client.
    <T extends @Nullable Object, X extends Exception> T inLoop(Body<T, X> body) throws X {
        if (closed) {
            throw new IllegalStateException("The client is closed; make a new one");
        }
        if (!begun) {
            begun = true;
            runner = isInLoop() ? null : new Runner(new SkippingClock());
        }
        if (runner != null) {
            return runner.run(body);
        }
        if (!isInLoop()) {
            throw new IllegalStateException(
                    "The client was first used in a task; use it in that loop, or make another one");
        }
        return body.call();
    }

    private static boolean isInLoop() {
        try {
            EventLoop.access();
            return true;
        } catch (IllegalStateException none) {
            return false;
        }
    }

    /// Closes what is open, and ends the application's lifespan. Throws what that throws, checked
    /// or not. Closing twice is harmless.
    @Override
    public void close() {
        if (closed || !begun) {
            closed = true;
            return;
        }
        try {
            inLoop(() -> {
                served.close();
                return null;
            });
        } finally {
            closed = true;
            if (runner != null) {
                runner.close();
            }
        }
    }

    /// Returns whether it is open.
    @Override
    public String toString() {
        return "TestClient[" + (closed ? "closed" : begun ? "open" : "not used yet") + "]";
    }
}
