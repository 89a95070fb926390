package io.asyncio4j.web.http2;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.ClientGoneException;
import io.asyncio4j.web.http.Drain;
import io.asyncio4j.web.http.Reasons;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.http.ServerExchange;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request on a stream of HTTP/2, and its answer.
final class Http2Exchange extends ServerExchange {
    private static final int MAX_FRAME = 16 * 1024;
    private static final int MAX_PENDING = 64 * 1024;
    private static final int PIECE = 64 * 1024;

    private enum Answer {
        /// Nothing was sent.
        NONE,
        /// The head was sent; a body follows.
        BODY,
        /// The stream carries another protocol.
        UPGRADED,
        /// The answer is complete.
        COMPLETE
    }

    final int stream;
    final RequestBody body;
    private final Http2Connection connection;
    private Answer answer = Answer.NONE;
    private boolean asksToContinue;

    /// Whether what is written is dropped.
    private boolean bodiless;

    /// How many bytes are missing of a body whose length was told; -1 for any.
    private long left;

    /// How many bytes the client allows to send on the stream; less than 0 after it has allowed
    /// less.
    private long window;

    /// Whether the stream was reset, or the connection has ended.
    private boolean gone;

    /// Whether END_STREAM was sent.
    private boolean sentAll;

    /// What the task waits for while the client allows nothing.
    private @Nullable Future<@Nullable Void> waiter;

    Http2Exchange(Http2Connection connection, int stream, RequestHead request, boolean last, int window) {
        super(connection.service, request);
        this.connection = connection;
        this.stream = stream;
        this.window = window;
        boolean upgrades = !request.upgrade().isEmpty();
        this.body = new RequestBody(connection, stream, upgrades ? -1 : request.length());
        this.asksToContinue =
                !last && "100-continue".equalsIgnoreCase(request.headers().get("expect"));
    }

    /// The stream of an exchange has ended before the exchange.
    static final class GoneException extends IOException {
        private static final long serialVersionUID = 1;

        GoneException() {
            super("The client has left");
        }
    }

    @Override
    public @Nullable SocketAddress peer() {
        return connection.writer.peerAddress();
    }

    // ------------------------------------------------------------------ the body

    @Override
    public byte @Nullable [] read() throws IOException {
        if (answer != Answer.UPGRADED && !request().upgrade().isEmpty()) {
            return null;
        }
        if (asksToContinue) {
            asksToContinue = false;
            if (answer == Answer.NONE && body.isMissing() && !gone) {
                connection.frames.headers(stream, 100, "", Headers.empty(), -1, false);
            }
        }
        return body.read();
    }

    // ------------------------------------------------------------------ the answer

    @Override
    public void respond(int status, Headers headers, byte[] bytes) throws IOException {
        requireNone(status);
        drain();
        requireThere();
        answer = Answer.BODY;
        if (!head(status, headers, bytes.length, bytes.length == 0)) {
            send(bytes, 0, bytes.length, true);
        }
        answer = Answer.COMPLETE;
    }

    @Override
    public void begin(int status, Headers headers, long length) throws IOException {
        requireNone(status);
        drain();
        requireThere();
        if (status < 200) {
            if (status != 101) {
                connection.frames.headers(stream, status, "", headers, -1, false);
            }
            return;
        }
        left = length;
        answer = Answer.BODY;
        head(status, headers, length, false);
    }

    private void requireNone(int status) {
        if (answer != Answer.NONE) {
            throw new IllegalStateException("Cannot answer " + describe() + " with " + status
                    + ": an answer was begun already, with " + this.status);
        }
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("A status must be from 100 to 599, but is " + status);
        }
    }

    private void requireThere() throws IOException {
        if (gone) {
            throw new GoneException();
        }
    }

    /// Sends the head.
    ///
    /// @return whether it is all of the answer
    private boolean head(int status, Headers headers, long length, boolean empty) {
        this.status = status;
        bodiless = request().isHead() || Reasons.hasNoBody(status);
        long told = status == 205 ? 0 : Reasons.hasNoBody(status) ? -1 : length;
        boolean all = bodiless || empty;
        connection.frames.headers(stream, status, service.date(), headers, told, all);
        if (all) {
            connection.sentAll(this);
        }
        return all;
    }

    @Override
    public boolean takesBody() {
        return answer == Answer.UPGRADED || (answer == Answer.BODY && !bodiless);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (answer != Answer.UPGRADED) {
            requireBody("write");
            count(length);
        }
        requireThere();
        if (length > 0 && !bodiless) {
            send(bytes, offset, length, false);
        }
    }

    private void requireBody(String what) {
        if (answer != Answer.BODY) {
            throw new IllegalStateException("Cannot " + what + " the answer to " + describe() + ": it "
                    + (answer == Answer.NONE ? "was not begun" : "is complete"));
        }
    }

    private void count(long length) {
        if (left >= 0) {
            if (length > left) {
                throw new IllegalStateException("Cannot write " + length + " more bytes of the answer to " + describe()
                        + ": " + left + " are missing of the length that was told");
            }
            left -= length;
        }
    }

    /// Sends a piece, as much at a time as the client allows, and other streams in between.
    private void send(byte[] bytes, int offset, int length, boolean last) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            drain();
            requireThere();
            int n = (int) Math.min(Math.min(end - at, MAX_FRAME), Math.min(window, connection.window()));
            if (n <= 0) {
                awaitWindow();
                continue;
            }
            boolean ends = last && at + n == end;
            window -= n;
            connection.sends(n);
            connection.frames.data(stream, bytes, at, n, ends);
            at += n;
            sent += n;
            if (ends) {
                connection.sentAll(this);
            } else if (at < end && connection.isShared()) {
                Asyncio.sleep(Duration.ZERO);
            }
        }
        if (!last) {
            drain();
        }
    }

    @Override
    public int offer(byte[] bytes, int offset, int length) throws IOException {
        if (answer != Answer.UPGRADED) {
            throw new IllegalStateException("Cannot write to " + describe() + ": it was not upgraded");
        }
        requireThere();
        int at = 0;
        while (at < length && connection.writer.pendingBytes() <= MAX_PENDING) {
            int n = (int) Math.min(Math.min(length - at, MAX_FRAME), Math.min(window, connection.window()));
            if (n <= 0) {
                break;
            }
            window -= n;
            connection.sends(n);
            connection.frames.data(stream, bytes, offset + at, n, false);
            at += n;
            sent += n;
            if (connection.isShared()) {
                break; // the other streams come next
            }
        }
        return at;
    }

    private void drain() throws IOException {
        if (connection.writer.pendingBytes() > MAX_PENDING) {
            Drain.await(connection.writer, service.limits.writePause());
        }
    }

    private void awaitWindow() throws IOException {
        if (waiter != null) {
            throw new IllegalStateException("Cannot write the answer while another task writes it");
        }
        Future<@Nullable Void> mine = service.access.createFuture(() -> "window of a stream");
        waiter = mine;
        try {
            Asyncio.timeout(service.limits.writePause(), () -> {
                mine.await();
            });
        } catch (TimeoutException stalled) {
            connection.reset(this, ErrorCode.CANCEL);
            throw new ClientGoneException(
                    "The client has taken nothing of the answer for " + service.limits.writePause(), stalled);
        } finally {
            waiter = null;
        }
    }

    @Override
    public void writeFile(FileChannel file, long position, long count) throws IOException {
        long at = position;
        long end = position + count;
        while (at < end) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - at));
            long from = at;
            int n = Asyncio.toThread(() -> file.read(piece, from));
            if (n < 0) {
                throw new EOFException("The file ends " + (end - at) + " bytes too early");
            }
            write(piece.array(), 0, n);
            at += n;
        }
    }

    @Override
    public void end() throws IOException {
        if (answer != Answer.UPGRADED) {
            requireBody("end");
            if (left > 0 && !bodiless) {
                throw new IllegalStateException("Cannot end the answer to " + describe() + ": " + left
                        + " bytes are missing of the length that was told");
            }
        }
        requireThere();
        answer = Answer.COMPLETE;
        if (!sentAll) {
            connection.frames.data(stream, new byte[0], 0, 0, true);
            connection.sentAll(this);
        }
        drain();
    }

    @Override
    public void upgrade(Headers headers) throws IOException {
        requireNone(200);
        if (request().upgrade().isEmpty()) {
            throw new IllegalStateException("Cannot upgrade " + describe() + ": the client has not asked for it");
        }
        drain();
        requireThere();
        status = 200;
        connection.frames.headers(stream, 200, service.date(), headers, -1, false);
        answer = Answer.UPGRADED;
        body.upgrade();
        upgraded();
    }

    @Override
    public boolean hasBegun() {
        return answer != Answer.NONE;
    }

    // ------------------------------------------------------------------ for the connection

    /// The client allows more, or less.
    ///
    /// @return false if that is too much
    boolean allow(long more) {
        window += more;
        if (window > Integer.MAX_VALUE) {
            return false;
        }
        wake();
        return true;
    }

    /// The task may look again whether it can send.
    void wake() {
        Future<@Nullable Void> known = waiter;
        if (known != null && !known.isDone() && (gone || (window > 0 && connection.window() > 0))) {
            known.setResult(null);
        }
    }

    /// END_STREAM was sent.
    void noteSentAll() {
        sentAll = true;
    }

    /// Returns whether both sides have sent all.
    boolean isClosed() {
        return sentAll && body.hasEnded();
    }

    boolean hasSentAll() {
        return sentAll;
    }

    /// The stream was reset, or the connection has ended: nothing more is sent or read.
    void gone() {
        if (!gone) {
            gone = true;
            body.close(new GoneException());
            wake();
            disconnected();
        }
    }

    /// Returns what to end the stream with, if its answer has no end.
    int codeOfFailure() {
        return answer == Answer.UPGRADED || isShuttingDown() ? ErrorCode.CANCEL : ErrorCode.INTERNAL_ERROR;
    }

    @Override
    protected void over() {
        connection.exchangeOver(this);
    }
}
