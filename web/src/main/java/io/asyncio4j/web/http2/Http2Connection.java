package io.asyncio4j.web.http2;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Deadline;
import io.asyncio4j.web.http.Drain;
import io.asyncio4j.web.http.HttpConnection;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.HttpService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connection that speaks HTTP/2: many requests at once, each on a stream and in a task of its
/// own.
public final class Http2Connection extends HttpConnection {
    /*
     * HEADERS begin a request's task. DATA is copied to the stream's buffer, and its window is given back as the
     * task reads. Answers are framed by the requests' tasks, in turns.
     *
     *   PREFACE   the client's first bytes are read, or waited for
     *   FRAMES    frames are read
     */
    private enum State {
        PREFACE,
        FRAMES
    }

    /// The thing that the client has a limited time for.
    private enum Awaited {
        NOTHING,
        /// The preface and the first SETTINGS.
        PREFACE,
        /// The rest of a frame or of a header block.
        HEADERS,
        /// A request, while no stream is open.
        REQUEST,
        /// A last request, after its GOAWAY.
        LAST_REQUEST
    }

    /// The number of bytes that the client may send on all streams together before they are read.
    private static final int WINDOW = 1024 * 1024;

    private static final int INITIAL_WINDOW = 65_535;

    /// With more waiting to be sent, no frames are read.
    private static final int MAX_PENDING = 256 * 1024;

    /// The time for a client without open streams to send requests after its GOAWAY.
    private static final Duration LEAVING = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofMillis(10);

    /// The time for which the rest of a body is taken after the answer.
    private static final Duration LINGERING = Duration.ofSeconds(1);

    private static final Headers PLAIN = Headers.of("content-type", "text/plain; charset=utf-8");

    final FrameWriter frames;
    private final FrameReader frame = new FrameReader();
    private final Streams streams = new Streams();
    private final FrameHandler handler;
    private final ReceiveWindow window = new ReceiveWindow(WINDOW);
    private final Deadline acknowledgement;
    private State state = State.PREFACE;
    private Awaited awaited = Awaited.NOTHING;

    /// Whether frames wait until the client has taken enough of what is to be sent.
    private boolean paused;

    /// The task that waits for that.
    private @Nullable Task<?> pause;

    private boolean clientLeaves;

    /// @param scheme `http` or `https`
    public Http2Connection(HttpService service, StreamReader reader, StreamWriter writer, String scheme) {
        super(service, reader, writer);
        this.frames = new FrameWriter(writer);
        this.handler = new FrameHandler(this, streams, frames, scheme);
        this.acknowledgement = new Deadline(service.access, this::notAcknowledged);
    }

    @Override
    protected void opened() {
        frames.settings(3, service.limits.http2Streams(), 6, service.limits.headers(), 8, 1);
        frames.windowUpdate(0, WINDOW - INITIAL_WINDOW);
        acknowledgement.in(service.limits.headerTime());
    }

    @Override
    protected void stop() {
        frames.goAway(streams.served, ErrorCode.NO_ERROR, "");
        settle();
    }

    @Override
    protected void finished() {
        if (pause != null) {
            pause.cancel();
        }
    }

    @Override
    protected void closed() {
        acknowledgement.close();
        frames.close();
    }

    // ------------------------------------------------------------------ what comes

    @Override
    protected void arrived() {
        super.arrived();
        settle();
    }

    @Override
    protected boolean read() {
        try {
            return state == State.PREFACE ? readPreface() : readFrame();
        } catch (ConnectionError wrong) {
            fail(wrong.code(), String.valueOf(wrong.getMessage()));
            return false;
        }
    }

    private boolean readPreface() throws ConnectionError {
        if (FrameReader.preface(in)) {
            state = State.FRAMES;
            return true;
        }
        if (in.hasEnded()) {
            finish();
        }
        return false;
    }

    private boolean readFrame() throws ConnectionError {
        if (writer.pendingBytes() > MAX_PENDING) {
            pause();
            return false;
        }
        if (!frame.next(in)) {
            if (in.hasEnded()) {
                lost();
            } else {
                in.resume();
            }
            return false;
        }
        if (awaited == Awaited.HEADERS && !handler.isWithinHeaders()) {
            awaited = Awaited.NOTHING;
        }
        handler.handle(frame);
        frame.skip(in);
        return true;
    }

    /// Reads no further frames until the client has taken enough.
    private void pause() {
        if (!paused) {
            paused = true;
            pause = tasks().createTask("slow client", () -> {
                try {
                    do {
                        Drain.await(writer, service.limits.writePause());
                        Asyncio.sleep(PATIENCE);
                    } while (writer.pendingBytes() > MAX_PENDING);
                } catch (IOException gone) {
                    lost();
                    return;
                }
                paused = false;
                service.loop.callSoon(this::arrived);
            });
        }
    }

    @Override
    protected void clientLeft() {
        streams.all().forEach(Http2Exchange::gone);
    }

    /// Ends the connection because of what the client did.
    private void fail(int code, String message) {
        frames.goAway(streams.served, code, message);
        streams.all().forEach(Http2Exchange::gone);
        end();
    }

    /// Ends the connection; all is said.
    private void end() {
        if (state == State.PREFACE) {
            finish();
        } else {
            linger();
        }
    }

    // ------------------------------------------------------------------ time

    /// Looks what the connection waits for now.
    private void settle() {
        if (isArriving() || !isOpen()) {
            return;
        }
        boolean free = streams.size() == 0 && streams.running == 0;
        if (free && isStopping()) {
            end();
            return;
        }
        Awaited next;
        if (!handler.hasSettings()) {
            next = Awaited.PREFACE;
        } else if (handler.isWithinHeaders() || (!paused && frame.isWithin(in))) {
            next = Awaited.HEADERS;
        } else if (free) {
            next = clientLeaves ? Awaited.LAST_REQUEST : Awaited.REQUEST;
        } else {
            next = Awaited.NOTHING;
        }
        if (next != awaited) {
            awaited = next;
            switch (next) {
                case NOTHING -> deadline.none();
                case PREFACE, HEADERS -> deadline.in(service.limits.headerTime());
                case REQUEST -> deadline.in(service.limits.idleTime());
                case LAST_REQUEST -> deadline.in(LEAVING);
            }
        }
    }

    @Override
    protected void tooLate() {
        switch (awaited) {
            case PREFACE -> fail(ErrorCode.PROTOCOL_ERROR, "the first frames have not come");
            case HEADERS -> fail(ErrorCode.ENHANCE_YOUR_CALM, "a request takes too long to come");
            default -> fail(ErrorCode.NO_ERROR, "");
        }
    }

    private void notAcknowledged() {
        if (isOpen() && state == State.FRAMES && !handler.hasAcknowledged()) {
            if (paused) {
                acknowledgement.in(service.limits.headerTime());
            } else {
                fail(ErrorCode.SETTINGS_TIMEOUT, "the settings were not acknowledged");
            }
        }
    }

    // ------------------------------------------------------------------ for the frames' handler

    void acknowledged() {
        acknowledgement.none();
    }

    /// The client has sent GOAWAY.
    void clientLeaves() {
        clientLeaves = true;
    }

    /// Returns whether further requests are answered.
    boolean takesRequests() {
        return !isStopping();
    }

    /// Counts data that has come.
    ///
    /// @return false if the client may not have sent as much
    boolean receives(int bytes) {
        return window.take(bytes);
    }

    /// Begins a request's task.
    void begin(Http2Exchange exchange, boolean last) {
        streams.add(exchange);
        streams.running++;
        awaited = Awaited.NOTHING; // so that the time of an idle connection begins anew
        if (last) {
            exchange.body.ended();
        }
        exchange.start(tasks());
    }

    /// Answers a request that is not to be served.
    void refuse(int stream, HttpError wrong, boolean last, int streamWindow) {
        byte[] text = String.valueOf(wrong.getMessage()).getBytes(StandardCharsets.UTF_8);
        boolean fits = text.length <= Math.min(streamWindow, window());
        frames.headers(stream, wrong.status(), service.date(), PLAIN, fits ? text.length : -1, !fits);
        if (fits) {
            sends(text.length);
            frames.data(stream, text, 0, text.length, true);
        }
        if (last) {
            streams.close(stream, Streams.End.COMPLETE);
        } else {
            frames.reset(stream, ErrorCode.NO_ERROR);
            streams.close(stream, Streams.End.RESET_BY_SERVER);
        }
    }

    /// Forgets a stream on which both sides have sent all.
    void closeIfComplete(Http2Exchange exchange) {
        if (exchange.isClosed()) {
            streams.close(exchange.stream, Streams.End.COMPLETE);
        }
    }

    // ------------------------------------------------------------------ for the exchanges

    /// Returns how many bytes may be sent on all streams together.
    long window() {
        return handler.window();
    }

    /// Counts data that is sent.
    void sends(int bytes) {
        handler.sent(bytes);
    }

    /// Returns whether there is more than one stream.
    boolean isShared() {
        return streams.size() > 1;
    }

    /// Allows the client to send as much again as was read or dropped.
    void used(int bytes) {
        if (isOpen()) {
            frames.windowUpdate(0, window.use(bytes));
        }
    }

    /// END_STREAM was sent.
    void sentAll(Http2Exchange exchange) {
        exchange.noteSentAll();
        closeIfComplete(exchange);
    }

    /// Resets an open stream.
    void reset(Http2Exchange exchange, int code) {
        if (streams.get(exchange.stream) == exchange) {
            frames.reset(exchange.stream, code);
            streams.close(exchange.stream, Streams.End.RESET_BY_SERVER);
            exchange.gone();
        }
    }

    /// The task of a request has ended.
    void exchangeOver(Http2Exchange exchange) {
        streams.running--;
        if (exchange.hasSentAll() && exchange.body.hasBegun() && !exchange.body.hasEnded()) {
            exchange.body.drop(new Http2Exchange.GoneException());
            long when = service.access.time() + LINGERING.toNanos();
            service.access.callAt(when, () -> endStream(exchange, ErrorCode.NO_ERROR));
        } else {
            endStream(exchange, exchange.hasSentAll() ? ErrorCode.NO_ERROR : exchange.codeOfFailure());
        }
        settle();
    }

    /// Ends a stream whose request is over, if it is open.
    void endStream(Http2Exchange exchange, int code) {
        if (streams.get(exchange.stream) == exchange) {
            if (isOpen()) {
                frames.reset(exchange.stream, code);
            }
            streams.close(exchange.stream, Streams.End.RESET_BY_SERVER);
            exchange.body.close(new Http2Exchange.GoneException());
            settle();
        }
    }
}
