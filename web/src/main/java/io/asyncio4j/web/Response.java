package io.asyncio4j.web;

import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.web.http.Percent;
import io.asyncio4j.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An answer: `Response.json(item).status(201).header("location", "/items/5")`. Immutable; any
/// thread. FastAPI: `Response` and its subclasses.
public final class Response {
    private static final Duration PING = Duration.ofSeconds(15);
    private static final Headers JSON = Headers.of("content-type", "application/json");
    private static final Headers TEXT = Headers.of("content-type", "text/plain; charset=utf-8");
    private static final Headers HTML = Headers.of("content-type", "text/html; charset=utf-8");
    private static final Headers BYTES = Headers.of("content-type", "application/octet-stream");
    private static final Headers EVENTS = Headers.of(
            "content-type", "text/event-stream; charset=utf-8", "cache-control", "no-cache", "x-accel-buffering", "no");

    /// The body of an answer.
    sealed interface Content {
        /// Bytes that are there.
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Bytes(byte[] bytes) implements Content {}

        /// A file, which is read when the answer is sent.
        record File(Path path) implements Content {}

        /// Pieces that come one by one.
        record Pieces(Iterable<byte[]> pieces, long length) implements Content {}

        /// Server-sent events.
        record Events(Iterable<ServerSentEvent> events, Duration ping) implements Content {}

        /// Content that is compressed when it is sent, if the client accepts that.
        record Compressed(Content content, Gzip how) implements Content {}
    }

    private final int status;
    private final Headers headers;
    private final Content content;
    private final List<VoidCoroutine> afterwards;

    private Response(int status, Headers headers, Content content, List<VoidCoroutine> afterwards) {
        this.status = status;
        this.headers = headers;
        this.content = content;
        this.afterwards = afterwards;
    }

    private static Response of(Headers headers, Content content) {
        return new Response(200, headers, content, List.of());
    }

    // ------------------------------------------------------------------ by content

    /// Returns an answer of JSON.
    ///
    /// @throws RuntimeException if the value cannot be written as JSON
    public static Response json(@Nullable Object value) {
        return of(JSON, new Content.Bytes(Json.write(value)));
    }

    /// Returns an answer of plain text.
    public static Response text(String text) {
        return of(TEXT, new Content.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Returns an answer of HTML.
    public static Response html(String html) {
        return of(HTML, new Content.Bytes(html.getBytes(StandardCharsets.UTF_8)));
    }

    /// Returns an answer of bytes, as `application/octet-stream`; the array must not be changed.
    public static Response bytes(byte[] bytes) {
        return of(BYTES, new Content.Bytes(Objects.requireNonNull(bytes, "bytes")));
    }

    /// Returns an answer with status 307 that sends the client elsewhere.
    ///
    /// @throws IllegalArgumentException if the address has a control character
    public static Response redirect(String url) {
        return new Response(
                307, Headers.of("location", Percent.encodeAddress(url)), new Content.Bytes(new byte[0]), List.of());
    }

    /// Returns an answer of a file, with its type by its name, and with ranges and conditions as
    /// the client asks for them: several ranges at once as `multipart/byteranges`, more than 100
    /// not at all. The file is read when the answer is sent; status 404 if it is not there.
    public static Response file(Path path) {
        return of(Headers.empty(), new Content.File(Objects.requireNonNull(path, "path")));
    }

    /// Returns an answer of pieces that are taken one by one, as fast as the client takes them.
    /// Closed at the end if it is [AutoCloseable], as a [io.asyncio4j.Generator] is.
    public static Response stream(Iterable<byte[]> pieces) {
        return of(BYTES, new Content.Pieces(Objects.requireNonNull(pieces, "pieces"), -1));
    }

    /// Returns an answer of pieces likewise, whose length together is known.
    ///
    /// @param length in bytes; if the pieces have fewer or more, the connection is cut
    public static Response stream(Iterable<byte[]> pieces, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("The length of an answer must not be negative, but is " + length);
        }
        return of(BYTES, new Content.Pieces(Objects.requireNonNull(pieces, "pieces"), length));
    }

    /// Returns an answer of server-sent events, with a comment every 15 seconds so that the
    /// connection is not taken for dead. The events are closed at the end as with [#stream].
    public static Response events(Iterable<ServerSentEvent> events) {
        return events(events, PING);
    }

    /// Returns an answer of server-sent events.
    ///
    /// @param ping the time between two comments
    public static Response events(Iterable<ServerSentEvent> events, Duration ping) {
        if (ping.isNegative() || ping.isZero()) {
            throw new IllegalArgumentException("The time between two pings must be positive, but is " + ping);
        }
        return of(EVENTS, new Content.Events(Objects.requireNonNull(events, "events"), ping));
    }

    /// Returns an answer with status 204 and no body.
    public static Response empty() {
        return new Response(204, Headers.empty(), new Content.Bytes(new byte[0]), List.of());
    }

    // ------------------------------------------------------------------ changed

    /// Returns this with another status, from 200 to 599.
    ///
    /// @throws IllegalArgumentException if it is none
    public Response status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("The status of an answer must be from 200 to 599, but is " + status);
        }
        return new Response(status, headers, content, afterwards);
    }

    /// Returns this with a header in the place of those with its name.
    ///
    /// @throws IllegalArgumentException if the name is no token, or the value has a control
    ///     character
    public Response header(String name, String value) {
        return new Response(status, headers.with(name, value), content, afterwards);
    }

    /// Returns this with a cookie for the client's session.
    ///
    /// @throws IllegalArgumentException as [Cookie]
    public Response cookie(String name, String value) {
        return cookie(new Cookie(name, value));
    }

    /// Returns this with a cookie.
    public Response cookie(Cookie cookie) {
        return new Response(status, headers.plus("set-cookie", cookie.header()), content, afterwards);
    }

    /// Returns this with another type, such as `image/png`.
    public Response type(String mediaType) {
        return header("content-type", mediaType);
    }

    /// Returns this as something to be kept under a name, instead of to be shown. FastAPI:
    /// `FileResponse(..., filename=...)`.
    ///
    /// @param name any characters; other than plain ones are encoded as RFC 6266 says
    public Response attachment(String name) {
        String encoded = Percent.encode(name);
        return header(
                "content-disposition",
                encoded.equals(name)
                        ? "attachment; filename=\"" + name + "\""
                        : "attachment; filename*=utf-8''" + encoded);
    }

    /// Returns this with code that runs after it was sent, and after the code that was added
    /// before. FastAPI: `BackgroundTasks`.
    ///
    /// It runs in a task of the server with the request's context, also if the client has left.
    /// Neither the next request on the connection nor [Limits#requestTime] has to do with it; the
    /// request counts in [Limits#concurrentRequests] until it ends. A failure is logged, and ends
    /// the code that was added after. It does not run if the answer could not be made. When the
    /// server shuts down, it has [ServeOptions#shutdownTimeout] to end, then it is cancelled.
    public Response afterwards(VoidCoroutine coroutine) {
        List<VoidCoroutine> all = new ArrayList<>(afterwards);
        all.add(Objects.requireNonNull(coroutine, "coroutine"));
        return new Response(status, headers, content, List.copyOf(all));
    }

    Response with(Headers changed, Content other) {
        return new Response(status, changed, other, afterwards);
    }

    // ------------------------------------------------------------------ asked

    /// Returns the status.
    public int status() {
        return status;
    }

    /// Returns the headers that were set; the protocol adds others.
    public Headers headers() {
        return headers;
    }

    Content content() {
        return content;
    }

    List<VoidCoroutine> afterwards() {
        return afterwards;
    }

    @Override
    public String toString() {
        return "Response[" + status + ", " + content.getClass().getSimpleName() + "]";
    }
}
