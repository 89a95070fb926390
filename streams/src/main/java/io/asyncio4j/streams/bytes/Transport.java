package io.asyncio4j.streams.bytes;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// The carrier of the bytes of a [ByteInput] and a [ByteOutput]: a socket, or a subprocess's pipe.
/// It tells both what becomes of the bytes.
///
/// Called on the loop, mostly by tasks; none of this suspends.
public abstract class Transport implements ByteInput.Source {
    /// Takes bytes, to be sent soon. The array remains the caller's.
    public abstract void write(byte[] bytes, int offset, int length);

    /// Returns how many bytes were taken and not yet given to the operating system.
    public abstract long pending();

    /// Ends the stream of bytes to the peer, after those that are pending.
    public abstract void writeEof();

    public abstract boolean canWriteEof();

    /// Closes, after what is pending was sent.
    public abstract void close();

    /// Closes at once; what is pending is lost.
    public abstract void abort();

    /// What to call this in messages.
    public abstract String describe();

    /// Returns how many bytes wait to be sent, for those who look at a task that waits for that.
    public final String sendState() {
        long pending = pending();
        return pending == 0 ? "all sent" : pending + " bytes to send";
    }

    @Nullable
    public SocketAddress peerAddress() {
        return null;
    }

    @Nullable
    public SocketAddress localAddress() {
        return null;
    }

    @Nullable
    public SSLSession tlsSession() {
        return null;
    }

    /// The protocol agreed on with TLS (ALPN), if any.
    @Nullable
    public String applicationProtocol() {
        return null;
    }

    /// Encrypts from now on; suspends until that is agreed on with the peer.
    public void startTls(Encryption tls, @Nullable String serverName) throws IOException {
        throw new UnsupportedOperationException("Cannot start TLS on " + describe() + ": it is not a socket");
    }

    /// Whether [#sendFile] can be used.
    public boolean canSendFile() {
        return false;
    }

    /// Sends a part of a file without copying it through the heap; suspends until it was sent.
    public void sendFile(FileChannel file, long position, long count) throws IOException {
        throw new UnsupportedOperationException("Cannot send files on " + describe());
    }
}
