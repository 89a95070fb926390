package io.asyncio4j.web.testing;

import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.spi.Wire;
import io.asyncio4j.streams.spi.WireEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One end of a connection in memory: what is written comes to the other end in the same moment,
/// unless that has paused.
final class DirectWire implements Wire {
    private final LoopAccess loop;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private @Nullable DirectWire other;
    private @Nullable WireEnd end;
    private final ArrayDeque<byte[]> undelivered = new ArrayDeque<>();
    private long pending;
    private boolean paused;
    private boolean ending;
    private boolean endTold;
    private boolean closing;
    private boolean over;

    /// Whether [#flush] will be called.
    private boolean marked;

    DirectWire(LoopAccess loop, InetSocketAddress local, InetSocketAddress peer) {
        this.loop = loop;
        this.local = local;
        this.peer = peer;
    }

    void join(DirectWire peers) {
        other = peers;
        peers.other = this;
    }

    void usedBy(WireEnd user) {
        end = user;
    }

    /// The connection can be used.
    void open() {
        if (!over) {
            user().opened();
            mark();
        }
    }

    private WireEnd user() {
        return Objects.requireNonNull(end);
    }

    private DirectWire other() {
        return Objects.requireNonNull(other);
    }

    /// The connection is over at this end.
    void fail(@Nullable IOException cause) {
        if (!over) {
            over = true;
            undelivered.clear();
            pending = 0;
            if (end != null) {
                end.over(cause);
            }
            other().mark();
        }
    }

    private void mark() {
        if (!marked && !over) {
            marked = true;
            loop.callAt(loop.time(), this::flush);
        }
    }

    private void flush() {
        marked = false;
        DirectWire to = other();
        if (over || to.end == null) {
            if (closing) {
                fail(null); // given up before it was open
            }
            return;
        }
        boolean progressed = false;
        while (!over && !to.over && !to.paused && !undelivered.isEmpty()) {
            byte[] piece = undelivered.remove();
            pending -= piece.length;
            progressed = true;
            to.user().received(piece);
        }
        if (!undelivered.isEmpty() && to.over) {
            fail(closing ? null : new SocketException("Connection reset"));
        }
        if (over) {
            return;
        }
        if (undelivered.isEmpty() && (ending || closing) && !endTold && !to.paused) {
            endTold = true;
            if (!to.over) {
                to.user().ended();
            }
        }
        if (progressed) {
            user().progressed();
        }
        if (closing && (endTold || to.over)) {
            fail(null);
        }
    }

    // ------------------------------------------------------------------ for its user

    @Override
    public InetSocketAddress peerAddress() {
        return peer;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        undelivered.add(Arrays.copyOfRange(bytes, offset, offset + length));
        pending += length;
        mark();
    }

    @Override
    public long pending() {
        return pending;
    }

    @Override
    public void writeEof() {
        ending = true;
        mark();
    }

    @Override
    public void close() {
        closing = true;
        mark();
    }

    @Override
    public void abort() {
        undelivered.clear();
        pending = 0;
        close();
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        other().mark();
    }
}
