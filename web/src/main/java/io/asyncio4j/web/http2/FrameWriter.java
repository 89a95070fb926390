package io.asyncio4j.web.http2;

import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.web.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The frames that a server sends, put together and written.
final class FrameWriter {
    private static final int MAX_TABLE = 4096;
    private static final int SMALL = 4096;
    private static final int MAX_PAYLOAD_TO_SEND = 16 * 1024;
    private static final int SETTING_SIZE = 6;

    /// With more waiting to be sent, the client has long stopped reading.
    private static final long MAX_PENDING = 8L << 20;

    private final StreamWriter writer;

    /// What is put together, before it is written.
    private final ByteBuf out = Unpooled.buffer(256);

    private final DefaultHttp2HeadersEncoder encoder =
            new DefaultHttp2HeadersEncoder((name, value) -> "set-cookie".contentEquals(name), true);

    /// How large the client's table of headers may be, and the least that it was since the last
    /// head.
    private long tableSize = MAX_TABLE;

    private long leastTableSize = MAX_TABLE;

    /// How many bytes were written in all.
    private long written;

    FrameWriter(StreamWriter writer) {
        this.writer = writer;
    }

    /// Frees what is used.
    void close() {
        out.release();
        encoder.close();
    }

    /// Notes how large the client's table of headers may be.
    void tableSize(long bytes) {
        tableSize = Math.min(bytes, MAX_TABLE);
        leastTableSize = Math.min(leastTableSize, tableSize);
    }

    private void fitTable() throws Http2Exception {
        if (leastTableSize < encoder.maxHeaderTableSize()) {
            encoder.maxHeaderTableSize(leastTableSize);
        }
        if (tableSize != encoder.maxHeaderTableSize()) {
            encoder.maxHeaderTableSize(tableSize);
        }
        leastTableSize = tableSize;
    }

    private void begin(int length, int type, int flags, int stream) {
        out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }

    private void flush() {
        if (writer.pendingBytes() > MAX_PENDING) {
            writer.abort();
        }
        write(out.array(), out.arrayOffset() + out.readerIndex(), out.readableBytes());
        out.clear();
    }

    private void write(byte[] bytes, int offset, int length) {
        if (!writer.isClosing()) {
            writer.write(bytes, offset, length);
            written += length;
        }
    }

    /// Returns how many bytes the client has taken.
    long taken() {
        return written - writer.pendingBytes();
    }

    // ------------------------------------------------------------------ frames of the connection

    /// @param settings numbers and values in turn
    void settings(int... settings) {
        begin(settings.length / 2 * SETTING_SIZE, FrameReader.SETTINGS, 0, 0);
        for (int i = 0; i < settings.length; i += 2) {
            out.writeShort(settings[i]).writeInt(settings[i + 1]);
        }
        flush();
    }

    void settingsAck() {
        begin(0, FrameReader.SETTINGS, FrameReader.ACK, 0);
        flush();
    }

    void pong(byte[] bytes, int start) {
        begin(8, FrameReader.PING, FrameReader.ACK, 0);
        out.writeBytes(bytes, start, 8);
        flush();
    }

    /// Asks the client to answer.
    void ping() {
        begin(8, FrameReader.PING, 0, 0);
        out.writeZero(8);
        flush();
    }

    void goAway(int last, int code, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        begin(8 + text.length, FrameReader.GOAWAY, 0, 0);
        out.writeInt(last).writeInt(code).writeBytes(text);
        flush();
    }

    void windowUpdate(int stream, int more) {
        if (more > 0) {
            begin(4, FrameReader.WINDOW_UPDATE, 0, stream);
            out.writeInt(more);
            flush();
        }
    }

    // ------------------------------------------------------------------ frames of a stream

    void reset(int stream, int code) {
        begin(4, FrameReader.RST_STREAM, 0, stream);
        out.writeInt(code);
        flush();
    }

    /// Writes the head of an answer.
    ///
    /// @param length the body's, to be told to the client; -1 for none
    /// @param last whether no body follows
    void headers(int stream, int status, String date, Headers headers, long length, boolean last) {
        Http2Headers fields = new DefaultHttp2Headers(false);
        fields.add(":status", Integer.toString(status));
        if (!date.isEmpty()) {
            fields.add("date", date);
        }
        headers.forEach((name, value) -> {
            if (!isOwn(name)) {
                fields.add(name, value);
            }
        });
        if (length >= 0) {
            fields.add("content-length", Long.toString(length));
        }
        out.writeZero(FrameReader.HEADER);
        try {
            fitTable();
            encoder.encodeHeaders(stream, fields, out);
        } catch (Http2Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        int size = out.readableBytes() - FrameReader.HEADER;
        int flags = last ? FrameReader.END_STREAM : 0;
        if (size <= MAX_PAYLOAD_TO_SEND) {
            out.setMedium(0, size).setByte(3, FrameReader.HEADERS);
            out.setByte(4, flags | FrameReader.END_HEADERS).setInt(5, stream);
            flush();
        } else {
            split(stream, flags);
        }
    }

    /// Writes a head that is too large for one frame.
    private void split(int stream, int headersFlags) {
        byte[] block = new byte[out.readableBytes() - FrameReader.HEADER];
        out.skipBytes(FrameReader.HEADER).readBytes(block);
        out.clear();
        for (int at = 0; at < block.length; ) {
            int n = Math.min(MAX_PAYLOAD_TO_SEND, block.length - at);
            int flags = (at == 0 ? headersFlags : 0) | (at + n == block.length ? FrameReader.END_HEADERS : 0);
            begin(n, at == 0 ? FrameReader.HEADERS : FrameReader.CONTINUATION, flags, stream);
            out.writeBytes(block, at, n);
            at += n;
        }
        flush();
    }

    private static final List<String> OWN = List.of(
            "content-length", "date", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /// Returns whether a header is the protocol's and not the program's to set.
    private static boolean isOwn(String name) {
        return OWN.contains(name);
    }

    /// Writes a piece of a body, not larger than a frame may be.
    void data(int stream, byte[] bytes, int offset, int length, boolean last) {
        begin(length, FrameReader.DATA, last ? FrameReader.END_STREAM : 0, stream);
        if (length <= SMALL) {
            out.writeBytes(bytes, offset, length);
            flush();
        } else {
            flush();
            write(bytes, offset, length);
        }
    }
}
