package io.asyncio4j.web;

import io.asyncio4j.web.form.FormReader;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.Percent;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.json.Json;
import io.asyncio4j.web.proxy.Proxies;
import io.asyncio4j.web.schema.Problems;
import io.asyncio4j.web.schema.Shapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A request that is being answered. Used by its task and by those that it has created. FastAPI:
/// `Request`.
public final class Request {
    private final Exchange exchange;
    private final RequestHead head;
    private final Map<String, String> pathParams;

    /// What a proxy has told; null if none has.
    private final Proxies.@Nullable Origin origin;

    private @Nullable Map<String, List<String>> query;
    private @Nullable Map<String, String> cookies;
    private byte @Nullable [] body;
    private boolean streamed;
    private @Nullable Map<String, Object> attributes;
    private final BackgroundTasks background = new BackgroundTasks();
    private @Nullable WebSocketSession socket;
    private @Nullable FormData form;
    private @Nullable Source source;

    Request(Exchange exchange, Map<String, String> pathParams, Proxies proxies) {
        this.exchange = exchange;
        this.origin = proxies.origin(exchange);
        this.head = origin == null ? exchange.request() : origin.head();
        this.pathParams = pathParams;
    }

    Exchange exchange() {
        return exchange;
    }

    /// Returns the head, with what a trusted proxy has told.
    RequestHead head() {
        return head;
    }

    BackgroundTasks background() {
        return background;
    }

    /// Returns the WebSocket that the request has become.
    WebSocketSession socket() {
        return Objects.requireNonNull(socket);
    }

    void socket(WebSocketSession session) {
        socket = session;
    }

    /// Returns the identifier of the request in logs and in the answer to a failure, unique in its
    /// server.
    public String id() {
        return Long.toString(exchange.number());
    }

    /// Returns the method, such as `GET`.
    public String method() {
        return head.method();
    }

    /// Returns the path, decoded.
    public String path() {
        return Percent.decode(head.path(), false);
    }

    /// Returns the address as the client has written it, with scheme and host.
    public String url() {
        return head.scheme() + "://" + head.authority() + head.path()
                + (head.query().isEmpty() ? "" : "?") + head.query();
    }

    /// Returns `http` or `https`.
    public String scheme() {
        return head.scheme();
    }

    /// Returns the query as it was sent, without its question mark.
    public String queryString() {
        return head.query();
    }

    /// Returns the parameters of the query with all their values, in their order.
    public Map<String, List<String>> query() {
        Map<String, List<String>> known = query;
        if (known == null) {
            Map<String, List<String>> read = new LinkedHashMap<>();
            Percent.pairs(
                    head.query(),
                    (name, value) ->
                            read.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
            known = read;
            query = known;
        }
        return known;
    }

    /// Returns the last value of a parameter of the query; null if there is none.
    public @Nullable String queryParam(String name) {
        List<String> values = query().get(name);
        return values == null ? null : values.getLast();
    }

    /// Returns the headers.
    public Headers headers() {
        return head.headers();
    }

    /// Returns the cookies.
    public Map<String, String> cookies() {
        Map<String, String> known = cookies;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (String line : headers().all("cookie")) {
                for (String pair : line.split(";", -1)) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? "" : pair.substring(0, equals).strip();
                    String value = unquoted(pair.substring(equals + 1).strip());
                    if (!name.isEmpty() || !value.isEmpty()) {
                        known.put(name, value);
                    }
                }
            }
            cookies = known;
        }
        return known;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /// Returns the address of the client, as a trusted proxy tells it (see
    /// [ServeOptions#proxyHeaders]) or else as the connection does; null if it is not known.
    public @Nullable SocketAddress client() {
        return origin == null ? exchange.peer() : origin.client();
    }

    /// Returns the parameters of the path, decoded.
    public Map<String, String> pathParams() {
        return pathParams;
    }

    /// Returns a parameter of the path, decoded.
    ///
    /// @throws NoSuchElementException if the path of the route has none with this name
    public String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new NoSuchElementException(
                    "The path of the route has no parameter '" + name + "', but " + pathParams.keySet());
        }
        return value;
    }

    /// Returns a parameter of the path, read as a declared one would be.
    ///
    /// @throws NoSuchElementException if the path of the route has none with this name
    /// @throws ValidationException if it is no value of the type
    public <T> T pathParam(String name, Class<T> type) {
        return read("path", name, pathParam(name), type);
    }

    /// Returns the last value of a parameter of the query, read as a declared one would be.
    ///
    /// @throws ValidationException if there is none, or it is no value of the type
    public <T> T queryParam(String name, Class<T> type) {
        return read("query", name, queryParam(name), type);
    }

    /// Returns the first header of a name, read as a declared parameter would be.
    ///
    /// @throws ValidationException if there is none, or it is no value of the type
    public <T> T headerParam(String name, Class<T> type) {
        return read("header", name, headers().get(name), type);
    }

    @SuppressWarnings("unchecked") // the shape reads values of the type
    private static <T> T read(String place, String name, @Nullable String text, Class<T> type) {
        Problems problems = new Problems();
        problems.enter(place);
        problems.enter(name);
        Object value = null;
        if (text == null) {
            problems.missing(null);
        } else {
            value = Shapes.of(type).read(text, problems);
        }
        if (value == null || !problems.isEmpty()) {
            throw problems.failure();
        }
        return (T) value;
    }

    /// A source of provided objects for the request.
    @FunctionalInterface
    interface Source {
        Object get(Class<?> type) throws Exception;
    }

    void source(Source provided) {
        source = provided;
    }

    /// Returns what somebody provides: the request's one object of the type, made now if it was not
    /// asked for before. Suspends if its provider does.
    ///
    /// @throws IllegalStateException if nobody provides it
    /// @throws Exception what its provider throws
    public <T> T get(Class<T> type) throws Exception {
        if (source == null) {
            throw new IllegalStateException("Nothing is provided for " + this);
        }
        return type.cast(source.get(type));
    }

    /// Returns when the request has to be answered, in nanoseconds of the loop's time; empty if
    /// there is no limit.
    public OptionalLong deadline() {
        return exchange.deadline();
    }

    /// Returns whether the client has left.
    public boolean isDisconnected() {
        return exchange.isDisconnected();
    }

    /// Returns what was set under this key; null if nothing was.
    public @Nullable Object attribute(String key) {
        return attributes == null ? null : attributes.get(key);
    }

    /// Keeps a value for whatever else handles the request.
    public void attribute(String key, Object value) {
        if (attributes == null) {
            attributes = new HashMap<>();
        }
        attributes.put(key, value);
    }

    // ------------------------------------------------------------------ the body

    /// Returns the body. Suspends until it has come. A second call gives the same.
    ///
    /// @throws IOException if the client leaves, or the body is malformed, too large or too slow:
    ///     let it pass, and the client gets the answer
    /// @throws IllegalStateException if [#stream] was called before
    public byte[] bytes() throws IOException {
        byte[] known = body;
        if (known == null) {
            if (streamed) {
                throw new IllegalStateException("The body was read by stream() already; read it one way only");
            }
            streamed = true;
            known = readAll();
            body = known;
        }
        return known;
    }

    private byte[] readAll() throws IOException {
        byte[] first = exchange.read();
        if (first == null) {
            return new byte[0];
        }
        if (first.length == head.length()) {
            return first;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece = first; piece != null; piece = exchange.read()) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    /// Returns the body as text of UTF-8. Suspends as [#bytes].
    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// Returns the body, read as a form; an empty one if it is said to be something else. Suspends
    /// as [#bytes].
    ///
    /// @throws HttpException with status 400 if it is malformed
    public FormData form() throws IOException {
        FormData known = form;
        if (known == null) {
            known = FormReader.read(headers().get("content-type"), bytes());
            form = known;
        }
        return known;
    }

    /// Returns the body, read as JSON. Suspends as [#bytes].
    ///
    /// @throws HttpException with status 422 if it is no JSON of this type
    public <T> T json(Class<T> type) throws IOException {
        return Json.read(bytes(), type);
    }

    /// Returns the pieces of the body as they come, of at least one byte each; the loop over them
    /// suspends. Once only.
    ///
    /// @throws IllegalStateException if the body was read before
    public Iterable<byte[]> stream() {
        if (streamed) {
            throw new IllegalStateException("The body was read already; call stream() once, and not after bytes()");
        }
        streamed = true;
        return () -> new Iterator<>() {
            private byte @Nullable [] next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    try {
                        next = exchange.read();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                }
                return next != null;
            }

            @Override
            public byte[] next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException("The body has ended");
                }
                byte[] piece = next;
                next = null;
                return piece;
            }
        };
    }

    @Override
    public String toString() {
        return "Request[#" + exchange.number() + ", " + head.method() + " " + head.path() + "]";
    }
}
