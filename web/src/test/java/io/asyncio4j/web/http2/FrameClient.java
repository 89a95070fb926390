package io.asyncio4j.web.http2;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.IncompleteReadException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A client that sends the frames it is told, right or wrong, and shows what comes back.
final class FrameClient implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /// The names of error codes, by their numbers.
    private static final List<String> CODES = List.of(
            "NO_ERROR",
            "PROTOCOL_ERROR",
            "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT",
            "STREAM_CLOSED",
            "FRAME_SIZE_ERROR",
            "REFUSED_STREAM",
            "CANCEL",
            "COMPRESSION_ERROR",
            "CONNECT_ERROR",
            "ENHANCE_YOUR_CALM");

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Connection connection;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    FrameClient(Connection connection) {
        this.connection = connection;
    }

    /// A frame from the server.
    static final class Frame {
        private final int type;
        private final int flags;
        private final int stream;
        private final byte[] payload;

        Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        int type() {
            return type;
        }

        int flags() {
            return flags;
        }

        int stream() {
            return stream;
        }

        byte[] payload() {
            return payload;
        }

        boolean isEnd() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        /// Returns the error code of RST_STREAM or GOAWAY.
        String code() {
            return CODES.get(ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0));
        }

        int number() {
            return ByteBuffer.wrap(payload).getInt(0);
        }

        String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }
    }

    // ------------------------------------------------------------------ to the server

    void raw(String text) {
        connection.writer().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        connection.writer().write(frame.array());
    }

    /// Begins as a client has to.
    ///
    /// @param settings identifiers and values in turn
    FrameClient begin(int... settings) {
        raw(PREFACE);
        settings(settings);
        send(SETTINGS, ACK, 0, new byte[0]);
        return this;
    }

    void preface() {
        raw(PREFACE);
    }

    void settings(int... settings) {
        ByteBuffer payload = ByteBuffer.allocate(3 * settings.length);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        send(SETTINGS, 0, 0, payload.array());
    }

    void number(int type, int stream, int number) {
        send(type, 0, stream, ByteBuffer.allocate(4).putInt(number).array());
    }

    void ping() {
        send(PING, 0, 0, new byte[8]);
    }

    void get(int stream, String path, String... fields) {
        request("GET", stream, path, true, fields);
    }

    void post(int stream, String path, String... fields) {
        request("POST", stream, path, false, fields);
    }

    void request(String method, int stream, String path, boolean end, String... more) {
        String[] fields = new String[8 + more.length];
        System.arraycopy(
                new String[] {":method", method, ":scheme", "http", ":path", path, ":authority", "t"}, 0, fields, 0, 8);
        System.arraycopy(more, 0, fields, 8, more.length);
        headers(stream, end ? END_STREAM | END_HEADERS : END_HEADERS, fields);
    }

    /// @param fields names and values in turn
    void headers(int stream, int flags, String... fields) {
        send(HEADERS, flags, stream, block(fields));
    }

    byte[] block(String... fields) {
        ByteBuf block = Unpooled.buffer();
        try {
            for (int i = 0; i < fields.length; i += 2) { // one by one: in just this order
                Http2Headers one = new DefaultHttp2Headers(false).add(fields[i], fields[i + 1]);
                encoder.encodeHeaders(1, one, block);
            }
            return ByteBufUtil.getBytes(block);
        } catch (Http2Exception impossible) {
            throw new AssertionError(impossible);
        } finally {
            block.release();
        }
    }

    void data(int stream, String text, boolean end) {
        send(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void data(int stream, int count, boolean end) {
        for (int left = count; left > 0; left -= 16_384) {
            send(DATA, end && left <= 16_384 ? END_STREAM : 0, stream, new byte[Math.min(left, 16_384)]);
        }
    }

    // ------------------------------------------------------------------ from the server

    /// Returns the next frame; null at the end. Suspends.
    @Nullable
    Frame next() throws IOException {
        byte[] head;
        try {
            head = connection.reader().readExactly(9);
        } catch (IncompleteReadException end) {
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(head);
        int first = numbers.getInt();
        int flags = numbers.get();
        return new Frame(
                first & 0xff, flags, numbers.getInt(), connection.reader().readExactly(first >>> 8));
    }

    /// Returns the next frame that `wanted` is true for.
    Frame await(Predicate<Frame> wanted) throws IOException {
        for (Frame frame = next(); frame != null; frame = next()) {
            if (wanted.test(frame)) {
                return frame;
            }
            fields(frame); // keeps the decoder's table right
        }
        throw new AssertionError("The server has closed the connection before");
    }

    Frame await(int type) throws IOException {
        return await(frame -> frame.type() == type);
    }

    Frame await(int type, int stream) throws IOException {
        return await(frame -> frame.type() == type && frame.stream() == stream);
    }

    /// Returns the status and the body of an answer; suspends until it has ended.
    String answer(int stream) throws IOException {
        String status = status(await(HEADERS, stream));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (boolean ended = lastEnded; !ended; ) {
            Frame frame = await(DATA, stream);
            body.writeBytes(frame.payload());
            ended = frame.isEnd();
        }
        return status + " " + body.toString(StandardCharsets.ISO_8859_1);
    }

    private boolean lastEnded;

    private String status(Frame head) {
        lastEnded = head.isEnd();
        return fields(head).getFirst().substring(":status: ".length());
    }

    /// Returns what RST_STREAM of that stream says.
    String reset(int stream) throws IOException {
        return await(RST_STREAM, stream).code();
    }

    /// Returns what GOAWAY says, once the connection has ended after it.
    String goAway() throws IOException {
        Frame last = await(GOAWAY);
        for (Frame frame = next(); frame != null; frame = next()) {
            if (frame.type() == GOAWAY) {
                last = frame;
            }
        }
        Asyncio.sleep(Duration.ofMillis(1)); // in which the requests end
        return last.code();
    }

    /// Returns the fields of HEADERS, as `name: value`.
    List<String> fields(Frame frame) {
        if (frame.type() != HEADERS) {
            return List.of();
        }
        ByteBuf block = Unpooled.wrappedBuffer(frame.payload());
        try {
            Http2Headers headers = decoder.decodeHeaders(frame.stream(), block);
            return StreamSupport.stream(headers.spliterator(), false)
                    .map(field -> field.getKey() + ": " + field.getValue())
                    .toList();
        } catch (Http2Exception wrong) {
            throw new AssertionError(wrong);
        } finally {
            block.release();
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
        encoder.close();
    }
}
