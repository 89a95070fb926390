package io.asyncio4j.web.http1;

import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Reasons;
import io.asyncio4j.web.http.Syntax;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of an answer's head, put together in an array that is used again. One for each loop.
final class HeadWriter {
    static final String NONE = "";
    private static final int MIN_STATUS = 100;
    private static final byte[] LENGTH = ascii("content-length: ");
    private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
    private static final byte[] CONNECTION = ascii("connection: ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final int LARGEST = 16 * 1024;

    private final byte[] @Nullable [] statusLines = new byte[500][];
    private byte[] bytes = new byte[1024];
    private int size;

    /// The date that [#dateLine] was made of.
    private String date = NONE;

    private byte[] dateLine = {};

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Begins a head.
    void status(int status) {
        size = 0;
        byte[] line = statusLines[status - MIN_STATUS];
        if (line == null) {
            line = ascii("HTTP/1.1 " + status + " " + Reasons.of(status) + "\r\n");
            statusLines[status - MIN_STATUS] = line;
        }
        put(line);
    }

    /// Adds what the program has set; what belongs to the protocol is left out.
    void headers(Headers headers) {
        headers.forEach(this::header);
    }

    private void header(String name, String value) {
        switch (name) {
            case "content-length", "transfer-encoding", "connection", "keep-alive", "date" -> {
                // the protocol's own
            }
            default -> field(name, value);
        }
    }

    void field(String name, String value) {
        room(name.length() + value.length() + 4);
        latin(name);
        bytes[size++] = ':';
        bytes[size++] = ' ';
        latin(value);
        lineEnd();
    }

    @SuppressWarnings("deprecation") // it drops the high byte of each character: there is none
    private void latin(String text) {
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    void lineEnd() {
        room(2);
        bytes[size++] = Syntax.CR;
        bytes[size++] = Syntax.LF;
    }

    void date(String now) {
        if (!date.equals(now)) {
            date = now;
            dateLine = ascii("date: " + now + "\r\n");
        }
        put(dateLine);
    }

    void length(long length) {
        put(LENGTH);
        number(length, 10);
        put(LINE_END);
    }

    void chunked() {
        put(CHUNKED);
    }

    void connection(String option) {
        put(CONNECTION);
        room(option.length());
        latin(option);
        put(LINE_END);
    }

    void end() {
        put(LINE_END);
    }

    /// Adds the size line of a chunk.
    void chunkSize(long length) {
        number(length, 16);
        put(LINE_END);
    }

    /// Begins without a head.
    void clear() {
        size = 0;
    }

    private void number(long number, int radix) {
        String digits = Long.toString(number, radix);
        room(digits.length());
        latin(digits);
    }

    void put(byte[] added) {
        put(added, 0, added.length);
    }

    void put(byte[] added, int offset, int length) {
        room(length);
        System.arraycopy(added, offset, bytes, size, length);
        size += length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /// Writes what was added.
    void to(StreamWriter writer) {
        writer.write(bytes, 0, size);
        if (bytes.length > LARGEST) {
            bytes = new byte[1024];
        }
    }
}
