package io.asyncio4j.streams;

import io.asyncio4j.Future;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.spi.Incoming;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bytes that come in, in the order they were sent: of a connection, or of a subprocess.
///
/// A method that finds too few bytes suspends the calling task until more come. One task reads at a
/// time: another one that has to wait gets an [IllegalStateException]. A cancelled read has taken
/// nothing out of the stream. When more than twice the limit is there unread, no more is taken from
/// the peer until there is room again, or a read waits for more.
///
/// When the connection is lost, every read throws, even if bytes are left; when it has ended, they
/// are read first. When it ends without TLS's farewell, they are read first, too, and then every
/// read throws a [javax.net.ssl.SSLException], as something may be missing: [#read] gives what is
/// left, others throw as soon as they have not enough, and leave the bytes where they are.
///
/// It belongs to the event loop in which it was made and is used by its tasks. asyncio:
/// `StreamReader`.
public final class StreamReader {
    private static final byte[] NOTHING = {};
    private static final byte[] NEWLINE = {'\n'};
    private static final int SMALL = 512;

    static {
        Incoming.Access.open(InPlace::new);
    }

    /// Where the bytes come from; held back when nobody reads them. A task that reads waits for it.
    interface Source extends Awaited {
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
    private @Nullable IncompleteReadException tooEarly;

    /// What the reading task waits for.
    private @Nullable Future<@Nullable Void> waiter;

    /// Told of all that comes, if what reads is no task.
    private @Nullable Runnable listener;

    StreamReader(LoopAccess loop, int limit, Source source) {
        this.loop = loop;
        this.limit = limit;
        this.source = source;
    }

    // ------------------------------------------------------------------ reading

    /// Reads what is there, up to `n` bytes; suspends if there is nothing yet. asyncio: `read(n)`.
    ///
    /// @param n not negative
    /// @return at least one byte, unless `n` is 0 or the stream has ended
    /// @throws IOException if the connection was lost
    public byte[] read(int n) throws IOException {
        requireSize(n);
        throwIfAny(failure);
        if (n == 0) {
            return NOTHING;
        }
        while (isEmpty() && !eof) {
            awaitData("read"); // again, if another task was quicker to take what came
        }
        if (isEmpty()) {
            throwIfAny(truncation);
        }
        return take(Math.min(n, size()));
    }

    /// Reads everything up to the end of the stream, however much that is. asyncio: `read()`.
    ///
    /// @throws IOException if the connection was lost
    public byte[] readAll() throws IOException {
        throwIfAny(failure);
        while (!eof) {
            awaitData("read");
        }
        throwIfAny(truncation);
        return take(size());
    }

    /// Reads exactly `n` bytes. asyncio: `readexactly`.
    ///
    /// @param n not negative; may exceed the limit
    /// @throws IncompleteReadException if the stream ends before; it has the bytes that came
    /// @throws IOException if the connection was lost
    public byte[] readExactly(int n) throws IOException {
        requireSize(n);
        throwIfAny(failure);
        while (size() < n) {
            if (eof) {
                throwIfAny(truncation);
                throw endedTooEarly(n);
            }
            awaitData("read");
        }
        return take(n);
    }

    /// Reads one byte, as [#readExactly] does. What Java's `DataInput` has by these names.
    public byte readByte() throws IOException {
        return readExactly(1)[0];
    }

    /// Reads one byte as a number from 0 to 255.
    public int readUnsignedByte() throws IOException {
        return Byte.toUnsignedInt(readByte());
    }

    /// Reads two bytes as a number, the high one first.
    public short readShort() throws IOException {
        return ByteBuffer.wrap(readExactly(Short.BYTES)).getShort();
    }

    /// Reads four bytes as a number, the highest first.
    public int readInt() throws IOException {
        return ByteBuffer.wrap(readExactly(Integer.BYTES)).getInt();
    }

    /// Reads eight bytes as a number, the highest first.
    public long readLong() throws IOException {
        return ByteBuffer.wrap(readExactly(Long.BYTES)).getLong();
    }

    /// Reads up to and including a newline. A line without one, at the end of the stream, is given
    /// as it is. asyncio: `readline`.
    ///
    /// @return the line in UTF-8 without its newline, `\n` or `\r\n`, or null at the end of the
    ///     stream
    /// @throws LimitOverrunException if the line is longer than the limit; then what has come of
    ///     it is dropped, up to its newline if that is there
    /// @throws IOException if the connection was lost
    public @Nullable String readLine() throws IOException {
        return readLine(StandardCharsets.UTF_8);
    }

    /// Reads a line in the given charset, like [#readLine()].
    ///
    /// @param charset one in which a newline is the byte 10: not UTF-16
    /// @return the line without its newline, or null at the end of the stream
    /// @throws LimitOverrunException if the line is longer than the limit
    /// @throws IOException if the connection was lost
    public @Nullable String readLine(Charset charset) throws IOException {
        Objects.requireNonNull(charset, "charset");
        byte[] line = readLineBytes();
        if (line.length == 0) {
            return null;
        }
        int length = line.length;
        if (line[length - 1] == '\n') {
            length--;
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
        }
        return new String(line, 0, length, charset);
    }

    /// Reads a line as bytes. asyncio: `readline`.
    ///
    /// @return the line with its newline, if it has one; no bytes at the end of the stream
    /// @throws LimitOverrunException if the line is longer than the limit; then what has come of
    ///     it is dropped, up to its newline if that is there
    /// @throws IOException if the connection was lost
    public byte[] readLineBytes() throws IOException {
        try {
            return readUntil(NEWLINE);
        } catch (IncompleteReadException last) {
            return last.partial();
        } catch (LimitOverrunException overrun) {
            int consumed = overrun.consumed();
            boolean complete = consumed < size() && buffer[start + consumed] == '\n';
            take(complete ? consumed + 1 : size());
            throw overrun;
        }
    }

    /// Reads up to and including the separator that ends first, of those given. asyncio:
    /// `readuntil`.
    ///
    /// @param separators one or more, none empty
    /// @throws IncompleteReadException if the stream ends before; it has the bytes that came
    /// @throws LimitOverrunException if there is none within the limit; the bytes stay
    /// @throws IOException if the connection was lost
    public byte[] readUntil(byte[]... separators) throws IOException {
        if (separators.length == 0 || Arrays.stream(separators).anyMatch(separator -> separator.length == 0)) {
            throw new IllegalArgumentException("readUntil needs at least one separator, and none may be empty");
        }
        throwIfAny(failure);
        int longest = Arrays.stream(separators)
                .mapToInt(separator -> separator.length)
                .max()
                .getAsInt();
        int searched = 0;
        while (true) {
            long match = Separators.find(buffer, start, end, searched, separators);
            if (match >= 0) {
                int first = (int) (match >>> Integer.SIZE);
                if (first > limit) {
                    throw new LimitOverrunException(
                            "The separator is there, but only after " + first + " bytes, and the limit is " + limit,
                            first);
                }
                return take((int) match);
            }
            searched = Math.max(0, size() + 1 - longest);
            if (searched > limit) {
                throw new LimitOverrunException(
                        "No separator in the first " + searched + " bytes, and the limit is " + limit, searched);
            }
            if (eof) {
                throwIfAny(truncation);
                throw endedTooEarly(-1);
            }
            awaitData("read");
        }
    }

    /// Reads up to and including a separator, given as text in UTF-8.
    ///
    /// @throws IncompleteReadException if the stream ends before
    /// @throws LimitOverrunException if it does not come within the limit; the bytes stay
    /// @throws IOException if the connection was lost
    public byte[] readUntil(String separator) throws IOException {
        return readUntil(separator.getBytes(StandardCharsets.UTF_8));
    }

    /// Returns the lines that come, in UTF-8 and without their newlines; asking for the next one
    /// suspends until it is there. To be iterated over once. Where [#readLine] throws an
    /// [IOException], the iterator throws it in an [java.io.UncheckedIOException]. asyncio:
    /// `async for line in reader`.
    public Iterable<String> lines() {
        return () -> new Lines(this);
    }

    /// Returns whether the stream has ended and everything was read: false if it was lost or
    /// truncated, which the next read tells. asyncio: `at_eof`.
    public boolean atEof() {
        return eof && isEmpty() && truncation == null && failure == null;
    }

    // ------------------------------------------------------------------ for the source, on the loop

    /// Makes room for `n` more bytes; they are to be put into [#buffer] from the place returned,
    /// and counted with [#fed].
    int reserve(int n) {
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

    byte[] buffer() {
        return buffer;
    }

    /// Counts bytes that were put into the buffer.
    void fed(int n) {
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

    void feed(byte[] bytes, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(bytes, offset, buffer, at, length);
        fed(length);
    }

    /// Nothing more will come.
    void feedEof() {
        eof = true;
        wake();
    }

    /// Nothing more will come, though the peer has not said that this is the end.
    void feedTruncation(IOException cause) {
        if (!eof) {
            truncation = cause;
        }
        feedEof();
    }

    /// Returns whether nothing more will come, though there may be bytes to read.
    boolean hasEnded() {
        return eof;
    }

    /// The connection was lost; reads throw from now on.
    void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
        wake();
    }

    @Nullable
    IOException failure() {
        return failure;
    }

    /// Returns why the end cannot be trusted, if it cannot.
    @Nullable
    IOException truncation() {
        return truncation;
    }

    /// Returns what a task that reads has got so far.
    String readState() {
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
    void listen(@Nullable Runnable arrival) {
        listener = arrival;
    }

    /// Takes more from the peer, also beyond the limit, until more has come.
    void resume() {
        if (paused) {
            paused = false;
            source.resumeReading();
        }
    }

    /// Takes everything from now on, or holds the source back again beyond the limit.
    void setUnlimited(boolean on) {
        unlimited = on;
        if (on) {
            resume();
        }
    }

    /// Suspends until the end of the stream; takes nothing.
    ///
    /// @throws IOException if the stream was lost
    void awaitEof() throws IOException {
        throwIfAny(failure);
        while (!eof) {
            awaitData("read");
        }
        throwIfAny(truncation);
    }

    /// Takes out everything that has not been read.
    byte[] takeAll() {
        return take(size());
    }

    /// Returns whether a read threw `thrown` because the stream had ended.
    boolean endedTooEarly(IOException thrown) {
        return thrown == tooEarly;
    }

    // ------------------------------------------------------------------ steps

    private IncompleteReadException endedTooEarly(int expected) {
        IncompleteReadException thrown = new IncompleteReadException(take(size()), expected);
        tooEarly = thrown;
        return thrown;
    }

    private void awaitData(String what) throws IOException {
        if (waiter != null) {
            throw new IllegalStateException("Cannot " + what
                    + " from a stream while another task reads from it; let one task read and pass on what came");
        }
        resume();
        Future<@Nullable Void> mine = loop.createFuture(source);
        waiter = mine;
        try {
            mine.await();
        } finally {
            if (mine.equals(waiter)) {
                waiter = null; // not that of a task that has come since this one was woken
            }
        }
        throwIfAny(failure);
    }

    private static void throwIfAny(@Nullable IOException known) throws IOException {
        if (known != null) {
            throw Failures.here(known);
        }
    }

    private byte[] take(int n) {
        byte[] taken = n == 0 ? NOTHING : Arrays.copyOfRange(buffer, start, start + n);
        skip(n);
        return taken;
    }

    /// Takes the next `n` bytes, and drops them.
    void skip(int n) {
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

    private static void requireSize(int n) {
        if (n < 0) {
            throw new IllegalArgumentException(
                    "The number of bytes to read must not be negative, but is " + n + "; readAll() reads to the end");
        }
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    private boolean isEmpty() {
        return start == end;
    }

    private int size() {
        return end - start;
    }

    /// Returns how many bytes are there, and whether the stream has ended or failed.
    @Override
    public String toString() {
        return "StreamReader[" + size() + " bytes" + (truncation != null ? ", truncated" : eof ? ", eof" : "")
                + (failure == null ? "" : ", " + failure) + "]";
    }
}
