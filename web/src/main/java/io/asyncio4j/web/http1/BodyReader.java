package io.asyncio4j.web.http1;

import io.asyncio4j.streams.spi.Incoming;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.BodyPace;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.Syntax;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The body of a request: its bytes are taken from the connection when they are asked for.
final class BodyReader {
    private static final byte[] NOTHING = {};
    private static final int PIECE = 64 * 1024;
    private static final int MAX_SIZE_LINE = 4 * 1024;
    private static final int MAX_EXTENSIONS = 16 * 1024;
    private static final long MAX_BEFORE_DIGIT = Long.MAX_VALUE >> 5;
    private static final long TOO_LARGE = Long.MAX_VALUE;

    private enum State {
        /// `left` bytes of the body, or of the chunk, are to come.
        DATA,
        /// The line that says how long the next chunk is.
        SIZE,
        /// The line end behind a chunk.
        CHUNK_END,
        /// The lines behind the last chunk.
        TRAILERS,
        END
    }

    private final Limits limits;
    private final boolean chunked;
    private State state;
    private long left;

    /// The number of bytes of data that have come, in all chunks.
    private long total;

    /// The number of bytes of an unfinished line that were looked at.
    private int seen;

    private int extensions;
    private int trailerBytes;
    private int trailerCount;

    /// Null before anything was waited for.
    private @Nullable BodyPace pace;

    BodyReader(long length, Limits limits) {
        this.limits = limits;
        this.chunked = length == Framing.CHUNKED;
        this.left = chunked ? 0 : length;
        this.state = chunked ? State.SIZE : length == 0 ? State.END : State.DATA;
    }

    boolean hasEnded() {
        return state == State.END;
    }

    /// Returns how many bytes are known to be missing; a chunked body may have more.
    long left() {
        return left;
    }

    boolean isChunked() {
        return chunked;
    }

    /// Returns the time that the client has for it.
    BodyPace pace() {
        BodyPace known = pace;
        if (known == null) {
            known = new BodyPace(limits);
            pace = known;
        }
        return known;
    }

    /// Takes what has come.
    ///
    /// @return at least one byte; nothing at the end; null if more has to come first
    byte @Nullable [] next(Incoming in) throws HttpError {
        byte[] piece = NOTHING;
        int size = 0;
        while (state != State.END && size < PIECE) {
            if (state == State.DATA) {
                int there = in.end() - in.start();
                int n = (int) Math.min(Math.min(left, there), PIECE - size);
                if (n == 0) {
                    break;
                }
                if (size == 0) {
                    piece = new byte[chunked ? Math.min(there, PIECE) : n];
                }
                System.arraycopy(in.bytes(), in.start(), piece, size, n);
                in.skip(n);
                size += n;
                left -= n;
                if (left == 0) {
                    state = chunked ? State.CHUNK_END : State.END;
                }
            } else if (!line(in)) {
                break;
            }
        }
        if (pace != null) {
            pace.came(size);
        }
        if (size > 0) {
            return size == piece.length ? piece : Arrays.copyOf(piece, size);
        }
        return state == State.END ? NOTHING : null;
    }

    // ------------------------------------------------------------------ chunks

    /// Reads a line of the framing.
    ///
    /// @return false if it has not come
    private boolean line(Incoming in) throws HttpError {
        byte[] bytes = in.bytes();
        int start = in.start();
        int lf = start + seen;
        while (lf < in.end() && bytes[lf] != Syntax.LF) {
            lf++;
        }
        int most = state == State.CHUNK_END ? 1 : state == State.SIZE ? MAX_SIZE_LINE : limits.headers();
        if (lf - start > most) {
            throw state == State.CHUNK_END
                    ? notEnded()
                    : new HttpError(state == State.SIZE ? 400 : 431, "A line between chunks is too long");
        }
        if (lf == in.end()) {
            seen = lf - start;
            return false;
        }
        seen = 0;
        if (lf == start || bytes[lf - 1] != Syntax.CR) {
            throw new HttpError(400, "A line between chunks must end with CR LF");
        }
        switch (state) {
            case SIZE -> size(bytes, start, lf - 1);
            case CHUNK_END -> {
                if (lf - 1 > start) {
                    throw notEnded();
                }
                state = State.SIZE;
            }
            default -> trailer(bytes, start, lf - 1);
        }
        in.skip(lf + 1 - start);
        return true;
    }

    private static HttpError notEnded() {
        return new HttpError(400, "The data of a chunk must be followed by CR LF");
    }

    private void size(byte[] bytes, int start, int end) throws HttpError {
        int at = start;
        long size = 0;
        for (int digit; at < end && (digit = Syntax.digit(bytes[at])) >= 0; at++) {
            size = size > MAX_BEFORE_DIGIT ? TOO_LARGE : (size << 4) | digit;
        }
        if (at == start || (at < end && bytes[at] != ';')) {
            throw new HttpError(400, "The size of a chunk must be a hexadecimal number");
        }
        extensions += end - at;
        if (extensions > MAX_EXTENSIONS) {
            throw new HttpError(400, "The extensions of chunks are too long");
        }
        for (; at < end; at++) {
            if (!Syntax.isValue(bytes[at])) {
                throw new HttpError(400, "The extension of a chunk must not have control characters");
            }
        }
        if (size == 0) {
            state = State.TRAILERS;
            return;
        }
        if (size > limits.body() - total) {
            throw new HttpError(413, "The body must not be larger than " + limits.body() + " bytes");
        }
        total += size;
        left = size;
        state = State.DATA;
    }

    /// Checks a trailer, and drops it.
    private void trailer(byte[] bytes, int start, int end) throws HttpError {
        if (start == end) {
            state = State.END;
            return;
        }
        trailerBytes += end - start;
        if (trailerBytes > limits.headers() || ++trailerCount > limits.headerCount()) {
            throw new HttpError(431, "The trailers are too large");
        }
        int colon = start;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        boolean wellFormed = colon < end && Names.of(bytes, start, colon) != null;
        for (int at = colon + 1; at < end; at++) {
            wellFormed &= Syntax.isValue(bytes[at]);
        }
        if (!wellFormed) {
            throw new HttpError(400, "A trailer must be a name, a colon and a value on one line");
        }
    }
}
