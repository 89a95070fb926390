package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.bytes.ByteOutput;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    final ByteOutput output;

    StreamWriter(ByteOutput output) {
        this.output = output;
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
        output.write(bytes, offset, length);
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
        output.drain();
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
        return output.sendFile(file, position, count);
    }

    /// Ends the stream of bytes to the peer, after what was written: it will read the end, and can
    /// still send. asyncio: `write_eof`.
    ///
    /// @throws UnsupportedOperationException if [#canWriteEof] says no
    public void writeEof() {
        output.writeEof();
    }

    /// Returns whether [#writeEof] works: not with TLS. asyncio: `can_write_eof`.
    public boolean canWriteEof() {
        return output.canWriteEof();
    }

    // ------------------------------------------------------------------ the end

    /// Closes the connection, after what was written is sent. Does not suspend; [#waitClosed] does.
    /// With TLS, the peer has five seconds to say farewell as well. Closing twice is harmless.
    /// asyncio: `close`.
    public void close() {
        output.close();
    }

    /// Closes the connection at once: what was not sent yet is dropped, and the peer may see a
    /// reset. asyncio: `transport.abort`.
    public void abort() {
        output.abort();
    }

    /// Returns whether the connection is closed or about to be. asyncio: `is_closing`.
    public boolean isClosing() {
        return output.isClosing();
    }

    /// Suspends until the connection is closed; returns at once if it is. asyncio: `wait_closed`.
    ///
    /// @throws IOException if it was lost before it was closed
    public void waitClosed() throws IOException {
        output.waitClosed();
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
        output.startTls(Objects.requireNonNull(tls, "tls").encryption(), null);
    }

    /// Encrypts the connection to a server that must prove to be `serverName`. Without one, that is
    /// the name of the host that the connection was opened to.
    ///
    /// @throws javax.net.ssl.SSLException if the two do not agree, or the peer is not trusted
    /// @throws IOException if the connection was lost
    /// @throws UnsupportedOperationException if this is not a socket
    public void startTls(Tls tls, String serverName) throws IOException {
        output.startTls(Objects.requireNonNull(tls, "tls").encryption(), serverName);
    }

    /// Returns the address of the peer; null if there is none, as for a pipe or a client of a Unix
    /// socket. asyncio: `get_extra_info("peername")`.
    public @Nullable SocketAddress peerAddress() {
        return output.transport().peerAddress();
    }

    /// Returns the address of this end; null if there is none. asyncio:
    /// `get_extra_info("sockname")`.
    public @Nullable SocketAddress localAddress() {
        return output.transport().localAddress();
    }

    /// Returns what was agreed on with the peer, such as its certificates; null without TLS.
    /// asyncio: `get_extra_info("ssl_object")`.
    public @Nullable SSLSession tlsSession() {
        return output.transport().tlsSession();
    }

    /// Returns the application protocol that was agreed on with the peer (ALPN), such as `h2`; null
    /// without. asyncio: `ssl_object.selected_alpn_protocol()`.
    public @Nullable String applicationProtocol() {
        return output.transport().applicationProtocol();
    }

    /// Returns how many bytes wait to be sent. asyncio: `transport.get_write_buffer_size`.
    public long pendingBytes() {
        return output.transport().pending();
    }

    /// Returns where it leads to, how much waits to be sent, and whether it is closed.
    @Override
    public String toString() {
        return "StreamWriter[" + output + "]";
    }
}
