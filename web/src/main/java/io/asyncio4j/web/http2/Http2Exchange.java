package io.asyncio4j.web.http2;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.ClientGoneException;
import io.asyncio4j.web.http.Drain;
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

    final int stream;
    final RequestBody body;
    private final Http2Connection connection;

    /// The number of bytes that the client allows to send on the stream; less than 0 after it has
    /// allowed less.
    private long window;

    /// How long the task has waited for the client to allow more, in ns, and what was sent before.
    private long waited;

    private long sentBefore;

    /// Whether the stream was reset, or the connection has ended.
    private boolean gone;

    /// Whether END_STREAM was sent.
    private boolean sentAll;

    /// The future that the task waits for while the client allows nothing.
    private @Nullable Future<@Nullable Void> waiter;

    Http2Exchange(Http2Connection connection, int stream, RequestHead request, boolean last, int window) {
        super(
                connection.service,
                request,
                !last
                        && request.upgrade().isEmpty()
                        && "100-continue".equalsIgnoreCase(request.headers().get("expect")));
        this.connection = connection;
        this.stream = stream;
        this.window = window;
        boolean upgrades = !request.upgrade().isEmpty();
        this.body = new RequestBody(connection, stream, upgrades ? -1 : request.length());
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
    protected boolean isBodyMissing() {
        return body.isMissing() && !gone;
    }

    @Override
    protected byte @Nullable [] readPiece() throws IOException {
        if (!isUpgraded() && !request().upgrade().isEmpty()) {
            return null;
        }
        return body.read();
    }

    // ------------------------------------------------------------------ the answer

    @Override
    protected void awaitRoom() throws IOException {
        drain();
        requireThere();
    }

    private void drain() throws IOException {
        if (connection.writer.pendingBytes() > MAX_PENDING) {
            Drain.await(connection.writer, service.limits.writePause(), connection.frames::taken);
        }
    }

    private void requireThere() throws IOException {
        if (gone) {
            throw new GoneException();
        }
    }

    @Override
    protected void sendInterim(int status, Headers headers) {
        connection.frames.headers(stream, status, "", headers, -1, false);
    }

    @Override
    protected void sendAll(int status, Headers headers, byte[] bytes, int size) throws IOException {
        head(status, headers, bytes.length, size == 0);
        send(bytes, 0, size, true);
    }

    @Override
    protected void sendHead(int status, Headers headers, long length) {
        head(status, headers, length, isBodiless());
    }

    /// Sends the head.
    ///
    /// @param all whether it is all of the answer
    private void head(int status, Headers headers, long length, boolean all) {
        connection.frames.headers(stream, status, service.date(), headers, lengthToTell(status, length), all);
        if (all) {
            connection.sentAll(this);
        }
    }

    @Override
    protected void sendPiece(byte[] bytes, int offset, int length) throws IOException {
        send(bytes, offset, length, false);
    }

    /// Sends a piece, as much at a time as the client allows, and other streams in between.
    private void send(byte[] bytes, int offset, int length, boolean last) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            awaitRoom();
            int n = (int) Math.min(Math.min(end - at, MAX_FRAME), Math.min(window, connection.window()));
            if (n <= 0) {
                awaitWindow();
                continue;
            }
            boolean ends = last && at + n == end;
            window -= n;
            connection.sends(n, n < Math.min(end - at, MAX_FRAME));
            connection.frames.data(stream, bytes, at, n, ends);
            at += n;
            noteSent(n);
            if (ends) {
                connection.sentAll(this);
            } else if (at < end && connection.isShared()) {
                Asyncio.sleep(Duration.ZERO);
            }
        }
    }

    @Override
    protected int offerPiece(byte[] bytes, int offset, int length) throws IOException {
        requireThere();
        int at = 0;
        while (at < length && connection.writer.pendingBytes() <= MAX_PENDING) {
            int n = (int) Math.min(Math.min(length - at, MAX_FRAME), Math.min(window, connection.window()));
            if (n <= 0) {
                break;
            }
            window -= n;
            connection.sends(n, n < Math.min(length - at, MAX_FRAME));
            connection.frames.data(stream, bytes, offset + at, n, false);
            at += n;
            noteSent(n);
            if (connection.isShared()) {
                break; // the other streams come next
            }
        }
        return at;
    }

    /// Suspends until the client allows more.
    private void awaitWindow() throws IOException {
        if (waiter != null) {
            throw new IllegalStateException("Cannot write the answer while another task writes it");
        }
        if (sent() - sentBefore >= Drain.LEAST) {
            sentBefore = sent();
            waited = 0;
        }
        Future<@Nullable Void> mine = service.access.createFuture(() -> "window of a stream");
        waiter = mine;
        connection.waits(this, true);
        long began = service.access.time();
        try {
            Asyncio.timeout(service.limits.writePause().minusNanos(waited), () -> {
                mine.await();
            });
        } catch (TimeoutException stalled) {
            connection.reset(this, ErrorCode.CANCEL);
            throw new ClientGoneException(
                    "The client has taken nothing of the answer for " + service.limits.writePause(), stalled);
        } finally {
            waiter = null;
            connection.waits(this, false);
            waited += service.access.time() - began;
        }
    }

    /// Reads the file in another thread. At most one piece of it is in memory, and none while the
    /// client allows nothing.
    @Override
    protected void sendFile(FileChannel file, long position, long count) throws IOException {
        long at = position;
        long end = position + count;
        while (at < end) {
            awaitRoom();
            if (window <= 0 || connection.window() <= 0) {
                awaitWindow();
                continue;
            }
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - at));
            long from = at;
            int n = Asyncio.toThread(() -> file.read(piece, from));
            if (n < 0) {
                throw new EOFException("The file ends " + (end - at) + " bytes too early");
            }
            send(piece.array(), 0, n, false);
            at += n;
        }
    }

    @Override
    protected void sendEnd(boolean upgraded) throws IOException {
        requireThere();
        if (!sentAll) {
            connection.frames.data(stream, new byte[0], 0, 0, true);
            connection.sentAll(this);
        }
    }

    @Override
    protected int sendUpgrade(Headers headers) {
        connection.frames.headers(stream, 200, service.date(), headers, -1, false);
        body.upgrade();
        return 200;
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
        return isUpgraded() || isShuttingDown() ? ErrorCode.CANCEL : ErrorCode.INTERNAL_ERROR;
    }

    @Override
    protected void over() {
        connection.exchangeOver(this);
    }
}
