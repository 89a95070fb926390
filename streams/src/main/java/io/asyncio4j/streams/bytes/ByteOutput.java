package io.asyncio4j.streams.bytes;

import io.asyncio4j.Asyncio;
import io.asyncio4j.spi.LoopAccess;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The side of a connection that bytes go out by: it keeps the limits on what waits to be sent, and
/// knows whether it is open, closed or lost.
///
/// A writer calls it for a program; the transport tells it what becomes of the bytes. Used on the
/// loop.
public final class ByteOutput {
    private final LoopAccess loop;
    private final Transport transport;
    private final ByteInput input;
    private final Limits limits;

    private final WaitingTasks drainers;
    private final WaitingTasks closeWaiters;
    private boolean congested;
    private boolean ended;
    private boolean closing;

    /// Whether the server has closed it under its handler, who cannot know.
    private boolean closedByServer;

    private boolean lost;

    /// Why the connection was lost, if it was not simply closed.
    private @Nullable IOException failure;

    /// @param input what comes in on the same connection: its failure is this one's, too
    public ByteOutput(LoopAccess loop, Transport transport, ByteInput input, Limits limits) {
        this.loop = loop;
        this.transport = transport;
        this.input = input;
        this.limits = limits;
        this.drainers = new Sending();
        this.closeWaiters = new Sending();
    }

    /// Those who wait until bytes are sent, or all are and the connection is closed.
    private final class Sending extends WaitingTasks {
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

    /// Takes bytes to be sent; they are copied.
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

    /// Suspends while more bytes wait to be sent than the high-water mark.
    public void drain() throws IOException {
        requireHeld("drain");
        IOException broken = input.failure();
        if (broken != null) {
            throw ConnectionErrors.here(broken);
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
            throw ConnectionErrors.here(failure);
        }
        if (closedByServer) {
            throw new SocketException("The server has closed " + transport.describe());
        }
        if (lost) {
            throw new SocketException("The connection was lost: " + transport.describe() + " is closed");
        }
    }

    /// Sends `count` bytes of a file; returns how many there were. Suspends.
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

    /// Ends the stream of bytes to the peer, after what was written.
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

    public boolean canWriteEof() {
        return transport.canWriteEof();
    }

    /// Encrypts the connection from now on, after what was written before; suspends.
    ///
    /// @param serverName whom a client expects; null for the host that was connected to
    public void startTls(Encryption tls, @Nullable String serverName) throws IOException {
        requireWritable("start TLS on");
        drain();
        transport.startTls(tls, serverName);
    }

    // ------------------------------------------------------------------ the end

    /// Closes the connection, after what was written is sent.
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

    /// Closes the connection at once.
    public void abort() {
        requireHeld("abort");
        closing = true;
        if (!lost) {
            transport.abort();
        }
    }

    public boolean isClosing() {
        return closing || lost;
    }

    /// Suspends until the connection is closed.
    ///
    /// @throws IOException if it was lost before
    public void waitClosed() throws IOException {
        if (!lost) {
            closeWaiters.await();
        }
        if (failure != null) {
            throw ConnectionErrors.here(failure);
        }
    }

    /// Returns what carries the bytes.
    public Transport transport() {
        return transport;
    }

    // ------------------------------------------------------------------ for the server and the transport

    /// The server ends the connection. Unlike after [#close], writing is no mistake then: the bytes
    /// are dropped, and [#drain] throws.
    public void closeByServer(boolean atOnce) {
        closedByServer |= !closing;
        if (atOnce) {
            abort();
        } else {
            close();
        }
    }

    public boolean isClosedByServer() {
        return closedByServer;
    }

    /// Bytes have been sent.
    public void progressed() {
        if (congested && transport.pending() <= limits.low()) {
            congested = false;
            drainers.wakeAll();
        }
    }

    /// The connection is over.
    ///
    /// @param cause null if it was closed
    public void connectionLost(@Nullable IOException cause) {
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
            throw ConnectionErrors.notHeld(what, transport.describe());
        }
    }

    /// Returns where it leads to, how much waits to be sent, and whether it is closed.
    @Override
    public String toString() {
        String state = lost ? ", closed" : closing ? ", closing" : "";
        return transport.describe() + ", " + transport.pending() + " bytes pending" + state;
    }
}
