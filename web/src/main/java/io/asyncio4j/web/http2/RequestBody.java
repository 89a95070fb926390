package io.asyncio4j.web.http2;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.web.http.BodyPace;
import io.asyncio4j.web.http.ClientGoneException;
import io.asyncio4j.web.http.HttpError;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The body of a request: what has come of it and was not read, at most as much as the stream's
/// window. What is read is allowed to the client again.
final class RequestBody {
    static final int WINDOW = 65_535;
    private static final byte[] NOTHING = {};

    /// How much is taken of a body that nobody reads, so that the client gets to the answer.
    private static final int MAX_DROPPED = 256 * 1024;

    private final Http2Connection connection;
    private final int stream;

    /// How many bytes it must have; less than 0 for any.
    private final long length;

    private final ReceiveWindow window = new ReceiveWindow(WINDOW);

    /// The unread bytes are those from `start` to `end`.
    private byte[] bytes = NOTHING;

    private int start;
    private int end;

    /// How many bytes have come in all.
    private long received;

    /// Whether the client has sent all.
    private boolean ended;

    /// Whether the stream is closed, so that its window is of no use.
    private boolean closed;

    /// How many bytes the client may send in all, once nobody reads them.
    private long most = Long.MAX_VALUE;

    /// Whether the answer is complete, so that the rest is of no use.
    private boolean givenUp;

    /// Whether the program has begun to read it.
    private boolean wanted;

    /// Whether it is another protocol's bytes, with neither length nor limit.
    private boolean raw;

    /// Null before anything was waited for.
    private @Nullable BodyPace pace;

    private @Nullable IOException failure;
    private @Nullable Future<@Nullable Void> waiter;

    RequestBody(Http2Connection connection, int stream, long length) {
        this.connection = connection;
        this.stream = stream;
        this.length = length;
    }

    // ------------------------------------------------------------------ what comes

    /// Takes a piece that has come.
    ///
    /// @param whole the size of the piece and its padding, which the window counts
    /// @return the code of what is wrong with it; [ErrorCode#NO_ERROR] if nothing is
    int arrived(byte[] from, int offset, int size, int whole) {
        if (!window.take(whole)) {
            connection.used(whole);
            return ErrorCode.FLOW_CONTROL_ERROR;
        }
        received += size;
        if (length >= 0 && received > length) {
            connection.used(whole);
            return ErrorCode.PROTOCOL_ERROR;
        }
        if (!raw && received > connection.service.limits.body()) {
            drop(new HttpError(413, "The body must not be larger than " + connection.service.limits.body() + " bytes"));
        }
        if (failure != null) {
            used(whole);
            return ErrorCode.NO_ERROR;
        }
        if (size > 0) {
            append(from, offset, size);
            wake();
        }
        used(whole - size);
        return ErrorCode.NO_ERROR;
    }

    private void append(byte[] from, int offset, int size) {
        if (bytes.length - end < size) {
            int unread = end - start;
            byte[] to = bytes.length - unread < size ? new byte[Math.max(2 * unread, unread + size)] : bytes;
            System.arraycopy(bytes, start, to, 0, unread);
            bytes = to;
            start = 0;
            end = unread;
        }
        System.arraycopy(from, offset, bytes, end, size);
        end += size;
    }

    /// The client has sent all.
    ///
    /// @return the code of what is wrong with it; [ErrorCode#NO_ERROR] if nothing is
    int ended() {
        if (length >= 0 && received < length) {
            return ErrorCode.PROTOCOL_ERROR;
        }
        ended = true;
        wake();
        return ErrorCode.NO_ERROR;
    }

    boolean hasEnded() {
        return ended;
    }

    /// Drops what was not read, and all that comes.
    private void fail(IOException why) {
        if (failure == null) {
            failure = why;
        }
        dropUnread();
        wake();
    }

    /// Nobody reads the rest, of which not much is taken.
    private void drop(IOException why) {
        most = Math.min(most, received + MAX_DROPPED);
        fail(why);
    }

    /// Lets nobody read the rest, because the answer is complete.
    void giveUp(IOException why) {
        givenUp = true;
        drop(why);
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /// Returns whether the program may read on.
    boolean isWanted() {
        return raw || (wanted && failure == null);
    }

    /// Returns whether a part of it has come.
    boolean hasBegun() {
        return received > 0;
    }

    /// Returns whether more has come than is taken of a body that nobody reads.
    boolean isTooMuch() {
        return received > most;
    }

    /// The stream is closed, and no more can be read.
    void close(IOException why) {
        closed = true;
        fail(why);
    }

    private void dropUnread() {
        int unread = end - start;
        bytes = NOTHING;
        start = 0;
        end = 0;
        used(unread);
    }

    private void used(int size) {
        if (size > 0) {
            connection.used(size);
            if (!ended && !closed && !isTooMuch()) {
                connection.frames.windowUpdate(stream, window.use(size));
            }
        }
    }

    private void wake() {
        Future<@Nullable Void> known = waiter;
        if (known != null && !known.isDone()) {
            known.setResult(null);
        }
    }

    // ------------------------------------------------------------------ the request's task

    /// What comes from now on is another protocol's.
    void upgrade() {
        raw = true;
    }

    /// Returns whether a read would have to wait.
    boolean isMissing() {
        return start == end && !ended && failure == null;
    }

    /// Takes all that has come. Suspends until there is something.
    ///
    /// @return null at the end
    byte @Nullable [] read() throws IOException {
        wanted = true;
        while (isMissing()) {
            await();
        }
        IOException wrong = failure;
        if (wrong instanceof HttpError error) {
            throw new HttpError(error.status(), String.valueOf(error.getMessage()));
        }
        if (wrong != null) {
            throw new ClientGoneException(String.valueOf(wrong.getMessage()), wrong);
        }
        if (start == end) {
            return null;
        }
        int size = end - start;
        byte[] piece;
        if (size == bytes.length) {
            piece = bytes;
            bytes = NOTHING;
        } else {
            piece = Arrays.copyOfRange(bytes, start, end);
        }
        start = 0;
        end = 0;
        if (pace != null) {
            pace.came(size);
        }
        used(size);
        return piece;
    }

    private void await() throws HttpError {
        if (waiter != null) {
            throw new IllegalStateException("Cannot read the body while another task reads it");
        }
        Future<@Nullable Void> mine = connection.service.access.createFuture(() -> "body of a request");
        waiter = mine;
        BodyPace known = pace == null ? new BodyPace(connection.service.limits) : pace;
        pace = known;
        long began = connection.service.access.time();
        try {
            if (raw) {
                mine.await();
            } else {
                Asyncio.timeout(known.limit(), () -> {
                    mine.await();
                });
            }
        } catch (TimeoutException late) {
            HttpError error = known.tooLate();
            error.initCause(late);
            throw error;
        } finally {
            waiter = null;
            known.waited(connection.service.access.time() - began);
        }
    }
}
