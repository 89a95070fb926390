package io.asyncio4j.web.http;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.spi.Incoming;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client's connection with one of the protocols on it. Used on the loop.
public abstract class HttpConnection {
    /*
     * Bytes are looked at where the reader keeps them, by arrived(), which the loop calls when some have come. It
     * has the protocol read them for as long as there is something to do. Requests' tasks run at once until they
     * first suspend, within arrived(), which is not entered again by what they do.
     *
     *   OPEN      the protocol reads
     *   LINGER    all is said; what the client sends is dropped until it ends, so that it gets the last answer
     *   OVER      the connection's task goes on, and closes
     */
    private enum Phase {
        OPEN,
        LINGER,
        OVER
    }

    /// The number of bytes that are taken of a client that was told to stop, and the time for it.
    private static final int MAX_LINGERING = 16 * 1024 * 1024;

    private static final Duration LINGERING = Duration.ofSeconds(1);

    /// The time in which a client that cannot be told so must have sent nothing.
    private static final Duration QUIET = Duration.ofMillis(200);

    public final HttpService service;
    public final StreamWriter writer;
    protected final Incoming in;

    /// The time that the client has for its next bytes; then [#tooLate].
    protected final Deadline deadline;

    private final Future<@Nullable Void> over;
    private @Nullable TaskGroup tasks;
    private Phase phase = Phase.OPEN;

    /// Whether [#arrived] is under way.
    private boolean arriving;

    private boolean stopping;
    private long dropped;
    private long lingersUntil;

    @SuppressWarnings("this-escape") // the loop calls it later
    protected HttpConnection(HttpService service, StreamReader reader, StreamWriter writer) {
        this.service = service;
        this.writer = writer;
        this.in = Incoming.of(reader);
        this.deadline = new Deadline(service.access, this::due);
        this.over = service.access.createFuture(() -> "requests of " + writer.peerAddress());
    }

    // ------------------------------------------------------------------ the connection's task

    /// Serves its requests until it is over. Suspends; called once, in the connection's task, of
    /// whose group the requests' tasks are.
    final void serve() {
        try {
            Asyncio.taskGroup(group -> {
                tasks = group;
                opened();
                if (stopping) {
                    stop();
                }
                in.listen(this::arrived);
                arrived();
                over.await();
            });
        } finally {
            phase = Phase.OVER;
            deadline.close();
            in.listen(null);
            closed();
            writer.close();
            abortIfStalled(Long.MAX_VALUE);
        }
    }

    /// Cuts a client that takes nothing of what is still to be sent.
    private void abortIfStalled(long before) {
        long pending = writer.pendingBytes();
        if (pending >= before) {
            writer.abort();
        } else if (pending > 0) {
            service.access.callAt(
                    service.access.time() + service.limits.writePause().toNanos(), () -> abortIfStalled(pending));
        }
    }

    /// Takes no further requests; ends when those that are under way are answered.
    final void shutDown() {
        if (!stopping) {
            stopping = true;
            if (tasks != null && phase == Phase.OPEN) {
                stop();
            }
        }
    }

    /// Returns the group that the requests' tasks are in.
    protected final TaskGroup tasks() {
        return Objects.requireNonNull(tasks);
    }

    /// Returns whether no further requests are taken.
    protected final boolean isStopping() {
        return stopping;
    }

    /// Returns whether the protocol reads what comes.
    protected final boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /// Returns whether [#arrived] is under way.
    protected final boolean isArriving() {
        return arriving;
    }

    /// Ends the connection's serving.
    protected final void finish() {
        phase = Phase.OVER;
        deadline.none();
        if (!over.isDone()) {
            over.setResult(null);
            finished();
        }
    }

    // ------------------------------------------------------------------ the protocol

    /// Begins to serve, before anything is read.
    protected abstract void opened();

    /// Begins to shut down.
    protected abstract void stop();

    /// Reads on in what has come.
    ///
    /// @return whether to look again
    protected abstract boolean read();

    /// Notes that the client has left.
    protected abstract void clientLeft();

    /// Notes that the time of [#deadline] has come.
    protected abstract void tooLate();

    /// Ends tasks of the connection's own.
    protected void finished() {}

    /// Frees what the protocol holds. The connection's tasks have ended.
    protected void closed() {}

    // ------------------------------------------------------------------ what comes

    /// Looks at what has come: bytes, the end, or a failure.
    protected void arrived() {
        if (arriving) {
            return;
        }
        arriving = true;
        try {
            while (step()) {
                // goes on as long as there is something to do
            }
        } finally {
            arriving = false;
        }
    }

    /// @return whether to look again
    private boolean step() {
        if (in.failure() != null) {
            lost();
            return false;
        }
        return switch (phase) {
            case OPEN -> read();
            case LINGER -> {
                drop();
                yield false;
            }
            case OVER -> false;
        };
    }

    /// Ends the connection, because the client has left.
    protected final void lost() {
        clientLeft();
        finish();
    }

    private void due() {
        if (phase == Phase.OPEN) {
            tooLate();
        } else {
            finish();
        }
    }

    // ------------------------------------------------------------------ the end

    /// Ends our direction, and waits for the client to end its own.
    protected final void linger() {
        if (phase != Phase.OPEN) {
            return;
        }
        if (in.hasEnded() || writer.isClosing()) {
            finish();
            return;
        }
        phase = Phase.LINGER;
        lingersUntil = service.access.time() + LINGERING.toNanos();
        deadline.in(LINGERING);
        if (writer.canWriteEof()) {
            writer.writeEof();
        }
        drop();
        in.resume();
    }

    private void drop() {
        int come = in.end() - in.start();
        dropped += come;
        in.skip(come);
        if (in.hasEnded() || dropped > MAX_LINGERING) {
            finish();
        } else if (!writer.canWriteEof() && service.access.time() < lingersUntil) {
            deadline.in(QUIET); // with TLS, which ends both directions at once
        }
    }
}
