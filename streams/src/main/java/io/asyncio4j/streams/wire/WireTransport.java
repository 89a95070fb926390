package io.asyncio4j.streams.wire;

import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.ConnectionTransport;
import io.asyncio4j.streams.bytes.Encryption;
import io.asyncio4j.streams.bytes.Limits;
import io.asyncio4j.streams.spi.Wire;
import io.asyncio4j.streams.spi.WireEnd;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One end of a connection on a network that stands in for the machine's.
final class WireTransport extends ConnectionTransport implements WireEnd {
    /// What it was to connect to, for messages; null at a server.
    private final @Nullable String target;

    private @Nullable Wire wire;

    WireTransport(LoopAccess loop, Limits limits, @Nullable String target, Opening opening) {
        super(loop, limits, opening);
        this.target = target;
    }

    /// Gives it the wire, before anything happens there.
    void attach(Wire attached) {
        wire = attached;
    }

    private Wire wire() {
        return Objects.requireNonNull(wire);
    }

    // ------------------------------------------------------------------ what tasks ask for

    @Override
    public void write(byte[] bytes, int offset, int length) {
        wire().write(bytes, offset, length);
    }

    @Override
    public long pending() {
        return wire == null ? 0 : wire.pending();
    }

    @Override
    public void writeEof() {
        wire().writeEof();
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void close() {
        closedByProgram();
        wire().close();
    }

    @Override
    public void abort() {
        closedByProgram();
        wire().abort();
    }

    @Override
    public void pauseReading() {
        wire().pauseReading();
    }

    @Override
    public void resumeReading() {
        wire().resumeReading();
    }

    @Override
    @Nullable
    public SocketAddress peerAddress() {
        return wire == null ? null : wire.peerAddress();
    }

    @Override
    @Nullable
    public SocketAddress localAddress() {
        return wire == null ? null : wire.localAddress();
    }

    @Override
    public void startTls(Encryption tls, @Nullable String serverName) {
        throw NetworkConnector.noTls(describe());
    }

    // ------------------------------------------------------------------ what the network tells

    @Override
    public void opened() {
        ready();
    }

    @Override
    public void received(byte[] bytes) {
        input.feed(bytes, 0, bytes.length);
    }

    @Override
    public void ended() {
        input.feedEof();
    }

    @Override
    public void progressed() {
        output.progressed();
    }

    @Override
    public void over(@Nullable IOException cause) {
        IOException failure = cause == null ? null : explained(cause);
        lost(failure);
        tellOver(failure);
    }

    private IOException explained(IOException cause) {
        return isReady() || target == null
                ? ConnectionErrors.ofConnection(cause, peerAddress())
                : ConnectionErrors.ofConnecting(cause, target, wire().peerAddress(), null);
    }
}
