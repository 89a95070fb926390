package io.asyncio4j.web.testing;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.web.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A request of a [TestClient], which [#send] sends, as often as it is called.
public final class TestRequest {
    private static final String BOUNDARY = "asyncio4j-a5c1f0d2b7e94386";
    private static final String SERVER = "http://" + Served.HOST;

    private final TestClient client;
    private final String method;
    private final String path;
    private final StringJoiner query = new StringJoiner("&");
    private final Headers.Builder headers = Headers.builder();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private byte @Nullable [] body;
    private @Nullable String bodyType;

    /// A field of a form.
    ///
    /// @param filename null if it is no file
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(String name, @Nullable String filename, String type, byte[] value) {}

    TestRequest(TestClient client, String method, String path) {
        String below = path.startsWith(SERVER) ? path.substring(SERVER.length()) : path;
        if (!below.startsWith("/")) {
            throw new IllegalArgumentException("The path must begin with '/', but is '" + path + "'");
        }
        Headers.of(method, "");
        this.client = client;
        this.method = method;
        this.path = encoded(below);
    }

    /// Encodes what may not stand in a request line.
    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '#') {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }

    // ------------------------------------------------------------------ what is sent

    /// Adds a header.
    public TestRequest header(String name, String value) {
        headers.add(name, value);
        return this;
    }

    /// Adds a cookie, for this request only, in the place of the client's with this name.
    public TestRequest cookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /// Adds a parameter of the query.
    public TestRequest query(String name, Object value) {
        query.add(urlEncoded(name) + "=" + urlEncoded(String.valueOf(value)));
        return this;
    }

    /// Sets the body to a value as JSON: a record, a map, a list, a text, a number, null.
    public TestRequest json(@Nullable Object value) {
        return body("application/json", TestResponse.Json.MAPPER.writeValueAsBytes(value));
    }

    /// Sets the body, without a type; see [#header].
    public TestRequest body(byte[] bytes) {
        return body(null, bytes.clone());
    }

    private TestRequest body(@Nullable String type, byte[] bytes) {
        if (body != null || !parts.isEmpty()) {
            throw new IllegalStateException("The request has a body already");
        }
        bodyType = type;
        body = bytes;
        return this;
    }

    /// Adds a field of a form.
    public TestRequest form(String name, Object value) {
        return part(new Part(name, null, "", String.valueOf(value).getBytes(StandardCharsets.UTF_8)));
    }

    /// Adds a file to a form, which is sent as `multipart/form-data` then.
    public TestRequest file(String name, String filename, String type, byte[] bytes) {
        return part(new Part(name, Objects.requireNonNull(filename, "filename"), type, bytes.clone()));
    }

    private TestRequest part(Part added) {
        if (body != null) {
            throw new IllegalStateException("The request has a body already");
        }
        parts.add(added);
        return this;
    }

    // ------------------------------------------------------------------ sending

    /// Sends it, and waits for the whole answer, and for the end of the path function's task.
    /// Suspends in a task. Code that runs after the answer may go on.
    ///
    /// @throws io.asyncio4j.TimeoutException if that takes longer than a day
    public TestResponse send() {
        return client.inLoop(() -> Served.waitFor(() -> {
            Served served = client.served();
            try (Connection connection = served.connect()) {
                connection.writer().write(message(Headers.of("connection", "close")));
                return receive(connection);
            }
        }));
    }

    private TestResponse receive(Connection connection) throws IOException {
        AnswerReader reader = new AnswerReader(connection.reader(), method.equals("HEAD"));
        try {
            reader.readHead();
            TestResponse answer = reader.complete();
            keepCookies(answer.headers());
            reader.awaitEnd();
            return answer;
        } finally {
            client.served().throwFailure(connection);
        }
    }

    /// Sends it to open a WebSocket. Suspends in a task.
    ///
    /// @throws UnexpectedAnswerException if the application refuses it
    public TestSocket websocket() {
        return client.inLoop(() -> Served.waitFor(() -> {
            Headers upgrade = Headers.of(
                    "connection", "Upgrade",
                    "upgrade", "websocket",
                    "sec-websocket-version", "13",
                    "sec-websocket-key", "YXN5bmNpbzRqLXRlc3QtMQ==");
            Connection connection = client.served().connect();
            boolean complete = false;
            try {
                AnswerReader reader = head(connection, upgrade);
                if (reader.status() != 101) {
                    throw refused("WebSocket", reader, connection);
                }
                complete = true;
                return new TestSocket(client, connection, reader.headers());
            } finally {
                if (!complete) {
                    connection.close();
                }
            }
        }));
    }

    /// Sends it to read server-sent events, one by one. Suspends in a task.
    ///
    /// @throws UnexpectedAnswerException if the answer is none
    public TestEvents events() {
        return client.inLoop(() -> Served.waitFor(() -> {
            Headers asked = Headers.of("connection", "close", "accept", "text/event-stream");
            Connection connection = client.served().connect();
            boolean complete = false;
            try {
                AnswerReader reader = head(connection, asked);
                String type = Objects.requireNonNullElse(reader.headers().get("content-type"), "");
                if (reader.status() != 200 || !type.startsWith("text/event-stream")) {
                    throw refused("stream of events", reader, connection);
                }
                complete = true;
                return new TestEvents(client, connection, reader);
            } finally {
                if (!complete) {
                    connection.close();
                }
            }
        }));
    }

    private AnswerReader head(Connection connection, Headers more) throws IOException {
        connection.writer().write(message(more));
        AnswerReader reader = new AnswerReader(connection.reader(), method.equals("HEAD"));
        reader.readHead();
        keepCookies(reader.headers());
        return reader;
    }

    private UnexpectedAnswerException refused(String wanted, AnswerReader reader, Connection connection)
            throws IOException {
        TestResponse answer = reader.complete();
        client.served().throwFailure(connection);
        return new UnexpectedAnswerException(wanted, answer);
    }

    private void keepCookies(Headers answered) {
        for (String line : answered.all("set-cookie")) {
            String[] pieces = line.split(";", -1);
            int equals = pieces[0].indexOf('=');
            if (equals < 0) {
                continue;
            }
            String name = pieces[0].substring(0, equals).strip();
            client.cookies().remove(name);
            boolean deleted = false;
            for (String piece : pieces) {
                String attribute = piece.strip().toLowerCase(Locale.ROOT);
                deleted |= attribute.matches("max-age=(0+|-\\d+)");
            }
            if (!deleted) {
                client.cookies().put(name, pieces[0].substring(equals + 1).strip());
            }
        }
    }

    // ------------------------------------------------------------------ bytes

    private byte[] message(Headers more) {
        byte[] content = content();
        String type = bodyType;
        if (!parts.isEmpty()) {
            type = isMultipart() ? "multipart/form-data; boundary=" + BOUNDARY : "application/x-www-form-urlencoded";
        }
        Headers given = headers.build();
        StringBuilder head = new StringBuilder(method).append(' ').append(path);
        if (query.length() > 0) {
            head.append(path.indexOf('?') < 0 ? '?' : '&').append(query);
        }
        head.append(" HTTP/1.1\r\n");
        field(head, given, "host", Served.HOST);
        field(head, given, "user-agent", "testclient");
        field(head, given, "accept", "*/*");
        if (type != null) {
            field(head, given, "content-type", type);
        }
        if (content.length > 0
                || body != null
                || List.of("POST", "PUT", "PATCH").contains(method)) {
            field(head, given, "content-length", Integer.toString(content.length));
        }
        Map<String, String> sent = new LinkedHashMap<>(client.cookies());
        sent.putAll(cookies);
        if (!sent.isEmpty()) {
            StringJoiner joined = new StringJoiner("; ");
            sent.forEach((name, value) -> joined.add(name + "=" + value));
            field(head, given, "cookie", joined.toString());
        }
        more.forEach((name, value) -> field(head, given, name, value));
        given.forEach((name, value) -> line(head, name, value));
        head.append("\r\n");
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(content);
        return message.toByteArray();
    }

    /// Adds a header unless the test has given it.
    private static void field(StringBuilder head, Headers given, String name, String value) {
        if (!given.contains(name)) {
            line(head, name, value);
        }
    }

    private static void line(StringBuilder head, String name, String value) {
        Headers checked = Headers.of(name, value);
        head.append(name).append(": ").append(checked.get(name)).append("\r\n");
    }

    private boolean isMultipart() {
        return parts.stream().anyMatch(part -> part.filename() != null);
    }

    private byte[] content() {
        if (body != null) {
            return body;
        }
        return isMultipart() ? multipart() : urlEncodedForm().getBytes(StandardCharsets.US_ASCII);
    }

    private String urlEncodedForm() {
        StringJoiner form = new StringJoiner("&");
        for (Part part : parts) {
            form.add(urlEncoded(part.name()) + "=" + urlEncoded(new String(part.value(), StandardCharsets.UTF_8)));
        }
        return form.toString();
    }

    private byte[] multipart() {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (Part part : parts) {
            StringBuilder head = new StringBuilder("--" + BOUNDARY + "\r\ncontent-disposition: form-data; name=")
                    .append(quoted(part.name()));
            if (part.filename() != null) {
                head.append("; filename=").append(quoted(part.filename()));
                head.append("\r\ncontent-type: ").append(part.type());
            }
            form.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
            form.writeBytes(part.value());
            form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    /// Quotes as browsers do.
    private static String quoted(String text) {
        return '"' + text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A") + '"';
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Returns the method and the path.
    @Override
    public String toString() {
        return "TestRequest[" + method + " " + path + "]";
    }
}
