package io.asyncio4j.streams;

import io.asyncio4j.streams.bytes.ByteInput;
import io.asyncio4j.streams.spi.Incoming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
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

    static {
        Incoming.Access.open(reader -> new InPlace(reader.input));
    }

    final ByteInput input;

    StreamReader(ByteInput input) {
        this.input = input;
    }

    // ------------------------------------------------------------------ reading

    /// Reads what is there, up to `n` bytes; suspends if there is nothing yet. asyncio: `read(n)`.
    ///
    /// @param n not negative
    /// @return at least one byte, unless `n` is 0 or the stream has ended
    /// @throws IOException if the connection was lost
    public byte[] read(int n) throws IOException {
        requireSize(n);
        input.throwIfLost();
        if (n == 0) {
            return NOTHING;
        }
        while (input.isEmpty() && !input.hasEnded()) {
            input.awaitData(); // again, if another task was quicker to take what came
        }
        if (input.isEmpty()) {
            input.throwIfTruncated();
        }
        return input.take(Math.min(n, input.size()));
    }

    /// Reads everything up to the end of the stream, however much that is. asyncio: `read()`.
    ///
    /// @throws IOException if the connection was lost
    public byte[] readAll() throws IOException {
        input.throwIfLost();
        while (!input.hasEnded()) {
            input.awaitData();
        }
        input.throwIfTruncated();
        return input.take(input.size());
    }

    /// Reads exactly `n` bytes. asyncio: `readexactly`.
    ///
    /// @param n not negative; may exceed the limit
    /// @throws IncompleteReadException if the stream ends before; it has the bytes that came
    /// @throws IOException if the connection was lost
    public byte[] readExactly(int n) throws IOException {
        requireSize(n);
        input.throwIfLost();
        while (input.size() < n) {
            if (input.hasEnded()) {
                input.throwIfTruncated();
                throw endedTooEarly(n);
            }
            input.awaitData();
        }
        return input.take(n);
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
            boolean complete = consumed < input.size() && input.at(consumed) == '\n';
            input.take(complete ? consumed + 1 : input.size());
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
        input.throwIfLost();
        int longest = Arrays.stream(separators)
                .mapToInt(separator -> separator.length)
                .max()
                .getAsInt();
        int limit = input.limit();
        int searched = 0;
        while (true) {
            long match = input.find(searched, separators);
            if (match >= 0) {
                int first = (int) (match >>> Integer.SIZE);
                if (first > limit) {
                    throw new LimitOverrunException(
                            "The separator is there, but only after " + first + " bytes, and the limit is " + limit,
                            first);
                }
                return input.take((int) match);
            }
            searched = Math.max(0, input.size() + 1 - longest);
            if (searched > limit) {
                throw new LimitOverrunException(
                        "No separator in the first " + searched + " bytes, and the limit is " + limit, searched);
            }
            if (input.hasEnded()) {
                input.throwIfTruncated();
                throw endedTooEarly(-1);
            }
            input.awaitData();
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
        return input.hasEnded() && input.isEmpty() && input.truncation() == null && input.failure() == null;
    }

    // ------------------------------------------------------------------ steps

    private IncompleteReadException endedTooEarly(int expected) {
        IncompleteReadException thrown = new IncompleteReadException(input.take(input.size()), expected);
        input.endsTooEarly(thrown);
        return thrown;
    }

    private static void requireSize(int n) {
        if (n < 0) {
            throw new IllegalArgumentException(
                    "The number of bytes to read must not be negative, but is " + n + "; readAll() reads to the end");
        }
    }

    /// The lines of a stream, read when they are asked for.
    private static final class Lines implements Iterator<String> {
        private final StreamReader reader;

        /// Read ahead by [#hasNext].
        private @Nullable String next;

        Lines(StreamReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                try {
                    next = reader.readLine();
                } catch (IOException lost) {
                    throw new UncheckedIOException(lost);
                }
            }
            return next != null;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The stream has ended");
            }
            String line = Objects.requireNonNull(next);
            next = null;
            return line;
        }
    }

    /// The unread bytes of a reader, for a protocol that needs no task to read them.
    private record InPlace(ByteInput input) implements Incoming {
        @Override
        public byte[] bytes() {
            return input.buffer();
        }

        @Override
        public int start() {
            return input.start();
        }

        @Override
        public int end() {
            return input.end();
        }

        @Override
        public void skip(int n) {
            input.skip(n);
        }

        @Override
        public boolean hasEnded() {
            return input.hasEnded();
        }

        @Override
        public @Nullable IOException failure() {
            return input.failure() == null ? input.truncation() : input.failure();
        }

        @Override
        public void listen(@Nullable Runnable arrival) {
            input.listen(arrival);
        }

        @Override
        public void resume() {
            input.resume();
        }
    }

    /// Returns how many bytes are there, and whether the stream has ended or failed.
    @Override
    public String toString() {
        return "StreamReader[" + input + "]";
    }
}
