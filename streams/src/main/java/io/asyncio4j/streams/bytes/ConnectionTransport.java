package io.asyncio4j.streams.bytes;

import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.Future;
import io.asyncio4j.spi.LoopAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One end of a connection, as those see it who open, serve and close it.
public abstract class ConnectionTransport extends Transport {
    /// Receives the outcome of a connection's opening, once.
    public interface Opening {
        /// The connection can be used, with TLS agreed on, or it failed.
        void ended(@Nullable IOException failure, ConnectionTransport transport);

        /// Returns what settles `connected`, or closes a connection that nobody wants any more.
        static Opening settling(Future<ConnectionTransport> connected) {
            return (failure, self) -> {
                if (connected.isDone()) {
                    self.abort();
                } else if (failure != null) {
                    connected.setException(failure);
                } else {
                    connected.setResult(self);
                }
            };
        }
    }

    /*
     * OPENING --ready--> OPEN --lost--> OVER
     *    `------lost--> FAILED --tellOver--> OVER
     */
    private enum State {
        OPENING,
        OPEN,
        /// Over before it was open, which whoever opens it does not know yet.
        FAILED,
        OVER
    }

    public final ByteInput input;
    public final ByteOutput output;
    private final Opening opening;
    private Consumer<ConnectionTransport> whenOver = _ -> {};
    private Runnable forgetLoop = Unclosed.NOTHING;
    private State state = State.OPENING;

    @SuppressWarnings("this-escape") // input and output only keep it
    protected ConnectionTransport(LoopAccess loop, Limits limits, Opening opening) {
        this.input = new ByteInput(loop, limits.read(), this);
        this.output = new ByteOutput(loop, this, input, limits);
        this.opening = opening;
    }

    /// Has `action` called when the connection is over.
    public final void whenOver(Consumer<ConnectionTransport> action) {
        whenOver = action;
    }

    /// The program has opened this, in the calling task, and must close it.
    public final void mustBeClosed(LoopAccess loop) {
        forgetLoop = Unclosed.register(loop, this);
    }

    /// The program has closed this.
    protected final void closedByProgram() {
        forgetLoop.run();
    }

    public final boolean isOver() {
        return state == State.FAILED || state == State.OVER;
    }

    protected final boolean isReady() {
        return state == State.OPEN || state == State.OVER;
    }

    /// Returns whether `thrown` only tells that the peer, or the network to it, has ended the
    /// connection: its reset, or its end in the midst of something.
    public final boolean isDoingOfPeer(Throwable thrown) {
        return switch (thrown) {
            case ExceptionGroup group -> group.exceptions().stream().allMatch(this::isDoingOfPeer);
            case UncheckedIOException lines -> isDoingOfPeer(Objects.requireNonNull(lines.getCause()));
            case IOException io -> input.endedTooEarly(io) || (isOfThis(io) && ConnectionErrors.areOfPeer(io));
            default -> false;
        };
    }

    private boolean isOfThis(IOException thrown) {
        return Stream.of(input.failure(), input.truncation())
                .anyMatch(known -> known != null && Objects.equals(known.getMessage(), thrown.getMessage()));
    }

    @Override
    public String name() {
        return "connection with " + Addresses.text(peerAddress());
    }

    @Override
    public String state() {
        return input.readState();
    }

    @Override
    public String describe() {
        SocketAddress peer = peerAddress();
        return peer == null ? "a connection" : "the connection with " + peer;
    }

    // ------------------------------------------------------------------ for subclasses, on the loop

    /// The connection can be used.
    protected final void ready() {
        state = State.OPEN;
        opening.ended(null, this);
    }

    /// The connection is over; what waits is woken.
    ///
    /// @param failure null if it was closed
    protected final void lost(@Nullable IOException failure) {
        state = state == State.OPENING ? State.FAILED : State.OVER;
        forgetLoop.run();
        if (failure == null) {
            input.feedEof();
        } else {
            input.fail(failure);
        }
        output.connectionLost(failure);
    }

    /// Tells those who opened it and who serve it that it is over.
    protected final void tellOver(@Nullable IOException failure) {
        if (state == State.FAILED) {
            state = State.OVER;
            opening.ended(
                    failure == null ? new SocketException("The peer closed " + describe() + " at once") : failure,
                    this);
        }
        whenOver.accept(this);
    }
}
