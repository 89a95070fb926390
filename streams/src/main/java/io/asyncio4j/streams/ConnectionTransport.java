package io.asyncio4j.streams;

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

/// What one end of a connection stands on, for those who open, serve and close it.
abstract class ConnectionTransport extends Transport {
    /// Is told once how the opening of a connection went.
    interface Opening {
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

    final ByteInput input;
    final ByteOutput output;
    private final Opening opening;
    private Consumer<ConnectionTransport> whenOver = _ -> {};
    private Runnable forgetLoop = Unclosed.NOTHING;
    private boolean over;

    /// Whether [#opening] was called.
    private boolean ready;

    ConnectionTransport(LoopAccess loop, Limits limits, Opening opening) {
        this.input = new ByteInput(loop, limits.read(), this);
        this.output = new ByteOutput(loop, this, input, limits);
        this.opening = opening;
    }

    /// Has `action` called when the connection is over.
    final void whenOver(Consumer<ConnectionTransport> action) {
        whenOver = action;
    }

    /// The program has opened this, in the calling task, and must close it.
    final void mustBeClosed(LoopAccess loop) {
        forgetLoop = Unclosed.register(loop, this);
    }

    /// The program has closed this.
    final void closedByProgram() {
        forgetLoop.run();
    }

    final boolean isOver() {
        return over;
    }

    final boolean isReady() {
        return ready;
    }

    /// Returns whether `thrown` only tells that the peer, or the network to it, has ended the
    /// connection: its reset, or its end in the midst of something.
    final boolean isDoingOfPeer(Throwable thrown) {
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
    String describe() {
        SocketAddress peer = peerAddress();
        return peer == null ? "a connection" : "the connection with " + peer;
    }

    // ------------------------------------------------------------------ for subclasses, on the loop

    /// The connection can be used.
    final void ready() {
        ready = true;
        opening.ended(null, this);
    }

    /// The connection is over; what waits is woken.
    ///
    /// @param failure null if it was closed
    final void lost(@Nullable IOException failure) {
        over = true;
        forgetLoop.run();
        if (failure == null) {
            input.feedEof();
        } else {
            input.fail(failure);
        }
        output.connectionLost(failure);
    }

    /// Tells those who opened it and who serve it that it is over.
    final void tellOver(@Nullable IOException failure) {
        if (!ready) {
            ready = true;
            opening.ended(
                    failure == null ? new SocketException("The peer closed " + describe() + " at once") : failure,
                    this);
        }
        whenOver.accept(this);
    }
}
