package io.asyncio4j.web.http2;

import io.asyncio4j.web.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The headers of a request, from the first frame to the last, unpacked.
final class HeaderBlock {
    private static final int MAX_FRAMES = 64;

    private final int mostBytes;
    private final Decoder decoder;

    /// What has come of a block that is not whole.
    private byte[] bytes = {};

    private int size;
    private int frames;

    /// The stream that the block belongs to; 0 if none is under way.
    int stream;

    /// Whether no body follows.
    boolean last;

    HeaderBlock(Limits limits) {
        // In bytes as they are sent: a block that unpacks to too much is read to its end and answered.
        this.mostBytes = 4 * limits.headers() + FrameReader.MAX_PAYLOAD;
        this.decoder = new Decoder(limits.headers());
    }

    /// Begins a block.
    void begin(int stream, boolean last) {
        this.stream = stream;
        this.last = last;
        size = 0;
        frames = 0;
    }

    boolean isUnderWay() {
        return stream != 0;
    }

    /// Adds what a frame has of it.
    ///
    /// @return names and values in turn once it is whole, null before
    /// @throws ConnectionError if it cannot be unpacked, or goes on for too long
    @Nullable
    Unpacked add(FrameReader frame) throws ConnectionError {
        int length = frame.length();
        boolean whole = frame.has(FrameReader.END_HEADERS);
        if (whole && size == 0) {
            stream = 0;
            return decoder.unpack(frame.bytes, frame.start, length);
        }
        if (size + length > mostBytes || ++frames > MAX_FRAMES) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "the headers of a request go on and on");
        }
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
        System.arraycopy(frame.bytes, frame.start, bytes, size, length);
        size += length;
        if (!whole) {
            return null;
        }
        stream = 0;
        byte[] block = bytes;
        bytes = new byte[0];
        return decoder.unpack(block, 0, size);
    }

    /// The fields of a whole block.
    ///
    /// @param fields names and values in turn
    /// @param tooLarge whether fields are missing, because they are too large together
    record Unpacked(List<String> fields, boolean tooLarge) {}

    private static final class Decoder extends DefaultHttp2HeadersDecoder {
        private List<String> fields = List.of();

        Decoder(int mostBytes) {
            super(false, mostBytes);
        }

        Unpacked unpack(byte[] bytes, int start, int length) throws ConnectionError {
            ByteBuf block = Unpooled.wrappedBuffer(bytes, start, length);
            try {
                decodeHeaders(1, block);
                return new Unpacked(fields, false);
            } catch (Http2Exception wrong) {
                if (Http2Exception.isStreamError(wrong)) {
                    return new Unpacked(fields, true);
                }
                throw new ConnectionError(ErrorCode.COMPRESSION_ERROR, "the headers cannot be unpacked");
            } finally {
                fields = List.of();
                block.release();
            }
        }

        @Override
        protected Http2Headers newHeaders() {
            List<String> list = new ArrayList<>();
            fields = list;
            return new InOrder(list);
        }
    }

    /// Keeps fields as they come: their order has to be checked.
    private static final class InOrder extends DefaultHttp2Headers {
        private final List<String> list;

        InOrder(List<String> list) {
            super(false);
            this.list = list;
        }

        @Override
        public Http2Headers add(CharSequence name, CharSequence value) {
            list.add(name.toString());
            list.add(value.toString());
            return this;
        }
    }
}
