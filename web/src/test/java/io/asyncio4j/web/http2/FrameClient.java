package io.asyncio4j.web.http2;

import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A client that sends frames as it is told to, and reads what comes back.
final class FrameClient implements AutoCloseable {
    private final StreamReader reader;
    private final StreamWriter writer;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    FrameClient(StreamReader reader, StreamWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /// Sends the preface and SETTINGS.
    ///
    /// @param settings numbers and values in turn
    FrameClient begin(int... settings) {
        writer.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        frame(FrameReader.SETTINGS, 0, 0, payload.array());
        frame(FrameReader.SETTINGS, FrameReader.ACK, 0);
        return this;
    }

    void frame(int type, int flags, int stream, byte... payload) {
        writer.write(ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
    }

    void number(int type, int stream, int value) {
        frame(type, 0, stream, ByteBuffer.allocate(4).putInt(value).array());
    }

    /// @param fields names and values in turn
    void headers(int stream, boolean last, String... fields) throws Http2Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, headers, block);
            byte[] bytes = new byte[block.readableBytes()];
            block.readBytes(bytes);
            frame(FrameReader.HEADERS, FrameReader.END_HEADERS | (last ? FrameReader.END_STREAM : 0), stream, bytes);
        } finally {
            block.release();
        }
    }

    void request(int stream, String method, String path, boolean last, String... more) throws Http2Exception {
        String[] fields = new String[8 + more.length];
        System.arraycopy(
                new String[] {":method", method, ":scheme", "http", ":path", path, ":authority", "here"},
                0,
                fields,
                0,
                8);
        System.arraycopy(more, 0, fields, 8, more.length);
        headers(stream, last, fields);
    }

    void data(int stream, String text, boolean last) {
        frame(FrameReader.DATA, last ? FrameReader.END_STREAM : 0, stream, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Returns what the next frame of interest says: `1 200`, `1 data hello`, `1 end`, `1 reset 8`,
    /// `goaway 0`, `closed`.
    String next() throws IOException, Http2Exception {
        while (true) {
            byte[] head;
            try {
                head = reader.readExactly(9);
            } catch (EOFException closed) {
                return "closed";
            }
            ByteBuffer in = ByteBuffer.wrap(head);
            int length = in.getInt() >>> 8;
            int type = head[3];
            int flags = head[4];
            int stream = ByteBuffer.wrap(head, 5, 4).getInt();
            ByteBuffer payload = ByteBuffer.wrap(length == 0 ? new byte[0] : reader.readExactly(length));
            String end = (flags & FrameReader.END_STREAM) != 0 ? " end" : "";
            switch (type) {
                case FrameReader.HEADERS -> {
                    return stream + " " + status(payload.array()) + end;
                }
                case FrameReader.DATA -> {
                    String text = new String(payload.array(), StandardCharsets.US_ASCII);
                    return stream + " data " + (length > 50 ? length : text) + end;
                }
                case FrameReader.RST_STREAM -> {
                    return stream + " reset " + payload.getInt();
                }
                case FrameReader.GOAWAY -> {
                    return "goaway " + payload.getInt(4) + " after " + payload.getInt(0);
                }
                default -> {
                    // SETTINGS, PING, WINDOW_UPDATE
                }
            }
        }
    }

    private String status(byte[] block) throws Http2Exception {
        ByteBuf bytes = Unpooled.wrappedBuffer(block);
        try {
            return decoder.decodeHeaders(1, bytes).status().toString();
        } finally {
            bytes.release();
        }
    }

    @Override
    public void close() {
        encoder.close();
        writer.close();
    }
}
