package io.asyncio4j.web;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.MemoryNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that sends and reads bytes, given as text of ISO 8859-1, in a network in memory.
final class Wire implements AutoCloseable {
    private static final String HEAD_END = "\r\n\r\n";

    private final Connection connection;

    Wire(Connection connection) {
        this.connection = connection;
    }

    /// Connects to a server of [#serve].
    Wire() throws IOException {
        this(Streams.openConnection("127.0.0.1", ServeOptions.defaults().port()));
    }

    static ServeOptions options() {
        return ServeOptions.defaults().accessLog(false);
    }

    static WebServer serve(WebApp app, ServeOptions options) throws IOException {
        new MemoryNetwork().install();
        return app.start(options);
    }

    static WebServer serve(WebApp app, Limits limits) throws IOException {
        return serve(app, options().limits(limits));
    }

    static WebServer serve(WebApp app) throws IOException {
        return serve(app, options());
    }

    // ------------------------------------------------------------------ sending

    Wire send(String text) {
        connection.writer().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /// Sends a request without a body.
    ///
    /// @param headers lines with their ends
    Wire ask(String method, String target, String... headers) {
        return send(method + " " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("", headers) + "\r\n");
    }

    Wire get(String target, String... headers) {
        return ask("GET", target, headers);
    }

    Wire end() {
        connection.writer().writeEof();
        return this;
    }

    // ------------------------------------------------------------------ reading

    /// Reads an answer, up to its end by its length or by its last chunk.
    Answer answer() throws IOException {
        return answer(false);
    }

    Answer answerToHead() throws IOException {
        return answer(true);
    }

    private Answer answer(boolean toHead) throws IOException {
        String head = text(connection.reader().readUntil(HEAD_END));
        int status = Integer.parseInt(head.substring(9, 12));
        Headers.Builder headers = Headers.builder();
        for (String line : head.strip().split("\r\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.add(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        Headers all = headers.build();
        String length = all.get("content-length");
        String body = "";
        if (!toHead && all.contains("transfer-encoding")) {
            body = chunks();
        } else if (!toHead && length != null) {
            body = text(connection.reader().readExactly(Integer.parseInt(length)));
        }
        return new Answer(status, all, body);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            String size = read("\r\n").strip();
            int n = Integer.parseInt(size, 16);
            body.append(text(connection.reader().readExactly(n)));
            read("\r\n");
            if (n == 0) {
                return body.toString();
            }
        }
    }

    /// Reads up to `end`.
    String read(String end) throws IOException {
        return undated(connection.reader().readUntil(end));
    }

    /// Reads up to the end, without headers that tell the date.
    String rest() throws IOException {
        return undated(connection.reader().readAll());
    }

    private static String undated(byte[] bytes) {
        return text(bytes).replaceAll("date: [^\r]*\r\n", "");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
    }

    /// An answer that was read.
    record Answer(int status, Headers headers, String body) {
        /// Returns the value of a header; empty if there is none.
        String header(String name) {
            String value = headers.get(name.toLowerCase(Locale.ROOT));
            return value == null ? "" : value;
        }

        /// Returns the status and the body.
        String brief() {
            return body.isEmpty() ? "" + status : status + " " + body;
        }
    }
}
