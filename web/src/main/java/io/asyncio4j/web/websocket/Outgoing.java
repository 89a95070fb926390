package io.asyncio4j.web.websocket;

import io.asyncio4j.Task;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Held;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The direction to the client: one frame after the other, whichever tasks send them.
///
/// A frame is given to the exchange without suspending, as far as the client takes it. A task
/// writes the rest. So a message is sent whole or not at all, wherever its sender is cancelled.
final class Outgoing {
    /// The size of a frame up to which its head and its payload are given together.
    private static final int SMALL = 8 * 1024;

    private enum State {
        OPEN,
        /// A close frame was sent.
        CLOSED,
        /// A frame, or the answer to the handshake, was perhaps written in part.
        BROKEN
    }

    private final Exchange exchange;
    private final boolean packs;
    private final TaskOptions options;

    /// Called when the client does not take the rest of a frame.
    private final Runnable onFailure;

    /// Held by whoever sends, so that messages leave in the order in which their senders came.
    private final Lock turn = new Lock("WebSocket frames");

    /// Set while no rest of a frame is being written.
    private final Event idle = new Event("WebSocket frame");

    private State state = State.OPEN;

    /// The task that writes the rest of a frame; null if there is none.
    private @Nullable Task<?> writer;

    /// The group of [#writer]; null until the handshake is answered.
    private @Nullable TaskGroup group;

    /// @param packs whether messages may be compressed
    /// @param options of the task that writes what the client does not take at once
    Outgoing(Exchange exchange, boolean packs, TaskOptions options, Runnable onFailure) {
        this.exchange = exchange;
        this.packs = packs;
        this.options = options;
        this.onFailure = onFailure;
        idle.set();
    }

    /// Answers the handshake; whoever sends meanwhile comes after it.
    void begin(Headers headers, TaskGroup tasks) throws IOException {
        group = tasks;
        try (Held _ = turn.acquire()) {
            state = State.BROKEN;
            exchange.upgrade(headers);
            state = State.OPEN;
        }
    }

    // ------------------------------------------------------------------ frames

    /// Sends a text or a binary message. Suspends until the client has taken enough of it. If the
    /// task is cancelled meanwhile, the message is sent all the same, or not at all.
    ///
    /// @throws IOException if the client has left, or if a close frame was sent
    void message(int opcode, byte[] payload) throws IOException {
        try (Held _ = turn.acquire()) {
            idle.await();
            requireOpen();
            byte[] packed = packs ? Deflation.pack(payload) : null;
            send(opcode, packed != null, packed == null ? payload : packed);
        }
    }

    /// Sends a ping or a pong, likewise.
    void control(int opcode, byte[] payload) throws IOException {
        try (Held _ = turn.acquire()) {
            idle.await();
            send(opcode, false, payload);
        }
    }

    /// Sends a ping if nobody is sending. Does not suspend; called by a timer.
    ///
    /// @return whether the client has taken it
    boolean tryPing() throws IOException {
        if (turn.isLocked() || !idle.isSet() || state != State.OPEN) {
            return false;
        }
        give(Frames.frame(Frames.PING, false, new byte[0]));
        return idle.isSet();
    }

    private void send(int opcode, boolean packed, byte[] payload) throws IOException {
        requireOpen();
        if (payload.length <= SMALL) {
            give(Frames.frame(opcode, packed, payload));
        } else {
            give(Frames.head(opcode, packed, payload.length), payload);
        }
        awaitTaken();
    }

    private void requireOpen() throws IOException {
        if (state != State.OPEN) {
            throw new IOException("The WebSocket's outgoing side has ended");
        }
    }

    /// Sends a close frame, the last one. Does nothing if one was sent.
    void close(int code, String reason) throws IOException {
        try (Held _ = turn.acquire()) {
            idle.await();
            if (state == State.OPEN) {
                state = State.CLOSED;
                give(Frames.frame(Frames.CLOSE, false, Frames.closing(code, reason)));
                awaitTaken();
            }
        }
    }

    /// Ends our direction of the connection, if all frames were written whole.
    void end() throws IOException {
        try (Held _ = turn.acquire()) {
            idle.await();
            if (state == State.CLOSED) {
                exchange.end();
            }
        }
    }

    // ------------------------------------------------------------------ the rest of a frame

    /// Gives a frame to the exchange, and what it does not take to a task. Does not suspend.
    private void give(byte[]... pieces) throws IOException {
        for (int i = 0; i < pieces.length; i++) {
            int taken = exchange.offer(pieces[i], 0, pieces[i].length);
            if (taken < pieces[i].length) {
                write(rest(pieces, i, taken));
                return;
            }
        }
    }

    /// Returns a copy of what is left: the sender may change the payload when it is cancelled.
    private static byte[] rest(byte[][] pieces, int from, int taken) {
        byte[] rest = Arrays.copyOfRange(pieces[from], taken, pieces[from].length);
        for (int i = from + 1; i < pieces.length; i++) {
            int length = rest.length;
            rest = Arrays.copyOf(rest, length + pieces[i].length);
            System.arraycopy(pieces[i], 0, rest, length, pieces[i].length);
        }
        return rest;
    }

    private void write(byte[] rest) throws IOException {
        TaskGroup tasks = group;
        idle.clear();
        try {
            if (tasks == null) {
                throw new IllegalStateException("The WebSocket has not begun");
            }
            Task<?> task = tasks.createTask(options, () -> writeRest(rest));
            writer = idle.isSet() ? null : task;
        } catch (IllegalStateException ending) {
            state = State.BROKEN;
            idle.set();
            throw new IOException("The WebSocket ends", ending);
        }
    }

    private void writeRest(byte[] rest) {
        boolean whole = false;
        try {
            exchange.write(rest, 0, rest.length);
            whole = true;
        } catch (IOException gone) {
            onFailure.run();
        } finally {
            if (!whole) {
                state = State.BROKEN;
            }
            writer = null;
            idle.set();
        }
    }

    private void awaitTaken() throws IOException {
        idle.await();
        if (state == State.BROKEN) {
            throw new IOException("The client has left");
        }
    }

    /// Gives up what the client has not taken.
    void cut() {
        if (writer != null) {
            writer.cancel("the WebSocket is over");
        }
    }
}
