package io.asyncio4j.web;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The limits of a server, each with a safe default, so that nothing that a client does is without
/// a bound: `Limits.defaults().body(1 << 20).idleTime(seconds(5))`. Immutable; any thread.
/// uvicorn: `limit_concurrency`, `timeout_keep_alive` and others.
public final class Limits {
    private static final Limits DEFAULTS = new Limits();

    /// The longest time, with which no sum of times overflows.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private int requestLine = 8 * 1024;
    private int headers = 16 * 1024;
    private int headerCount = 100;
    private long body = 16 * 1024 * 1024;
    private Duration headerTime = Duration.ofSeconds(10);
    private Duration bodyPause = Duration.ofSeconds(30);
    private int bodyRate = 240;
    private Duration writePause = Duration.ofSeconds(60);
    private Duration idleTime = Duration.ofSeconds(60);
    private @Nullable Duration requestTime;
    private int connections = 20_000;
    private int concurrentRequests = 10_000;
    private int http2Streams = 100;
    private int webSocketMessage = 1024 * 1024;
    private int webSocketQueue = 16;
    private Duration webSocketPing = Duration.ofSeconds(20);

    private Limits() {}

    private Limits(Limits from) {
        requestLine = from.requestLine;
        headers = from.headers;
        headerCount = from.headerCount;
        body = from.body;
        headerTime = from.headerTime;
        bodyPause = from.bodyPause;
        bodyRate = from.bodyRate;
        writePause = from.writePause;
        idleTime = from.idleTime;
        requestTime = from.requestTime;
        connections = from.connections;
        concurrentRequests = from.concurrentRequests;
        http2Streams = from.http2Streams;
        webSocketMessage = from.webSocketMessage;
        webSocketQueue = from.webSocketQueue;
        webSocketPing = from.webSocketPing;
    }

    /// Returns the defaults.
    public static Limits defaults() {
        return DEFAULTS;
    }

    /// Returns the size of a request line in bytes; a longer one is answered with 414.
    public int requestLine() {
        return requestLine;
    }

    /// Returns these limits with another size of a request line: 64 bytes to 64 KiB, by default 8
    /// KiB.
    public Limits requestLine(int bytes) {
        Limits changed = new Limits(this);
        changed.requestLine = requireWithin("size of a request line", bytes, 64, 64 * 1024);
        return changed;
    }

    /// Returns the size of all headers of a request together, in bytes; more are answered with 431.
    /// HTTP/2 counts 32 bytes more for each.
    public int headers() {
        return headers;
    }

    /// Returns these limits with another size of all headers: 256 bytes to 1 MiB, by default 16
    /// KiB.
    public Limits headers(int bytes) {
        Limits changed = new Limits(this);
        changed.headers = requireWithin("size of the headers", bytes, 256, 1024 * 1024);
        return changed;
    }

    /// Returns the number of headers of a request; more are answered with 431.
    public int headerCount() {
        return headerCount;
    }

    /// Returns these limits with another number of headers: 8 to 10,000, by default 100.
    public Limits headerCount(int count) {
        Limits changed = new Limits(this);
        changed.headerCount = requireWithin("number of headers", count, 8, 10_000);
        return changed;
    }

    /// Returns the size of a request's body in bytes; a larger one is answered with 413.
    public long body() {
        return body;
    }

    /// Returns these limits with another size of a body in bytes, at least 0; by default 16 MiB.
    public Limits body(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("The size of a body must not be negative, but is " + bytes);
        }
        Limits changed = new Limits(this);
        changed.body = bytes;
        return changed;
    }

    /// Returns the time that a client has for the head of a request, from its first byte on, and
    /// for the first one on a new connection; then 408.
    public Duration headerTime() {
        return headerTime;
    }

    /// Returns these limits with another time for the head of a request; by default 10 seconds.
    public Limits headerTime(Duration limit) {
        Limits changed = new Limits(this);
        changed.headerTime = requirePositive("time for headers", limit);
        return changed;
    }

    /// Returns the longest pause within a body, while the request's task waits for more of it; then
    /// 408.
    public Duration bodyPause() {
        return bodyPause;
    }

    /// Returns these limits with another pause within a body; by default 30 seconds.
    public Limits bodyPause(Duration limit) {
        Limits changed = new Limits(this);
        changed.bodyPause = requirePositive("pause within a body", limit);
        return changed;
    }

    /// Returns the bytes a second that a client must send of a body on average, while the request's
    /// task waits for more of it; then 408. 0 is for no limit. A client has 30 seconds of grace, or
    /// [#bodyPause] if that is longer.
    public int bodyRate() {
        return bodyRate;
    }

    /// Returns these limits with another rate of a body: 0 for none to 100,000,000, by default 240.
    public Limits bodyRate(int bytesPerSecond) {
        Limits changed = new Limits(this);
        changed.bodyRate = requireWithin("rate of a body", bytesPerSecond, 0, 100_000_000);
        return changed;
    }

    /// Returns the longest time in which a client takes less than 1 KiB of an answer that waits for
    /// it; then the connection is cut, or the stream of HTTP/2 if it is that which waits.
    public Duration writePause() {
        return writePause;
    }

    /// Returns these limits with another pause within an answer; by default 60 seconds.
    public Limits writePause(Duration limit) {
        Limits changed = new Limits(this);
        changed.writePause = requirePositive("pause within an answer", limit);
        return changed;
    }

    /// Returns the time that a connection is kept open without a request.
    public Duration idleTime() {
        return idleTime;
    }

    /// Returns these limits with another time of an idle connection; by default 60 seconds.
    public Limits idleTime(Duration limit) {
        Limits changed = new Limits(this);
        changed.idleTime = requirePositive("time of an idle connection", limit);
        return changed;
    }

    /// Returns the time for a request from its head to the end of its answer; null for no limit.
    /// Then its task is cancelled, and 503 answered if nothing was before.
    public @Nullable Duration requestTime() {
        return requestTime;
    }

    /// Returns these limits with another time for a request; null, the default, for none.
    public Limits requestTime(@Nullable Duration limit) {
        Limits changed = new Limits(this);
        changed.requestTime = limit == null ? null : requirePositive("time for a request", limit);
        return changed;
    }

    /// Returns the number of connections of a loop; further ones wait until one ends.
    public int connections() {
        return connections;
    }

    /// Returns these limits with another number of connections, at least 1; by default 20,000.
    public Limits connections(int count) {
        Limits changed = new Limits(this);
        changed.connections = requireWithin("number of connections", count, 1, Integer.MAX_VALUE);
        return changed;
    }

    /// Returns the number of requests that a loop handles at once, with those whose code runs after
    /// the answer; others are answered with 503.
    public int concurrentRequests() {
        return concurrentRequests;
    }

    /// Returns these limits with another number of requests at once, at least 1; by default 10,000.
    public Limits concurrentRequests(int count) {
        Limits changed = new Limits(this);
        changed.concurrentRequests = requireWithin("number of requests at once", count, 1, Integer.MAX_VALUE);
        return changed;
    }

    /// Returns the number of streams that an HTTP/2 client may have open at once.
    public int http2Streams() {
        return http2Streams;
    }

    /// Returns these limits with another number of streams: 1 to 10,000, by default 100.
    public Limits http2Streams(int count) {
        Limits changed = new Limits(this);
        changed.http2Streams = requireWithin("number of HTTP/2 streams", count, 1, 10_000);
        return changed;
    }

    /// Returns the size of a WebSocket message in bytes, after it was unpacked and joined; then the
    /// connection is closed with 1009.
    public int webSocketMessage() {
        return webSocketMessage;
    }

    /// Returns these limits with another size of a message: at least 125, by default 1 MiB.
    public Limits webSocketMessage(int bytes) {
        Limits changed = new Limits(this);
        changed.webSocketMessage = requireWithin("size of a WebSocket message", bytes, 125, Integer.MAX_VALUE);
        return changed;
    }

    /// Returns the number of WebSocket messages that have come and that nobody has received so far.
    /// With more, nothing is read from the client.
    public int webSocketQueue() {
        return webSocketQueue;
    }

    /// Returns these limits with another number of waiting messages: 1 to 100,000, by default 16.
    public Limits webSocketQueue(int messages) {
        Limits changed = new Limits(this);
        changed.webSocketQueue = requireWithin("number of waiting WebSocket messages", messages, 1, 100_000);
        return changed;
    }

    /// Returns the time between two pings on a WebSocket. A client that does not answer one until
    /// the next is due has gone.
    public Duration webSocketPing() {
        return webSocketPing;
    }

    /// Returns these limits with another time between two pings; by default 20 seconds.
    public Limits webSocketPing(Duration interval) {
        Limits changed = new Limits(this);
        changed.webSocketPing = requirePositive("time between two pings", interval);
        return changed;
    }

    private static int requireWithin(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "The " + what + " must be from " + least + " to " + most + ", but is " + value);
        }
        return value;
    }

    private static Duration requirePositive(String what, Duration limit) {
        if (Objects.requireNonNull(limit, what).isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The " + what + " must be positive, and 36500 days at most, but is " + limit);
        }
        return limit;
    }
}
