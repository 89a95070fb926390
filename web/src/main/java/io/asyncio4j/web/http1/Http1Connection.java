package io.asyncio4j.web.http1;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.web.http.BodyPace;
import io.asyncio4j.web.http.ClientGoneException;
import io.asyncio4j.web.http.Drain;
import io.asyncio4j.web.http.HttpConnection;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.HttpService;
import io.asyncio4j.web.http.RequestHead;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection that speaks HTTP/1.1: one request after the other, each in a task of its own.
public final class Http1Connection extends HttpConnection {
    /*
     * A request that is answered before its task first suspends costs no turn of the loop: read() goes on with the
     * next one, and all answers of a turn leave with one write to the socket. Bytes of a body stay where they are
     * until the task reads them.
     *
     *   HEAD      a head is read, or waited for
     *   REQUEST   a request's task is under way; it reads the body
     *   DRAIN     it has ended, and the rest of its body is dropped
     *   RAW       the request has changed to another protocol
     */
    private enum State {
        HEAD,
        REQUEST,
        DRAIN,
        RAW
    }

    static final int SMALL = 8 * 1024;
    static final byte[] LINE_END = {'\r', '\n'};
    static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
    private static final int PIECE = 64 * 1024;

    /// The part of a file that a client has to take in the time for a pause.
    private static final int PIECE_OF_FILE = 256 * 1024;

    /// The part of an unread body, in bytes, that is taken so that the connection can go on.
    private static final int MAX_DROPPED = 256 * 1024;

    /// The time that a client which has ended its direction may wait for an answer: it has mostly
    /// left.
    private static final Duration HALF_CLOSED = Duration.ofMillis(100);

    private final HeadParser parser;
    private final HeadWriter head;
    private State state = State.HEAD;
    private @Nullable Http1Exchange exchange;

    /// The body of a request that was answered before it was read.
    private @Nullable BodyReader lastBody;

    /// The future that the request's task waits for when it reads.
    private @Nullable Future<@Nullable Void> waiter;

    private boolean fresh = true;

    /// The number of bytes of [#lastBody] that were dropped.
    private long dropped;

    /// @param scheme `http` or `https`
    public Http1Connection(HttpService service, StreamReader reader, StreamWriter writer, String scheme) {
        super(service, reader, writer);
        this.parser = new HeadParser(service.limits, scheme);
        this.head = service.access.attachment(HeadWriter.class, HeadWriter::new);
    }

    @Override
    protected void opened() {
        awaitFirstBytes();
    }

    @Override
    protected void stop() {
        if (state == State.HEAD && !parser.hasBegun() && in.start() == in.end()) {
            finish();
        }
    }

    // ------------------------------------------------------------------ what comes

    @Override
    protected boolean read() {
        return switch (state) {
            case HEAD -> readHead();
            case DRAIN -> dropBody();
            case REQUEST, RAW -> {
                tellWaiter();
                if (in.hasEnded() && state == State.REQUEST) {
                    Http1Exchange current = exchange;
                    service.access.callAt(service.access.time() + HALF_CLOSED.toNanos(), () -> halfClosed(current));
                }
                yield false;
            }
        };
    }

    private void tellWaiter() {
        Future<@Nullable Void> known = waiter;
        if (known != null && !known.isDone()) {
            known.setResult(null);
        }
    }

    @Override
    protected void clientLeft() {
        tellWaiter();
        if (exchange != null) {
            exchange.disconnected();
        }
    }

    /// The client has ended its direction some time ago, and has perhaps not got its answer so far.
    private void halfClosed(@Nullable Http1Exchange current) {
        if (current != null && current == exchange && isOpen() && state == State.REQUEST && current.body.hasEnded()) {
            current.disconnected();
        }
    }

    private boolean readHead() {
        if (isStopping() && !parser.hasBegun()) {
            finish();
            return false;
        }
        RequestHead request;
        try {
            request = parser.parse(in);
        } catch (HttpError wrong) {
            refuse(wrong);
            return true;
        }
        if (request != null) {
            begin(request);
            return in.hasEnded() || (state != State.REQUEST && state != State.RAW);
        }
        boolean begun = parser.hasBegun() || in.start() < in.end();
        if (in.hasEnded()) {
            if (begun) {
                refuse(new HttpError(400, "The request has no end"));
            } else {
                finish();
            }
            return false;
        }
        if (fresh && begun) {
            fresh = false;
            deadline.in(service.limits.headerTime());
        }
        return false;
    }

    private void begin(RequestHead request) {
        deadline.none();
        Http1Exchange begun = new Http1Exchange(this, request, parser.framing());
        exchange = begun;
        state = State.REQUEST;
        begun.start(tasks());
    }

    @Override
    protected void tooLate() {
        switch (state) {
            case HEAD -> {
                if (fresh && !parser.hasBegun() && in.start() == in.end()) {
                    finish();
                } else {
                    refuse(new HttpError(
                            408,
                            "The request took longer than "
                                    + service.limits.headerTime().toSeconds() + " s to come"));
                    arrived();
                }
            }
            case REQUEST, RAW -> {
                Future<@Nullable Void> known = waiter;
                if (known != null && !known.isDone()) {
                    known.setException(
                            Objects.requireNonNull(exchange).body.pace().tooLate());
                }
            }
            case DRAIN -> finish();
        }
    }

    /// Answers a request that was not understood, or came too slowly.
    private void refuse(HttpError wrong) {
        byte[] text = String.valueOf(wrong.getMessage()).getBytes(StandardCharsets.UTF_8);
        head.status(wrong.status());
        head.date(service.date());
        head.field("content-type", "text/plain; charset=utf-8");
        head.length(text.length);
        head.connection("close");
        head.end();
        head.put(text);
        head.to(writer);
        linger();
    }

    // ------------------------------------------------------------------ for the exchange

    HeadWriter head() {
        return head;
    }

    /// Returns whether the rest of the request's body, if any, can be dropped after the answer.
    boolean canGoOnAfter(Http1Exchange current) {
        return current.body.hasEnded() || (!current.asksToContinue() && current.body.left() <= MAX_DROPPED);
    }

    byte @Nullable [] readBody(BodyReader body) throws IOException {
        while (true) {
            byte[] piece = body.next(in);
            if (piece != null) {
                return piece.length == 0 ? null : piece;
            }
            requireConnection();
            if (in.hasEnded()) {
                throw new HttpError(400, "The body has ended too early");
            }
            awaitMore(body.pace());
        }
    }

    private void awaitMore(BodyPace pace) throws IOException {
        long began = service.access.time();
        deadline.in(pace.limit());
        try {
            awaitMore();
        } finally {
            pace.waited(service.access.time() - began);
        }
    }

    /// Reads what has come for the protocol that the request has changed to.
    byte @Nullable [] readRaw() throws IOException {
        while (in.start() == in.end()) {
            requireConnection();
            if (in.hasEnded()) {
                return null;
            }
            awaitMore();
        }
        int n = Math.min(PIECE, in.end() - in.start());
        byte[] piece = Arrays.copyOfRange(in.bytes(), in.start(), in.start() + n);
        in.skip(n);
        return piece;
    }

    private void requireConnection() throws IOException {
        IOException failure = in.failure();
        if (failure != null) {
            throw new ClientGoneException("The client has left: " + failure.getMessage(), failure);
        }
    }

    private void awaitMore() throws IOException {
        if (waiter != null) {
            throw new IllegalStateException("Cannot read the body while another task reads it");
        }
        in.resume();
        Future<@Nullable Void> mine = service.access.createFuture(() -> "body of a request");
        waiter = mine;
        try {
            mine.await();
        } finally {
            waiter = null;
            deadline.none();
        }
    }

    void upgraded() {
        state = State.RAW;
    }

    /// Ends our direction of what the request has changed to.
    void endRaw() {
        if (writer.canWriteEof() && !writer.isClosing()) {
            writer.writeEof();
        }
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int n = Math.min(PIECE, end - at);
            writer.write(bytes, at, n);
            at += n;
            if (at < end) {
                drain();
            }
        }
    }

    /// Sends a part of a file, piece by piece, each of which the client has a limited time for.
    void writeFile(FileChannel file, long position, long count) throws IOException {
        long at = position;
        long end = position + count;
        while (at < end) {
            long from = at;
            long n = Math.min(PIECE_OF_FILE, end - at);
            try {
                at += Asyncio.timeout(service.limits.writePause(), () -> writer.sendFile(file, from, n));
            } catch (TimeoutException stalled) {
                throw new ClientGoneException(
                        "The client has taken too little of a file for " + service.limits.writePause(), stalled);
            }
            if (at < from + n) {
                throw new EOFException("The file ends " + (end - at) + " bytes too early");
            }
        }
    }

    /// Writes as much as is possible without suspending. Returns how much that is.
    int offer(byte[] bytes, int offset, int length) {
        int n = (int) Math.max(0, Math.min(length, PIECE - writer.pendingBytes()));
        writer.write(bytes, offset, n);
        return n;
    }

    /// Suspends while the client takes too little of what was written.
    void drain() throws IOException {
        if (writer.pendingBytes() > PIECE) {
            Drain.await(writer, service.limits.writePause());
        }
    }

    /// The task of the request has ended.
    void exchangeOver(Http1Exchange ended) {
        exchange = null;
        if (!isOpen()) {
            return;
        }
        if (!ended.isComplete()) {
            writer.abort(); // so that the client can tell the answer from a complete one
            finish();
            return;
        }
        if (state == State.RAW || !ended.keepsAlive() || isStopping()) {
            linger();
            return;
        }
        dropped = 0;
        lastBody = ended.body;
        if (!ended.body.hasEnded()) {
            deadline.in(service.limits.bodyPause());
        }
        state = State.DRAIN;
        if (!isArriving()) {
            service.loop.callSoon(this::arrived);
        }
    }

    /// Takes the rest of a body that its request has not read.
    private boolean dropBody() {
        BodyReader body = Objects.requireNonNull(lastBody);
        try {
            while (!body.hasEnded()) {
                byte[] piece = body.next(in);
                if (piece == null) {
                    if (in.hasEnded()) {
                        finish();
                    } else {
                        in.resume();
                    }
                    return false;
                }
                dropped += piece.length;
                if (dropped > MAX_DROPPED) {
                    linger();
                    return true;
                }
            }
        } catch (HttpError wrong) {
            linger();
            return true;
        }
        lastBody = null;
        state = State.HEAD;
        fresh = true;
        deadline.in(service.limits.idleTime());
        return true;
    }
}
