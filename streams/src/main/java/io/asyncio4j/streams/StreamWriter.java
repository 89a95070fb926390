package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.spi.LoopAccess;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// The bytes that go out, in the order they are written: to a connection, or to a subprocess.
///
/// Writing does not suspend: the bytes are taken, and sent when the current step of the program's
/// tasks is over. A program that writes much calls [#drain] after it, which suspends while the peer
/// is too slow:
///
/// ```java
/// writer.write(data);
/// writer.drain();
/// ```
///
/// It belongs to the event loop in which it was made and is used by its tasks and callbacks; what
/// suspends, by its tasks. From another thread it throws an [IllegalStateException]. asyncio:
/// `StreamWriter`.
public final class StreamWriter {
    private final LoopAccess loop;
    private final Transport transport;
    private final StreamReader reader;
    private final Limits limits;

    private final Waiters drainers;
    private final Waiters closeWaiters;
    private boolean congested;
    private boolean ended;
    private boolean closing;

    /// Whether the server has closed it under its handler, who cannot know.
    private boolean closedByServer;

    private boolean lost;

    /// Why the connection was lost, if it was not simply closed.
    private @Nullable IOException failure;

    StreamWriter(LoopAccess loop, Transport transport, StreamReader reader, Limits limits) {
        this.loop = loop;
        this.transport = transport;
        this.reader = reader;
        this.limits = limits;
        this.drainers = new Sending();
        this.closeWaiters = new Sending();
    }

    /// Those who wait until bytes are sent, or all are and the connection is closed.
    private final class Sending extends Waiters {
        Sending() {
            super(loop);
        }

        @Override
        public String name() {
            return transport.name();
        }

        @Override
        public String state() {
            if (this == closeWaiters && !closing) {
                return "not closed";
            }
            return (closing ? "closing: " : "draining: ") + transport.sendState();
        }
    }

    // ------------------------------------------------------------------ writing

    /// Takes bytes to be sent; they are copied. Does not suspend. If the connection was lost, they
    /// are dropped, and [#drain] throws. asyncio: `write`.
    ///
    /// @throws IllegalStateException if the writer was closed, if [#writeEof] was called, or if so
    ///     much is waiting to be sent that the hard limit is passed: call [#drain] after writing
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /// Takes `length` bytes from `offset` on, as [#write(byte[])] does.
    ///
    /// @throws IndexOutOfBoundsException if the array has no such bytes
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireWritable("write to");
        if (lost || closedByServer || length == 0) {
            return;
        }
        long pending = transport.pending();
        if (pending > limits.hard()) {
            throw new IllegalStateException("Cannot write " + length + " more bytes to " + transport.describe() + ": "
                    + pending + " are waiting to be sent, and the limit is " + limits.hard()
                    + "; call drain() after writing, which waits until the peer has taken them");
        }
        transport.write(bytes, offset, length);
        congested |= pending + length > limits.high();
    }

    /// Takes text to be sent, in UTF-8, as [#write(byte[])] does; adds no newline.
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Takes one byte to be sent, the low eight bits of `value`, as [#write(byte[])] does.
    public void write(int value) {
        write(new byte[] {(byte) value});
    }

    /// Takes the low 16 bits of `value` to be sent as two bytes, the high one first.
    public void writeShort(int value) {
        write(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
    }

    /// Takes `value` to be sent as four bytes, the highest first.
    public void writeInt(int value) {
        write(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /// Takes `value` to be sent as eight bytes, the highest first.
    public void writeLong(long value) {
        write(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /// Takes several pieces to be sent, one after the other, as [#write(byte[])] does. asyncio:
    /// `writelines`.
    public void writeAll(Iterable<byte[]> pieces) {
        for (byte[] piece : pieces) {
            write(piece);
        }
    }

    /// Suspends while more bytes wait to be sent than the high-water mark, until a quarter of that
    /// are left; returns at once otherwise. asyncio: `drain`.
    ///
    /// @throws IOException if the connection was lost
    public void drain() throws IOException {
        requireHeld("drain");
        IOException broken = reader.failure();
        if (broken != null) {
            throw Failures.here(broken);
        }
        if (closing) {
            Asyncio.sleep(Duration.ZERO); // so that a loop of writes to a closed stream comes to its end
        }
        throwIfLost();
        if (congested) {
            drainers.await();
            throwIfLost();
        }
    }

    private void throwIfLost() throws IOException {
        if (failure != null) {
            throw Failures.here(failure);
        }
        if (closedByServer) {
            throw new SocketException("The server has closed " + transport.describe());
        }
        if (lost) {
            throw new SocketException("The connection was lost: " + transport.describe() + " is closed");
        }
    }

    /// Sends a file from its beginning to its end, after what was written before, without copying
    /// it through the heap where the transport can do that: not with TLS. Suspends until all is
    /// sent. asyncio: `loop.sendfile`.
    ///
    /// @return how many bytes that were
    /// @throws IOException if the file cannot be read, or the connection was lost
    public long sendFile(Path file) throws IOException {
        try (FileChannel channel = Asyncio.toThread(() -> FileChannel.open(file, StandardOpenOption.READ))) {
            return sendFile(channel, 0, channel.size());
        }
    }

    /// Sends `count` bytes of a file from `position` on, fewer if it ends before. If that fails or
    /// is cancelled once it has begun, the connection is closed.
    ///
    /// @param position of the first byte to send, in bytes from the beginning; not negative
    /// @param count in bytes; not negative
    /// @return how many bytes that were
    /// @throws IOException if the file cannot be read, or the connection was lost
    public long sendFile(FileChannel file, long position, long count) throws IOException {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "Position and count must not be negative, but are " + position + " and " + count);
        }
        requireWritable("send a file on");
        long available = Math.max(0, Math.min(count, file.size() - position));
        drain();
        if (available > 0) {
            if (transport.canSendFile()) {
                transport.sendFile(file, position, available);
            } else {
                boolean complete = false;
                try {
                    FileCopy.copy(file, position, available, this);
                    complete = true;
                } finally {
                    if (!complete) {
                        abort(); // the peer could not tell where the file ends
                    }
                }
            }
        }
        return available;
    }

    /// Ends the stream of bytes to the peer, after what was written: it will read the end, and can
    /// still send. asyncio: `write_eof`.
    ///
    /// @throws UnsupportedOperationException if [#canWriteEof] says no
    public void writeEof() {
        requireHeld("end");
        if (!canWriteEof()) {
            throw new UnsupportedOperationException(
                    "Cannot end one direction of " + transport.describe() + " with TLS on it; close() ends both");
        }
        if (!ended && !closing && !lost) {
            ended = true;
            transport.writeEof();
        }
    }

    /// Returns whether [#writeEof] works: not with TLS. asyncio: `can_write_eof`.
    public boolean canWriteEof() {
        return transport.canWriteEof();
    }

    // ------------------------------------------------------------------ the end

    /// Closes the connection, after what was written is sent. Does not suspend; [#waitClosed] does.
    /// With TLS, the peer has five seconds to say farewell as well. Closing twice is harmless.
    /// asyncio: `close`.
    public void close() {
        if (closing) {
            return;
        }
        requireHeld("close");
        closing = true;
        if (!lost) {
            transport.close();
        }
    }

    /// Closes the connection at once: what was not sent yet is dropped, and the peer may see a
    /// reset. asyncio: `transport.abort`.
    public void abort() {
        requireHeld("abort");
        closing = true;
        if (!lost) {
            transport.abort();
        }
    }

    /// Returns whether the connection is closed or about to be. asyncio: `is_closing`.
    public boolean isClosing() {
        return closing || lost;
    }

    /// Suspends until the connection is closed; returns at once if it is. asyncio: `wait_closed`.
    ///
    /// @throws IOException if it was lost before it was closed
    public void waitClosed() throws IOException {
        if (!lost) {
            closeWaiters.await();
        }
        if (failure != null) {
            throw Failures.here(failure);
        }
    }

    // ------------------------------------------------------------------ the connection

    /// Encrypts the connection from now on, in both directions, after what was written before.
    /// Suspends until that is agreed on with the peer; if it fails or is cancelled, the connection
    /// is closed. What of a client's first TLS message has come already is taken for that. asyncio:
    /// `start_tls`.
    ///
    /// @param tls which side this is, and whom to trust
    /// @throws javax.net.ssl.SSLException if the two do not agree, or the peer is not trusted
    /// @throws IOException if the connection was lost
    /// @throws IllegalStateException if it is encrypted already
    /// @throws UnsupportedOperationException if this is not a socket
    public void startTls(Tls tls) throws IOException {
        Objects.requireNonNull(tls, "tls");
        requireWritable("start TLS on");
        drain();
        transport.startTls(tls, null);
    }

    /// Encrypts the connection to a server that must prove to be `serverName`. Without one, that is
    /// the name of the host that the connection was opened to.
    ///
    /// @throws javax.net.ssl.SSLException if the two do not agree, or the peer is not trusted
    /// @throws IOException if the connection was lost
    /// @throws UnsupportedOperationException if this is not a socket
    public void startTls(Tls tls, String serverName) throws IOException {
        Objects.requireNonNull(tls, "tls");
        requireWritable("start TLS on");
        drain();
        transport.startTls(tls, serverName);
    }

    /// Returns the address of the peer; null if there is none, as for a pipe or a client of a Unix
    /// socket. asyncio: `get_extra_info("peername")`.
    public @Nullable SocketAddress peerAddress() {
        return transport.peerAddress();
    }

    /// Returns the address of this end; null if there is none. asyncio:
    /// `get_extra_info("sockname")`.
    public @Nullable SocketAddress localAddress() {
        return transport.localAddress();
    }

    /// Returns what was agreed on with the peer, such as its certificates; null without TLS.
    /// asyncio: `get_extra_info("ssl_object")`.
    public @Nullable SSLSession tlsSession() {
        return transport.tlsSession();
    }

    /// Returns the application protocol that was agreed on with the peer (ALPN), such as `h2`; null
    /// without. asyncio: `ssl_object.selected_alpn_protocol()`.
    public @Nullable String applicationProtocol() {
        return transport.applicationProtocol();
    }

    /// Returns how many bytes wait to be sent. asyncio: `transport.get_write_buffer_size`.
    public long pendingBytes() {
        return transport.pending();
    }

    // ------------------------------------------------------------------ for the transport, on the loop

    /// The server ends the connection. Unlike after [#close], writing is no mistake then: the bytes
    /// are dropped, and [#drain] throws.
    void closeByServer(boolean atOnce) {
        closedByServer |= !closing;
        if (atOnce) {
            abort();
        } else {
            close();
        }
    }

    boolean isClosedByServer() {
        return closedByServer;
    }

    /// Bytes have been sent.
    void progressed() {
        if (congested && transport.pending() <= limits.low()) {
            congested = false;
            drainers.wakeAll();
        }
    }

    /// The connection is over.
    ///
    /// @param cause null if it was closed
    void connectionLost(@Nullable IOException cause) {
        if (lost) {
            return;
        }
        lost = true;
        failure = cause;
        congested = false;
        drainers.wakeAll();
        closeWaiters.wakeAll();
    }

    boolean isLost() {
        return lost;
    }

    private void requireWritable(String what) {
        requireHeld(what);
        if (ended) {
            throw new IllegalStateException("Cannot " + what + " " + transport.describe() + ": writeEof() was called");
        }
        if (closing && !closedByServer) {
            throw new IllegalStateException("Cannot " + what + " " + transport.describe() + ": it was closed");
        }
    }

    private void requireHeld(String what) {
        if (!loop.isHeld()) {
            throw Failures.notHeld(what, transport.describe());
        }
    }

    /// Returns where it leads to, how much waits to be sent, and whether it is closed.
    @Override
    public String toString() {
        String state = lost ? ", closed" : closing ? ", closing" : "";
        return "StreamWriter[" + transport.describe() + ", " + transport.pending() + " bytes pending" + state + "]";
    }
}
