package io.asyncio4j.web.http2;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.spi.Incoming;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Deadline;
import io.asyncio4j.web.http.Drain;
import io.asyncio4j.web.http.HttpConnection;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.HttpService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection that speaks HTTP/2: many requests at once, each on a stream and in a task of its
/// own.
public final class Http2Connection implements HttpConnection {
    /*
     * Frames are looked at where the reader keeps them, by arrived(), which the loop calls when some have come.
     * HEADERS begin a request's task, which runs at once until it first suspends. DATA is copied to the stream's
     * buffer, and its window is given back as the task reads. Answers are framed by the requests' tasks, in turns.
     *
     *   PREFACE   the client's first bytes are read, or waited for
     *   OPEN      frames are read
     *   LINGER    all is said; what the client sends is dropped until it ends, so that it gets the last frames
     *   OVER      the connection's task goes on, and closes
     */
    private enum State {
        PREFACE,
        OPEN,
        LINGER,
        OVER
    }

    /// What the client has a limited time for.
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

    /// How much the client may send on all streams together, before it is read.
    private static final int WINDOW = 1024 * 1024;

    private static final int INITIAL_WINDOW = 65_535;

    /// With more waiting to be sent, no frames are read.
    private static final int MAX_PENDING = 256 * 1024;

    /// How much is taken of a client that was told to stop, and for how long.
    private static final int MAX_LINGERING = 16 * 1024 * 1024;

    private static final Duration LINGERING = Duration.ofSeconds(1);

    /// How long a client may send requests after its GOAWAY, if it has none open.
    private static final Duration LEAVING = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofMillis(10);
    private static final Headers PLAIN = Headers.of("content-type", "text/plain; charset=utf-8");

    final HttpService service;
    final StreamWriter writer;
    final FrameWriter frames;
    private final Incoming in;
    private final FrameReader frame = new FrameReader();
    private final Streams streams = new Streams();
    private final FrameHandler handler;
    private final ReceiveWindow window = new ReceiveWindow(WINDOW);
    private final Deadline deadline;
    private final Deadline acknowledgement;
    private final Future<@Nullable Void> over;
    private @Nullable TaskGroup group;
    private State state = State.PREFACE;
    private Awaited awaited = Awaited.NOTHING;

    /// Whether [#arrived] is under way.
    private boolean arriving;

    /// Whether frames wait until the client has taken enough of what is to be sent.
    private boolean paused;

    /// The task that waits for that.
    private @Nullable Task<?> pause;

    private boolean serving;
    private boolean stopping;
    private boolean clientLeaves;
    private long dropped;

    /// @param scheme `http` or `https`
    public Http2Connection(HttpService service, StreamReader reader, StreamWriter writer, String scheme) {
        this.service = service;
        this.writer = writer;
        this.in = Incoming.of(reader);
        this.frames = new FrameWriter(writer);
        this.handler = new FrameHandler(this, streams, frames, scheme);
        this.deadline = new Deadline(service.access, this::tooLate);
        this.acknowledgement = new Deadline(service.access, this::notAcknowledged);
        this.over = service.access.createFuture(() -> "streams of " + writer.peerAddress());
    }

    // ------------------------------------------------------------------ the connection's task

    @Override
    public void serve() {
        try {
            Asyncio.taskGroup(tasks -> {
                group = tasks;
                serving = true;
                frames.settings(3, service.limits.http2Streams(), 6, service.limits.headers(), 8, 1);
                frames.windowUpdate(0, WINDOW - INITIAL_WINDOW);
                if (stopping) {
                    frames.goAway(0, ErrorCode.NO_ERROR, "");
                }
                acknowledgement.in(service.limits.headerTime());
                in.listen(this::arrived);
                arrived();
                over.await();
            });
        } finally {
            state = State.OVER;
            deadline.close();
            acknowledgement.close();
            in.listen(null);
            frames.close();
            writer.close();
            if (writer.pendingBytes() > 0) {
                service.access.callAt(
                        service.access.time() + service.limits.writePause().toNanos(), writer::abort);
            }
        }
    }

    @Override
    public void shutDown() {
        if (stopping) {
            return;
        }
        stopping = true;
        if (serving && (state == State.PREFACE || state == State.OPEN)) {
            frames.goAway(streams.served, ErrorCode.NO_ERROR, "");
            settle();
        }
    }

    private void finish() {
        state = State.OVER;
        deadline.none();
        acknowledgement.none();
        if (pause != null) {
            pause.cancel();
        }
        if (!over.isDone()) {
            over.setResult(null);
        }
    }

    // ------------------------------------------------------------------ what comes

    /// Something has come: bytes, the end, or a failure.
    private void arrived() {
        if (arriving) {
            return;
        }
        arriving = true;
        try {
            while (step()) {
                // goes on as long as there is something to do
            }
        } catch (ConnectionError wrong) {
            fail(wrong.code(), String.valueOf(wrong.getMessage()));
        } finally {
            arriving = false;
        }
        settle();
    }

    /// @return whether to look again
    private boolean step() throws ConnectionError {
        if (in.failure() != null) {
            lost();
            return false;
        }
        return switch (state) {
            case PREFACE -> readPreface();
            case OPEN -> readFrame();
            case LINGER -> {
                dropped += in.end() - in.start();
                in.skip(in.end() - in.start());
                if (in.hasEnded() || dropped > MAX_LINGERING) {
                    finish();
                }
                yield false;
            }
            case OVER -> false;
        };
    }

    private boolean readPreface() throws ConnectionError {
        if (FrameReader.preface(in)) {
            state = State.OPEN;
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
            awaitNothing();
        }
        handler.handle(frame);
        frame.skip(in);
        return true;
    }

    /// Reads no further frames until the client has taken enough.
    private void pause() {
        if (!paused) {
            paused = true;
            pause = Objects.requireNonNull(group).createTask("slow client", () -> {
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

    /// The client has left.
    private void lost() {
        streams.all().forEach(Http2Exchange::gone);
        finish();
    }

    /// Ends the connection because of what the client did.
    private void fail(int code, String message) {
        frames.goAway(streams.served, code, message);
        streams.all().forEach(Http2Exchange::gone);
        linger();
    }

    /// Ends our direction, and waits for the client to end its own.
    private void linger() {
        if (in.hasEnded() || writer.isClosing() || state == State.PREFACE) {
            finish();
            return;
        }
        state = State.LINGER;
        acknowledgement.none();
        deadline.in(LINGERING);
        in.skip(in.end() - in.start());
        in.resume();
        if (writer.canWriteEof()) {
            writer.writeEof();
        }
    }

    // ------------------------------------------------------------------ time

    /// Looks what the connection waits for now.
    private void settle() {
        if (arriving || (state != State.PREFACE && state != State.OPEN)) {
            return;
        }
        boolean free = streams.size() == 0 && streams.running == 0;
        if (free && stopping) {
            linger();
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

    private void awaitNothing() {
        awaited = Awaited.NOTHING;
        deadline.none();
    }

    private void tooLate() {
        if (state == State.LINGER || state == State.OVER) {
            finish();
            return;
        }
        switch (awaited) {
            case PREFACE -> fail(ErrorCode.PROTOCOL_ERROR, "the first frames have not come");
            case HEADERS -> fail(ErrorCode.ENHANCE_YOUR_CALM, "a request takes too long to come");
            default -> fail(ErrorCode.NO_ERROR, "");
        }
    }

    private void notAcknowledged() {
        if (state == State.OPEN && !handler.hasAcknowledged()) {
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
        return !stopping;
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
        awaitNothing(); // so that the time of an idle connection begins anew
        if (last) {
            exchange.body.ended();
        }
        exchange.start(Objects.requireNonNull(group));
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
        if (state == State.OPEN) {
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
            if (state == State.OPEN) {
                frames.reset(exchange.stream, code);
            }
            streams.close(exchange.stream, Streams.End.RESET_BY_SERVER);
            exchange.body.close(new Http2Exchange.GoneException());
            settle();
        }
    }
}
