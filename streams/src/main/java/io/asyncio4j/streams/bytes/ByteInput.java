package io.asyncio4j.streams.bytes;

import io.asyncio4j.Future;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.LoopAccess;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes that have come from a peer and were not read yet, and the task that waits for more.
///
/// A transport puts them in; a reader takes them out. When more than twice the limit is there, the
/// transport is asked to hold the peer back until there is room, or a read waits for more. Used on
/// the loop.
public final class ByteInput {
    private static final byte[] NOTHING = {};
    private static final int SMALL = 512;

    /// The source of the bytes; held back when nobody reads them. A task that reads waits for it.
    public interface Source extends Awaited {
        void pauseReading();

        void resumeReading();
    }

    private final LoopAccess loop;
    private final int limit;
    private final Source source;

    /// The unread bytes are those from `start` to `end`.
    private byte[] buffer = NOTHING;

    private int start;
    private int end;

    /// Whether everything is taken, however much is unread.
    private boolean unlimited;

    private boolean paused;
    private boolean eof;

    /// Why the end cannot be trusted; thrown where it would be told.
    private @Nullable IOException truncation;

    private @Nullable IOException failure;

    /// What a read last threw because the stream had ended too early.
    private @Nullable IOException tooEarly;

    /// What the reading task waits for.
    private @Nullable Future<@Nullable Void> waiter;

    /// Told of all that comes, if what reads is no task.
    private @Nullable Runnable listener;

    public ByteInput(LoopAccess loop, int limit, Source source) {
        this.loop = loop;
        this.limit = limit;
        this.source = source;
    }

    // ------------------------------------------------------------------ for the transport

    /// Makes room for `n` more bytes; they are to be put into [#buffer] from the place returned,
    /// and counted with [#fed].
    public int reserve(int n) {
        if (isEmpty()) {
            start = 0;
            end = 0;
        }
        if (buffer.length - end < n) {
            int size = size();
            byte[] target = buffer.length - size < n ? new byte[Math.max(n + size, growth(size))] : buffer;
            System.arraycopy(buffer, start, target, 0, size);
            buffer = target;
            start = 0;
            end = size;
        }
        return end;
    }

    private int growth(int size) {
        return size == 0 ? 0 : 2 * buffer.length;
    }

    public byte[] buffer() {
        return buffer;
    }

    /// Counts bytes that were put into the buffer.
    public void fed(int n) {
        if (n == 0 || eof) {
            return;
        }
        end += n;
        if (!paused && !unlimited && size() > 2L * limit) {
            paused = true;
            source.pauseReading();
        }
        wake();
    }

    public void feed(byte[] bytes, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(bytes, offset, buffer, at, length);
        fed(length);
    }

    /// Nothing more will come.
    public void feedEof() {
        eof = true;
        wake();
    }

    /// Nothing more will come, though the peer has not said that this is the end.
    public void feedTruncation(IOException cause) {
        if (!eof) {
            truncation = cause;
        }
        feedEof();
    }

    /// Returns whether nothing more will come, though there may be bytes to read.
    public boolean hasEnded() {
        return eof;
    }

    /// The connection was lost; reads throw from now on.
    public void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
        wake();
    }

    @Nullable
    public IOException failure() {
        return failure;
    }

    /// Returns why the end cannot be trusted, if it cannot.
    @Nullable
    public IOException truncation() {
        return truncation;
    }

    /// Returns what a task that reads has got so far.
    public String readState() {
        return isEmpty() ? "no bytes yet" : size() + " bytes so far";
    }

    private void wake() {
        Future<@Nullable Void> known = waiter;
        if (known != null) {
            waiter = null;
            if (!known.isDone()) {
                known.setResult(null);
            }
        }
        if (listener != null) {
            listener.run();
        }
    }

    /// Has `arrival` called whenever bytes have come, the end, or a failure; none if null.
    public void listen(@Nullable Runnable arrival) {
        listener = arrival;
    }

    /// Takes more from the peer, also beyond the limit, until more has come.
    public void resume() {
        if (paused) {
            paused = false;
            source.resumeReading();
        }
    }

    /// Takes everything from now on, or holds the source back again beyond the limit.
    public void setUnlimited(boolean on) {
        unlimited = on;
        if (on) {
            resume();
        }
    }

    /// Suspends until the end of the stream; takes nothing.
    ///
    /// @throws IOException if the stream was lost
    public void awaitEof() throws IOException {
        throwIfAny(failure);
        while (!eof) {
            awaitData();
        }
        throwIfAny(truncation);
    }

    /// Takes out everything that has not been read.
    public byte[] takeAll() {
        return take(size());
    }

    /// Notes what a read is about to throw because the stream has ended too early.
    public void endsTooEarly(IOException thrown) {
        tooEarly = thrown;
    }

    /// Returns whether a read threw `thrown` because the stream had ended.
    boolean endedTooEarly(IOException thrown) {
        return thrown == tooEarly;
    }

    // ------------------------------------------------------------------ for the reader

    /// Throws why the connection was lost, if it was.
    public void throwIfLost() throws IOException {
        throwIfAny(failure);
    }

    /// Throws why the end cannot be trusted, if it cannot.
    public void throwIfTruncated() throws IOException {
        throwIfAny(truncation);
    }

    /// Suspends until something has come: bytes, the end, or a failure, which is thrown.
    public void awaitData() throws IOException {
        if (waiter != null) {
            throw new IllegalStateException("Cannot read"
                    + " from a stream while another task reads from it; let one task read and pass on what came");
        }
        resume();
        Future<@Nullable Void> mine = loop.createFuture(source);
        waiter = mine;
        try {
            mine.await();
        } finally {
            if (waiter == mine) {
                waiter = null; // not that of a task that has come since this one was woken
            }
        }
        throwIfAny(failure);
    }

    private static void throwIfAny(@Nullable IOException known) throws IOException {
        if (known != null) {
            throw ConnectionErrors.here(known);
        }
    }

    /// Takes out the next `n` bytes, which are there.
    public byte[] take(int n) {
        byte[] taken = n == 0 ? NOTHING : Arrays.copyOfRange(buffer, start, start + n);
        skip(n);
        return taken;
    }

    /// Takes the next `n` bytes, and drops them.
    public void skip(int n) {
        start += n;
        if (isEmpty() && buffer.length > SMALL) {
            buffer = NOTHING;
            start = 0;
            end = 0;
        }
        if (size() <= limit) {
            resume();
        }
    }

    /// Looks for separators: see [Separators#find].
    ///
    /// @param searched how many of the bytes are known to begin none
    public long find(int searched, byte[][] separators) {
        return Separators.find(buffer, start, end, searched, separators);
    }

    /// Returns how long a line may be.
    public int limit() {
        return limit;
    }

    /// Returns one of the bytes that are there.
    public byte at(int index) {
        return buffer[start + index];
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    public boolean isEmpty() {
        return start == end;
    }

    public int size() {
        return end - start;
    }

    /// Returns how many bytes are there, and whether the stream has ended or failed.
    @Override
    public String toString() {
        return size() + " bytes" + (truncation != null ? ", truncated" : eof ? ", eof" : "")
                + (failure == null ? "" : ", " + failure);
    }
}
