package io.asyncio4j.testing.memory;

import io.asyncio4j.Context;
import io.asyncio4j.Future;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.spi.Wire;
import io.asyncio4j.streams.spi.WireEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One end of a connection on a network in memory: what an operating system's socket is.
public final class MemoryWire implements Wire {
    /*
     *                  sends            receives         ends
     * CONNECTING       CONNECT          ACCEPT: OPEN, REFUSE or RESET: OVER
     * OPEN             DATA, END        DATA, END        OVER, when closed and all was sent, or by RESET
     * OVER             RESET, to DATA
     *
     * A RESET that comes after END is not noticed before something is to be sent, as nobody reads any more.
     *
     * A server's end is CONNECTING until the server has taken it; what comes before that waits.
     */
    private enum State {
        CONNECTING,
        OPEN,
        OVER
    }

    /// The state of one direction.
    private enum Flow {
        OPEN,
        /// The end is asked for, or has come, behind bytes that are not through yet.
        ENDING,
        ENDED
    }

    private static final int PIECE = 16 * 1024;

    /// As much is pending until all of it was sent, as with a socket.
    private static final int CHUNK = 128 * 1024;

    private final LoopAccess loop;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private @Nullable MemoryWire other;
    private @Nullable MemoryLink link;
    private @Nullable MemoryLane out;
    private @Nullable MemoryLane in;

    /// Where a server's end was asked for, and who asked.
    private @Nullable MemoryMachine host;

    private @Nullable MemoryMachine client;
    private @Nullable MemoryPort port;

    /// Who uses it; null at a server that has not taken it yet.
    private @Nullable WireEnd end;

    private State state = State.CONNECTING;
    private Flow sending = Flow.OPEN;
    private Flow receiving = Flow.OPEN;
    private boolean closing;
    private boolean paused;

    /// Whether the peer has reset the connection after the end of what it sent.
    private boolean broken;

    /// What was written and not sent, from `sent` on in the first piece.
    private final ArrayDeque<byte[]> unsent = new ArrayDeque<>();

    private int sent;
    private long pending;

    /// The chunk that is being sent, and how much of it was not.
    private int chunk;

    private int chunkLeft;

    /// What has arrived and was not taken.
    private final ArrayDeque<byte[]> unread = new ArrayDeque<>();

    /// Whether [#flush] will be called.
    private boolean marked;

    MemoryWire(LoopAccess loop, InetSocketAddress local, InetSocketAddress peer) {
        this.loop = loop;
        this.local = local;
        this.peer = peer;
    }

    // ------------------------------------------------------------------ making it

    void usedBy(WireEnd user) {
        end = user;
    }

    /// Joins this with the other end.
    void join(MemoryWire peers, MemoryLink between, int direction) {
        link = between;
        other = peers;
        out = new MemoryLane(loop, between, direction, this, peers);
        peers.in = out;
    }

    /// Says where a server's end leads to.
    void expectAt(MemoryMachine server, MemoryMachine from) {
        host = server;
        client = from;
    }

    void connect() {
        out().send(MemoryLane.Kind.CONNECT);
    }

    private MemoryLane out() {
        return Objects.requireNonNull(out);
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
        unsent.add(Arrays.copyOfRange(bytes, offset, offset + length));
        pending += length;
        mark();
    }

    @Override
    public long pending() {
        return pending + chunk - chunkLeft;
    }

    @Override
    public void writeEof() {
        if (sending == Flow.OPEN) {
            sending = Flow.ENDING;
            mark();
        }
    }

    @Override
    public void close() {
        closing = true;
        mark();
    }

    @Override
    public void abort() {
        dropUnsent();
        close();
    }

    private void dropUnsent() {
        unsent.clear();
        sent = 0;
        pending = 0;
        chunk = 0;
        chunkLeft = 0;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        mark();
    }

    /// Has [#flush] called when those have had their turn who are ready now, and before anybody who
    /// becomes so later: as sockets do it, before the loop looks what else there is.
    void mark() {
        if (!marked && state != State.OVER) {
            marked = true;
            Future<@Nullable Void> stepOver = loop.createFuture(() -> "the end of a step");
            stepOver.addDoneCallback(_ -> flush(), new Context());
            stepOver.setResult(null);
        }
    }

    private void flush() {
        marked = false;
        if (state == State.CONNECTING) {
            if (closing) {
                over(null); // given up
            }
            return;
        }
        deliver();
        if (state == State.OPEN) {
            send();
        }
    }

    private void send() {
        if (broken && pending > 0) {
            over(brokenPipe());
            return;
        }
        MemoryLane lane = out();
        boolean progressed = false;
        while (pending > 0 && lane.room() > 0) {
            if (chunkLeft == 0) {
                chunkLeft = (int) Math.min(pending, CHUNK);
                chunk = chunkLeft;
            }
            byte[] piece = nextPiece(Math.min(chunkLeft, Math.min(PIECE, lane.room())));
            pending -= piece.length;
            chunkLeft -= piece.length;
            if (chunkLeft == 0) {
                chunk = 0;
                progressed = true;
            }
            lane.send(MemoryLane.Kind.DATA, piece); // which may end the connection
        }
        if (state != State.OPEN) {
            return;
        }
        if (pending == 0) {
            sendEnd(lane);
        }
        if (progressed) {
            user().progressed(); // after a close: who waits for that is told of the close
        }
    }

    private void sendEnd(MemoryLane lane) {
        if (closing) {
            if (!unread.isEmpty()) {
                lane.send(MemoryLane.Kind.RESET); // as what the peer sent was for nobody
            } else if (sending != Flow.ENDED) {
                lane.send(MemoryLane.Kind.END);
            }
            over(null);
        } else if (sending == Flow.ENDING) {
            sending = Flow.ENDED;
            lane.send(MemoryLane.Kind.END);
        }
    }

    private byte[] nextPiece(int length) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(length);
        while (piece.size() < length) {
            byte[] first = unsent.element();
            int part = Math.min(first.length - sent, length - piece.size());
            piece.write(first, sent, part);
            sent += part;
            if (sent == first.length) {
                unsent.remove();
                sent = 0;
            }
        }
        return piece.toByteArray();
    }

    private void deliver() {
        while (state == State.OPEN && !paused && !unread.isEmpty()) {
            byte[] bytes = unread.remove();
            Objects.requireNonNull(in).taken(bytes.length);
            user().received(bytes);
        }
        if (state == State.OPEN && !paused && receiving == Flow.ENDING) {
            receiving = Flow.ENDED;
            user().ended();
        }
    }

    private WireEnd user() {
        return Objects.requireNonNull(end);
    }

    /// The connection is over at this end.
    private void over(@Nullable IOException cause) {
        state = State.OVER;
        dropUnsent();
        unread.clear();
        if (link != null) {
            link.remove(this);
        }
        if (port != null) {
            port.forget(this);
        }
        if (end != null) {
            end.over(cause);
        }
    }

    void fail(IOException cause) {
        if (state != State.OVER) {
            over(cause);
        }
    }

    // ------------------------------------------------------------------ at a server

    void accept() {
        out().send(MemoryLane.Kind.ACCEPT);
    }

    void refuse() {
        out().send(MemoryLane.Kind.REFUSE);
        over(null);
    }

    /// Ends a connection that the server has not taken.
    void reset() {
        out().send(MemoryLane.Kind.RESET);
        over(null);
    }

    /// The server takes the connection.
    void serve(Function<Wire, WireEnd> taking) {
        port = null;
        end = taking.apply(this);
        state = State.OPEN;
        end.opened();
        deliver();
    }

    private void askToConnect() {
        MemoryPort asked = Objects.requireNonNull(host).ports.get(local.getPort());
        if (asked == null || !asked.isReachedFrom(Objects.requireNonNull(client))) {
            refuse();
        } else {
            port = asked;
            asked.asked(this);
        }
    }

    // ------------------------------------------------------------------ from the other end

    /// A segment has arrived.
    void arrived(MemoryLane.Kind kind, byte[] data) {
        if (state == State.OVER) {
            if (kind == MemoryLane.Kind.DATA || kind == MemoryLane.Kind.ACCEPT) {
                out().send(MemoryLane.Kind.RESET);
            }
            return;
        }
        switch (kind) {
            case CONNECT -> askToConnect();
            case ACCEPT -> {
                state = State.OPEN;
                out().send(MemoryLane.Kind.OPEN);
                user().opened();
            }
            case REFUSE -> over(new ConnectException("Connection refused"));
            case OPEN -> Objects.requireNonNull(port).opened(this);
            case DATA -> {
                unread.add(data);
                deliver();
            }
            case END -> {
                receiving = Flow.ENDING;
                deliver();
            }
            case RESET -> wasReset();
        }
    }

    private void wasReset() {
        if (receiving == Flow.OPEN) {
            over(new SocketException("Connection reset"));
        } else if (pending > 0) {
            over(brokenPipe());
        } else {
            broken = true;
        }
    }

    /// What Linux says of a peer that had ended its direction before it went.
    private static SocketException brokenPipe() {
        return new SocketException("Broken pipe");
    }

    // ------------------------------------------------------------------ from the link

    /// Resets an open connection, for both ends.
    void breakIfOpen() {
        if (state == State.OPEN) {
            out().clear();
            Objects.requireNonNull(in).clear();
            over(new SocketException("Connection reset"));
            Objects.requireNonNull(other).fail(new SocketException("Connection reset"));
        }
    }
}
