package io.asyncio4j.web.http2;

import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules for what a client may send, frame by frame.
final class FrameHandler {
    private static final int INITIAL_WINDOW = 65_535;
    private static final int LARGEST_FRAME = 0xff_ffff;

    /// A client that sends data, or gets it, may send so many more frames that carry nothing.
    private static final int FRAMES_FOR_DATA = 2;

    private static final int MUCH = 1024;

    private final Http2Connection connection;
    private final Streams streams;
    private final FrameWriter frames;
    private final HeaderBlock block;
    private final Limits limits;
    private final String scheme;

    /// Frames that cost work and bring nothing.
    private final Budget idleWork;

    /// Streams that were reset, by the client, or because of what it did.
    private final Budget resets;

    private boolean settingsSeen;
    private boolean acknowledged;
    private int initialWindow = INITIAL_WINDOW;

    /// How many bytes the client allows to send on all streams together.
    private long window = INITIAL_WINDOW;

    FrameHandler(Http2Connection connection, Streams streams, FrameWriter frames, String scheme) {
        this.connection = connection;
        this.streams = streams;
        this.frames = frames;
        this.limits = connection.service.limits;
        this.scheme = scheme;
        this.block = new HeaderBlock(limits);
        LoopAccess loop = connection.service.access;
        this.idleWork = new Budget(loop, 1000, 100);
        this.resets =
                new Budget(loop, Math.max(100, 4 * limits.http2Streams()), Math.max(10, limits.http2Streams() / 2));
    }

    boolean hasSettings() {
        return settingsSeen;
    }

    /// Returns whether the client has acknowledged the server's settings.
    boolean hasAcknowledged() {
        return acknowledged;
    }

    boolean isWithinHeaders() {
        return block.isUnderWay();
    }

    /// Returns how many bytes may be sent.
    long window() {
        return window;
    }

    /// Notes that bytes were sent.
    ///
    /// @param limited whether there were more, which the client has not allowed
    void sent(int bytes, boolean limited) {
        window -= bytes;
        if (bytes >= MUCH || !limited) {
            idleWork.give(FRAMES_FOR_DATA);
        }
    }

    // ------------------------------------------------------------------ any frame

    void handle(FrameReader frame) throws ConnectionError {
        if (!settingsSeen && (frame.type != FrameReader.SETTINGS || frame.has(FrameReader.ACK))) {
            throw protocolError("the first frame must be SETTINGS");
        }
        if (block.isUnderWay() && (frame.type != FrameReader.CONTINUATION || frame.stream != block.stream)) {
            throw protocolError("only CONTINUATION may come within a header block");
        }
        switch (frame.type) {
            case FrameReader.DATA -> data(frame);
            case FrameReader.HEADERS -> headers(frame);
            case FrameReader.PRIORITY -> priority(frame);
            case FrameReader.RST_STREAM -> reset(frame);
            case FrameReader.SETTINGS -> settings(frame);
            case FrameReader.PUSH_PROMISE -> throw protocolError("a client must not push");
            case FrameReader.PING -> ping(frame);
            case FrameReader.GOAWAY -> goAway(frame);
            case FrameReader.WINDOW_UPDATE -> windowUpdate(frame);
            case FrameReader.CONTINUATION -> {
                if (!block.isUnderWay()) {
                    throw protocolError("CONTINUATION must follow HEADERS");
                }
                fields(block.add(frame), frame.stream);
            }
            default -> idleWork.take("frames of unknown types");
        }
    }

    private static ConnectionError protocolError(String message) {
        return new ConnectionError(ErrorCode.PROTOCOL_ERROR, message);
    }

    private static void requireStream(FrameReader frame) throws ConnectionError {
        if (frame.stream == 0) {
            throw protocolError("a frame of a stream must name it");
        }
    }

    private static void requireNoStream(FrameReader frame) throws ConnectionError {
        if (frame.stream != 0) {
            throw protocolError("a frame of the connection must not name a stream");
        }
    }

    private static void requireLength(FrameReader frame, int length) throws ConnectionError {
        if (frame.length() != length) {
            throw new ConnectionError(
                    ErrorCode.FRAME_SIZE_ERROR, "a frame must have " + length + " bytes, but has " + frame.length());
        }
    }

    private void requireNotIdle(FrameReader frame) throws ConnectionError {
        if (streams.isIdle(frame.stream)) {
            throw protocolError("the stream " + frame.stream + " was not opened");
        }
    }

    /// Resets a stream because of what the client did.
    private void punish(Http2Exchange exchange, int code) throws ConnectionError {
        connection.reset(exchange, code);
        resets.take("streams that had to be reset");
    }

    /// Resets a stream that is closed, or was never begun.
    private void punish(int stream, int code) throws ConnectionError {
        frames.reset(stream, code);
        streams.close(stream, Streams.End.RESET_BY_SERVER);
        resets.take("streams that had to be reset");
    }

    // ------------------------------------------------------------------ the connection

    private void settings(FrameReader frame) throws ConnectionError {
        requireNoStream(frame);
        idleWork.take("SETTINGS");
        if (frame.has(FrameReader.ACK)) {
            requireLength(frame, 0);
            acknowledged = true;
            connection.acknowledged();
            return;
        }
        if (frame.length() % 6 != 0) {
            throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "SETTINGS must have six bytes for each setting");
        }
        settingsSeen = true;
        while (frame.length() > 0) {
            idleWork.take("settings"); // each may concern every open stream
            setting(frame.int16(), Integer.toUnsignedLong(frame.int32()));
        }
        frames.settingsAck();
    }

    private void setting(int name, long value) throws ConnectionError {
        switch (name) {
            case 1 -> frames.tableSize(value);
            case 2, 8 -> {
                if (value > 1) {
                    throw protocolError("a setting must be 0 or 1, but is " + value);
                }
            }
            case 4 -> initialWindow(value);
            case 5 -> {
                if (value < FrameReader.MAX_PAYLOAD || value > LARGEST_FRAME) {
                    throw protocolError("MAX_FRAME_SIZE must not be " + value);
                }
            }
            default -> {
                // no concern of a server, or unknown
            }
        }
    }

    private void initialWindow(long value) throws ConnectionError {
        if (value > Integer.MAX_VALUE) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE must not be " + value);
        }
        int more = (int) value - initialWindow;
        initialWindow = (int) value;
        for (Http2Exchange exchange : streams.all()) {
            if (!exchange.allow(more)) {
                throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a window is too large");
            }
        }
    }

    private void ping(FrameReader frame) throws ConnectionError {
        requireNoStream(frame);
        requireLength(frame, 8);
        idleWork.take("PING");
        if (!frame.has(FrameReader.ACK)) {
            frames.pong(frame.bytes, frame.start);
        } else {
            connection.pinged();
        }
    }

    private void goAway(FrameReader frame) throws ConnectionError {
        requireNoStream(frame);
        frame.requireLength(8);
        idleWork.take("GOAWAY");
        connection.clientLeaves();
    }

    private void windowUpdate(FrameReader frame) throws ConnectionError {
        requireLength(frame, 4);
        idleWork.take("WINDOW_UPDATE");
        int more = frame.int32() & Integer.MAX_VALUE;
        if (frame.stream == 0) {
            if (more == 0) {
                throw protocolError("WINDOW_UPDATE must not be 0");
            }
            window += more;
            if (window > Integer.MAX_VALUE) {
                throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "the window of the connection is too large");
            }
            List.copyOf(streams.waiting).forEach(Http2Exchange::wake);
            return;
        }
        requireNotIdle(frame);
        Http2Exchange exchange = streams.get(frame.stream);
        if (exchange == null) {
            return;
        }
        if (more == 0) {
            punish(exchange, ErrorCode.PROTOCOL_ERROR);
        } else if (!exchange.allow(more)) {
            punish(exchange, ErrorCode.FLOW_CONTROL_ERROR);
        }
    }

    // ------------------------------------------------------------------ streams

    private void priority(FrameReader frame) throws ConnectionError {
        requireStream(frame);
        idleWork.take("PRIORITY");
        if (frame.length() != 5) {
            Http2Exchange exchange = streams.get(frame.stream);
            if (exchange == null) {
                requireLength(frame, 5);
            } else {
                punish(exchange, ErrorCode.FRAME_SIZE_ERROR);
            }
        }
    }

    private void reset(FrameReader frame) throws ConnectionError {
        requireStream(frame);
        requireLength(frame, 4);
        requireNotIdle(frame);
        resets.take("streams that were reset");
        Http2Exchange exchange = streams.get(frame.stream);
        if (exchange != null) {
            streams.close(frame.stream, Streams.End.RESET_BY_CLIENT);
            exchange.gone();
        }
    }

    private void data(FrameReader frame) throws ConnectionError {
        requireStream(frame);
        requireNotIdle(frame);
        int whole = frame.length();
        if (!connection.receives(whole)) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "more data than the window of the connection");
        }
        frame.unpad();
        boolean last = frame.has(FrameReader.END_STREAM);
        if (frame.length() == 0 && !last) {
            idleWork.take("empty DATA");
        } else {
            idleWork.give(frame.length() >= MUCH ? FRAMES_FOR_DATA : 0);
        }
        Http2Exchange exchange = streams.get(frame.stream);
        if (exchange == null) {
            late(frame.stream, whole);
            return;
        }
        if (exchange.body.hasEnded()) {
            connection.used(whole);
            punish(exchange, ErrorCode.STREAM_CLOSED);
            return;
        }
        int code = exchange.body.arrived(frame.bytes, frame.start, frame.length(), whole);
        if (code == ErrorCode.NO_ERROR && last) {
            code = exchange.body.ended();
        }
        if (code != ErrorCode.NO_ERROR) {
            punish(exchange, code);
        } else if (last) {
            connection.closeIfComplete(exchange);
        } else if (exchange.body.isTooMuch() && exchange.hasSentAll()) {
            connection.endStream(exchange, ErrorCode.NO_ERROR);
        }
    }

    /// Drops data of a closed stream, of which a client that did not know may have sent a window.
    private void late(int stream, int size) throws ConnectionError {
        connection.used(size);
        if (streams.endOf(stream) != Streams.End.RESET_BY_SERVER) {
            punish(stream, ErrorCode.STREAM_CLOSED);
        } else if (!streams.takesLate(size)) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "too much data of streams that were reset");
        }
    }

    private void headers(FrameReader frame) throws ConnectionError {
        requireStream(frame);
        if (frame.stream % 2 == 0) {
            throw protocolError("a client must open odd streams only");
        }
        frame.unpad();
        if (frame.has(FrameReader.PRIORITIZED)) {
            frame.requireLength(5);
            frame.start += 5;
        }
        if (!streams.isIdle(frame.stream) && streams.get(frame.stream) == null) {
            switch (streams.endOf(frame.stream)) {
                case UNKNOWN -> throw protocolError("the stream " + frame.stream + " is lower than others before");
                case COMPLETE, RESET_BY_CLIENT ->
                    throw new ConnectionError(
                            ErrorCode.STREAM_CLOSED, "the stream " + frame.stream + " was closed before");
                case RESET_BY_SERVER -> {
                    // sent before the client knew; read for the sake of the table
                }
            }
        }
        block.begin(frame.stream, frame.has(FrameReader.END_STREAM));
        fields(block.add(frame), frame.stream);
    }

    /// A whole header block has come; nothing if it is null.
    private void fields(HeaderBlock.@Nullable Unpacked unpacked, int stream) throws ConnectionError {
        if (unpacked == null) {
            return;
        }
        Http2Exchange exchange = streams.get(stream);
        if (exchange != null) {
            trailers(exchange, unpacked);
        } else if (streams.isIdle(stream)) {
            streams.highest = stream;
            open(stream, unpacked);
        } else {
            resets.take("headers of streams that were reset");
        }
    }

    private void trailers(Http2Exchange exchange, HeaderBlock.Unpacked unpacked) throws ConnectionError {
        if (exchange.body.hasEnded()) {
            punish(exchange, ErrorCode.STREAM_CLOSED);
            return;
        }
        int code = unpacked.tooLarge() || !block.last ? ErrorCode.PROTOCOL_ERROR : ErrorCode.NO_ERROR;
        try {
            RequestReader.checkTrailers(unpacked.fields());
        } catch (MalformedException wrong) {
            code = ErrorCode.PROTOCOL_ERROR;
        }
        if (code == ErrorCode.NO_ERROR) {
            code = exchange.body.ended();
        }
        if (code == ErrorCode.NO_ERROR) {
            connection.closeIfComplete(exchange);
        } else {
            punish(exchange, code);
        }
    }

    private void open(int stream, HeaderBlock.Unpacked unpacked) throws ConnectionError {
        if (!connection.takesRequests()
                || streams.size() >= limits.http2Streams()
                || streams.running >= 2 * limits.http2Streams()) {
            punish(stream, ErrorCode.REFUSED_STREAM);
            return;
        }
        try {
            if (unpacked.tooLarge()) {
                throw new HttpError(431, "The headers are larger than " + limits.headers() + " bytes");
            }
            RequestHead request = RequestReader.read(limits, unpacked.fields(), scheme, block.last);
            streams.served = stream;
            connection.begin(new Http2Exchange(connection, stream, request, block.last, initialWindow), block.last);
        } catch (MalformedException wrong) {
            punish(stream, ErrorCode.PROTOCOL_ERROR);
        } catch (HttpError wrong) {
            streams.served = stream;
            connection.refuse(stream, wrong, block.last, initialWindow);
        }
    }
}
