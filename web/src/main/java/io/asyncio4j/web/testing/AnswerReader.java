package io.asyncio4j.web.testing;

import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.web.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The reading of an answer of HTTP/1.1, from our own server.
final class AnswerReader {
    private static final int PIECE = 16 * 1024;
    private static final int HEX = 16;

    private final StreamReader in;
    private final boolean toHead;
    private int status;
    private Headers headers = Headers.empty();
    private boolean chunked;

    /// How much of the body, or of the chunk, is left; -1 if it goes to the end of the connection.
    private long left;

    private boolean ended;

    AnswerReader(StreamReader in, boolean toHead) {
        this.in = in;
        this.toHead = toHead;
    }

    int status() {
        return status;
    }

    Headers headers() {
        return headers;
    }

    /// Reads the head, past informational ones.
    void readHead() throws IOException {
        do {
            readOneHead();
        } while (status < 200 && status != 101);
        String length = headers.get("content-length");
        chunked = headers.contains("transfer-encoding");
        ended = toHead || status < 200 || status == 204 || status == 304;
        left = chunked ? 0 : length == null ? -1 : Long.parseLong(length);
    }

    private void readOneHead() throws IOException {
        String line = line();
        status = Integer.parseInt(line.substring(9, 12));
        Headers.Builder read = Headers.builder();
        for (line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            if (!name.equalsIgnoreCase("connection")) { // which only this client's connection is about
                read.add(name, line.substring(colon + 1).strip());
            }
        }
        headers = read.build();
    }

    private String line() throws IOException {
        String line = in.readLine(StandardCharsets.ISO_8859_1);
        if (line == null) {
            throw new EOFException("The server has closed the connection before the answer was complete");
        }
        return line.strip();
    }

    /// Reads a piece of the body; null at its end.
    byte @Nullable [] read() throws IOException {
        if (ended) {
            return null;
        }
        if (chunked && left == 0) {
            left = Long.parseLong(line(), HEX);
            if (left == 0) {
                line();
                ended = true;
                return null;
            }
        }
        if (left == 0) {
            ended = true;
            return null;
        }
        byte[] piece = in.read(left < 0 ? PIECE : (int) Math.min(left, PIECE));
        if (piece.length == 0) {
            if (left < 0) {
                ended = true;
                return null;
            }
            throw new EOFException("The server has closed the connection before the answer was complete");
        }
        if (left > 0) {
            left -= piece.length;
            if (chunked && left == 0) {
                line();
            }
        }
        return piece;
    }

    /// Reads the rest of the body.
    TestResponse complete() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] piece = read(); piece != null; piece = read()) {
            body.writeBytes(Objects.requireNonNull(piece));
        }
        return new TestResponse(status, headers, body.toByteArray());
    }

    /// Suspends until the server has ended the connection, which it does after the request's task.
    void awaitEnd() throws IOException {
        in.readAll();
    }
}
