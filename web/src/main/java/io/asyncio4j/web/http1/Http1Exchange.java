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
    private enum Answer {
        /// Nothing was sent.
        NONE,
        /// The head was sent; a body follows.
        BODY,
        /// The connection carries another protocol.
        UPGRADED,
        /// The answer is complete.
        COMPLETE
    }

    private final Http1Connection connection;
    final BodyReader body;
    private boolean asksToContinue;
    private Answer answer = Answer.NONE;

    /// Whether what is written is dropped.
    private boolean bodiless;

    private boolean chunked;

    /// How many bytes are missing of a body whose length was told; -1 if it was not.
    private long left;

    /// Whether the connection can be used again.
    private boolean keepsAlive;

    Http1Exchange(Http1Connection connection, RequestHead request, Framing framing) {
        super(connection.service, request);
        this.connection = connection;
        this.body = new BodyReader(request.length(), connection.service.limits);
        this.keepsAlive = framing.keepsAlive(isOld(request));
        this.asksToContinue = framing.expectsContinue() && !isOld(request) && request.length() != 0;
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
    public byte @Nullable [] read() throws IOException {
        if (answer == Answer.UPGRADED) {
            return connection.readRaw();
        }
        if (asksToContinue) {
            asksToContinue = false;
            if (answer == Answer.NONE && !body.hasEnded()) {
                HeadWriter head = connection.head();
                head.status(100);
                head.end();
                head.to(connection.writer);
            }
        }
        try {
            return connection.readBody(body);
        } catch (HttpError wrong) {
            keepsAlive = false; // nobody knows where the next request begins
            throw wrong;
        }
    }

    /// Returns whether the client waits to be asked for its body.
    boolean asksToContinue() {
        return asksToContinue;
    }

    // ------------------------------------------------------------------ the answer

    @Override
    public void respond(int status, Headers headers, byte[] bytes) throws IOException {
        requireNone(status);
        connection.drain();
        HeadWriter head = head(status, headers, bytes.length);
        if (bodiless || bytes.length == 0) {
            head.to(connection.writer);
        } else if (bytes.length <= Http1Connection.SMALL) {
            head.put(bytes);
            head.to(connection.writer);
        } else {
            head.to(connection.writer);
            connection.write(bytes, 0, bytes.length);
        }
        sent = bodiless ? 0 : bytes.length;
        answer = Answer.COMPLETE;
    }

    @Override
    public void begin(int status, Headers headers, long length) throws IOException {
        requireNone(status);
        connection.drain();
        if (status < 200) {
            if (!isOld(request())) {
                HeadWriter head = connection.head();
                head.status(status);
                head.headers(headers);
                head.end();
                head.to(connection.writer);
            }
            return;
        }
        left = length;
        head(status, headers, length).to(connection.writer);
        answer = Answer.BODY;
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

    private HeadWriter head(int status, Headers headers, long length) {
        this.status = status;
        boolean old = isOld(request());
        bodiless = request().isHead() || Reasons.hasNoBody(status);
        chunked = length < 0 && !old;
        keepsAlive &=
                (chunked || length >= 0 || bodiless) && !service.isShuttingDown() && connection.canGoOnAfter(this);
        HeadWriter head = connection.head();
        head.status(status);
        head.date(service.date());
        head.headers(headers);
        if (status == 205) {
            head.length(0);
        } else if (!Reasons.hasNoBody(status)) {
            if (length >= 0) {
                head.length(length);
            } else if (chunked) {
                head.chunked();
            }
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
    public boolean takesBody() {
        return answer == Answer.UPGRADED || (answer == Answer.BODY && !bodiless);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (answer == Answer.UPGRADED) {
            connection.write(bytes, offset, length);
            return;
        }
        requireBody("write");
        count(length);
        if (length > 0 && !bodiless) {
            if (chunked) {
                HeadWriter head = connection.head();
                head.clear();
                head.chunkSize(length);
                if (length <= Http1Connection.SMALL) {
                    head.put(bytes, offset, length);
                    head.lineEnd();
                    head.to(connection.writer);
                    connection.drain();
                } else {
                    head.to(connection.writer);
                    connection.write(bytes, offset, length);
                    connection.writer.write(Http1Connection.LINE_END);
                }
            } else {
                connection.write(bytes, offset, length);
            }
            sent += length;
        }
    }

    @Override
    public int offer(byte[] bytes, int offset, int length) {
        if (answer != Answer.UPGRADED) {
            throw new IllegalStateException("Cannot write to " + describe() + ": it was not upgraded");
        }
        return connection.offer(bytes, offset, length);
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

    @Override
    public void writeFile(FileChannel file, long position, long count) throws IOException {
        requireBody("write a file to");
        count(count);
        if (count > 0 && !bodiless) {
            if (chunked) {
                HeadWriter head = connection.head();
                head.clear();
                head.chunkSize(count);
                head.to(connection.writer);
            }
            connection.writer.sendFile(file, position, count);
            if (chunked) {
                connection.writer.write(Http1Connection.LINE_END);
            }
            sent += count;
        }
    }

    @Override
    public void end() throws IOException {
        if (answer == Answer.UPGRADED) {
            answer = Answer.COMPLETE;
            connection.endRaw();
            return;
        }
        requireBody("end");
        if (left > 0 && !bodiless) {
            throw new IllegalStateException("Cannot end the answer to " + describe() + ": " + left
                    + " bytes are missing of the length that was told");
        }
        if (chunked && !bodiless) {
            connection.writer.write(Http1Connection.LAST_CHUNK);
        }
        answer = Answer.COMPLETE;
        connection.drain();
    }

    @Override
    public void upgrade(Headers headers) throws IOException {
        requireNone(101);
        if (request().upgrade().isEmpty()) {
            throw new IllegalStateException("Cannot upgrade " + describe() + ": the client has not asked for it");
        }
        status = 101;
        keepsAlive = false;
        HeadWriter head = connection.head();
        head.status(101);
        head.date(service.date());
        head.headers(headers.without("upgrade"));
        head.connection("upgrade");
        head.field("upgrade", request().upgrade());
        head.end();
        head.to(connection.writer);
        answer = Answer.UPGRADED;
        upgraded();
        connection.upgraded();
    }

    @Override
    public boolean hasBegun() {
        return answer != Answer.NONE;
    }

    // ------------------------------------------------------------------ for the connection

    @Override
    protected void over() {
        connection.exchangeOver(this);
    }

    /// Returns whether the client has got all of the answer.
    boolean isComplete() {
        return answer == Answer.COMPLETE;
    }

    /// Returns whether a further request may follow on the connection.
    boolean keepsAlive() {
        return keepsAlive && answer == Answer.COMPLETE;
    }
}
