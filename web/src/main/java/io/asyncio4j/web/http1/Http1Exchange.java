package io.asyncio4j.web.http1;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.Reasons;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.http.ServerExchange;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// A request on a connection of HTTP/1.1, and its answer.
final class Http1Exchange extends ServerExchange {
    private final Http1Connection connection;
    final BodyReader body;
    private boolean chunked;

    /// Whether the connection can be used again.
    private boolean keepsAlive;

    Http1Exchange(Http1Connection connection, RequestHead request, Framing framing) {
        super(connection.service, request, framing.expectsContinue() && !isOld(request) && request.length() != 0);
        this.connection = connection;
        this.body = new BodyReader(request.length(), connection.service.limits);
        this.keepsAlive = framing.keepsAlive(isOld(request));
    }

    private static boolean isOld(RequestHead request) {
        return request.version().equals("HTTP/1.0");
    }

    @Override
    public @Nullable SocketAddress peer() {
        return connection.writer.peerAddress();
    }

    // ------------------------------------------------------------------ the body

    @Override
    protected boolean isBodyMissing() {
        return !body.hasEnded();
    }

    @Override
    protected byte @Nullable [] readPiece() throws IOException {
        if (isUpgraded()) {
            return connection.readRaw();
        }
        try {
            return connection.readBody(body);
        } catch (HttpError wrong) {
            keepsAlive = false; // nobody knows where the next request begins
            throw wrong;
        }
    }

    // ------------------------------------------------------------------ the answer

    @Override
    protected void awaitRoom() throws IOException {
        connection.drain();
    }

    @Override
    protected void sendInterim(int status, Headers headers) {
        if (!isOld(request())) {
            HeadWriter head = connection.head();
            head.status(status);
            head.headers(headers);
            head.end();
            head.to(connection.writer);
        }
    }

    @Override
    protected void sendAll(int status, Headers headers, byte[] bytes, int size) throws IOException {
        HeadWriter head = head(status, headers, bytes.length);
        if (size <= Http1Connection.SMALL) {
            head.put(bytes, 0, size);
            head.to(connection.writer);
        } else {
            head.to(connection.writer);
            connection.write(bytes, 0, size);
        }
        noteSent(size);
    }

    @Override
    protected void sendHead(int status, Headers headers, long length) {
        head(status, headers, length).to(connection.writer);
    }

    private HeadWriter head(int status, Headers headers, long length) {
        boolean old = isOld(request());
        long told = lengthToTell(status, length);
        chunked = length < 0 && !old && !Reasons.hasNoBody(status);
        keepsAlive &=
                (chunked || length >= 0 || isBodiless()) && !service.isShuttingDown() && connection.canGoOnAfter(this);
        HeadWriter head = connection.head();
        head.status(status);
        head.date(service.date());
        head.headers(headers);
        if (told >= 0) {
            head.length(told);
        } else if (chunked) {
            head.chunked();
        }
        boolean offers = headers.contains("upgrade");
        if (!keepsAlive) {
            head.connection(offers ? "close, upgrade" : "close");
        } else if (offers) {
            head.connection("upgrade");
        } else if (old) {
            head.connection("keep-alive");
        }
        head.end();
        return head;
    }

    @Override
    protected void sendPiece(byte[] bytes, int offset, int length) throws IOException {
        if (!chunked) {
            connection.write(bytes, offset, length);
        } else if (length <= Http1Connection.SMALL) {
            HeadWriter head = chunkHead(length);
            head.put(bytes, offset, length);
            head.lineEnd();
            head.to(connection.writer);
        } else {
            chunkHead(length).to(connection.writer);
            connection.write(bytes, offset, length);
            connection.writer.write(Http1Connection.LINE_END);
        }
        noteSent(length);
    }

    private HeadWriter chunkHead(long length) {
        HeadWriter head = connection.head();
        head.clear();
        head.chunkSize(length);
        return head;
    }

    @Override
    protected int offerPiece(byte[] bytes, int offset, int length) {
        return connection.offer(bytes, offset, length);
    }

    @Override
    protected void sendFile(FileChannel file, long position, long count) throws IOException {
        if (chunked) {
            chunkHead(count).to(connection.writer);
        }
        connection.writeFile(file, position, count);
        if (chunked) {
            connection.writer.write(Http1Connection.LINE_END);
        }
        noteSent(count);
    }

    @Override
    protected void sendEnd(boolean upgraded) {
        if (upgraded) {
            connection.endRaw();
        } else if (chunked && !isBodiless()) {
            connection.writer.write(Http1Connection.LAST_CHUNK);
        }
    }

    @Override
    protected int sendUpgrade(Headers headers) {
        keepsAlive = false;
        HeadWriter head = connection.head();
        head.status(101);
        head.date(service.date());
        head.headers(headers.without("upgrade"));
        head.connection("upgrade");
        head.field("upgrade", request().upgrade());
        head.end();
        head.to(connection.writer);
        connection.upgraded();
        return 101;
    }

    // ------------------------------------------------------------------ for the connection

    @Override
    protected void over() {
        connection.exchangeOver(this);
    }

    /// Returns whether a further request may follow on the connection.
    boolean keepsAlive() {
        return keepsAlive && isComplete();
    }
}
