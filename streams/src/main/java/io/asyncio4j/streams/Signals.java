package io.asyncio4j.streams;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.ProcessSignals;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.process.SignalHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The signals that the operating system sends to this process, such as `TERM` when it is to end.
///
/// ```java
/// Signals.on("HUP", () -> configuration.reload());
/// Signals.await("TERM", "INT");
/// server.close();
/// ```
///
/// Called by tasks and callbacks; what is asked for here lasts until the event loop is closed at
/// the latest. While nothing is asked for, a signal does what it does in any Java program; Ctrl-C
/// (`INT`) cancels the main task, see [io.asyncio4j.Runner]. Names are those of the system, such as
/// `TERM` or `SIGTERM`.
public final class Signals {
    private Signals() {}

    /// Has `handler` called on the loop whenever the signal arrives, instead of what it would do.
    /// The handler runs in a copy of the caller's context and cannot suspend; it may create a task,
    /// set an [io.asyncio4j.sync.Event], or cancel something. What it throws goes to the loop's
    /// exception handler. If a signal has several handlers, in this loop or in others, all are
    /// called, in the order in which they were given. asyncio: `add_signal_handler`.
    ///
    /// The JVM leaves `INT`, `TERM` and `HUP` ignored if it was started so, as a shell starts its
    /// background jobs.
    ///
    /// @return ends it; what the signal did before is back with the last handler's end
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if it cannot be handled, such as `KILL`; or if it is
    ///     one of the JVM's own, as `SEGV` and `QUIT` are, and also `TERM` with its option `-Xrs`
    public static Registration on(String name, Runnable handler) {
        return on(EventLoop.access(), name, handler);
    }

    /// Has `handler` called on a loop that the calling thread runs, or that does not run yet, such
    /// as that of a [io.asyncio4j.Runner] before its first run. Otherwise as [#on(String,
    /// Runnable)].
    ///
    /// @throws IllegalStateException if the loop is closed or runs in another thread
    public static Registration on(EventLoop loop, String name, Runnable handler) {
        return on(EventLoop.access(loop), name, handler);
    }

    private static Registration on(LoopAccess loop, String name, Runnable handler) {
        Objects.requireNonNull(handler, "handler");
        return new Registration(loop, name, () -> {
            handler.run();
            return true;
        });
    }

    /// Suspends until one of the signals arrives, which then does not do what it would do. For a
    /// program that is to end: before the call and after it, the signals have their usual effect,
    /// so that a second one ends a program that takes too long. A signal that arrives in the moment
    /// in which this is cancelled has its usual effect, too; it is never lost. Use [#on] for a
    /// signal that is expected more than once.
    ///
    /// @param names at least one
    /// @return the one that has arrived, as it was given
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if it cannot be handled
    public static String await(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("Signals.await needs the name of a signal, such as TERM");
        }
        LoopAccess loop = EventLoop.access();
        Future<String> arrived = loop.createFuture(() -> "signal " + String.join(" or ", names));
        List<Registration> registrations = new ArrayList<>();
        boolean returns = false;
        try {
            for (String name : names) {
                registrations.add(new Registration(loop, name, () -> take(arrived, name)));
            }
            String name = arrived.await();
            returns = true;
            return name;
        } finally {
            registrations.forEach(Registration::close);
            if (!returns && arrived.isDone() && !arrived.isCancelled()) {
                ProcessSignals.raise(arrived.result()); // cancelled in the moment in which it arrived
            }
        }
    }

    /// A signal arrived for [#await]. Returns whether it has an effect there: others that arrive
    /// before the task goes on are one with the first.
    private static boolean take(Future<String> arrived, String name) {
        if (!arrived.isDone()) {
            arrived.setResult(name);
        }
        return !arrived.isCancelled();
    }

    /// A handler of a signal, until it is closed.
    public static final class Registration implements AutoCloseable {
        private final LoopAccess loop;
        private final String name;

        /// Returns whether it takes the signal.
        private final BooleanSupplier handler;

        private final Context context = Context.copyCurrent();
        private final SignalHandlers handlers;
        private final Consumer<SignalHandlers.Arrival> receiver = this::post;
        private final Runnable forgetLoop;

        /// Signals that the loop has not come to yet. Any thread.
        private final Queue<SignalHandlers.Arrival> arrivals = new ConcurrentLinkedQueue<>();

        /// Written on the loop.
        private volatile boolean closed;

        private Registration(LoopAccess loop, String name, BooleanSupplier handler) {
            this.loop = loop;
            this.name = ProcessSignals.plain(name);
            this.handler = handler;
            this.handlers = SignalHandlers.of(this.name);
            handlers.add(receiver);
            try {
                this.forgetLoop = loop.register(new OpenRegistration());
            } catch (Throwable refused) {
                handlers.remove(receiver);
                throw refused;
            }
        }

        private final class OpenRegistration implements Resource {
            @Override
            public String describe() {
                return Registration.this.toString();
            }

            @Override
            public void loopClosed() {
                end();
            }
        }

        /// Has the handler called; any thread.
        private void post(SignalHandlers.Arrival arrival) {
            arrivals.add(arrival);
            if (!loop.post(this::handle) || closed) {
                declineAll();
            }
        }

        private void handle() {
            SignalHandlers.Arrival arrival = arrivals.poll();
            if (arrival == null) {
                return; // closed meanwhile
            }
            boolean takes = true;
            try {
                takes = context.run(handler::getAsBoolean);
            } finally {
                arrival.answered(takes);
            }
        }

        private void declineAll() {
            for (SignalHandlers.Arrival arrival; (arrival = arrivals.poll()) != null; ) {
                arrival.answered(false);
            }
        }

        /// Ends this: the handler is not called any longer, not even for a signal that has arrived.
        /// If no other handler takes such a signal, it is raised again and does what it does
        /// without them. Closing twice is harmless.
        ///
        /// @throws IllegalStateException if the loop runs in another thread
        @Override
        public void close() {
            if (!loop.isHeld()) {
                throw ConnectionErrors.notHeld("end", toString());
            }
            forgetLoop.run();
            end();
        }

        private void end() {
            if (!closed) {
                closed = true;
                handlers.remove(receiver);
                declineAll();
            }
        }

        /// Returns which signal it is about.
        @Override
        public String toString() {
            return "the handler of SIG" + name + (closed ? ", closed" : "");
        }
    }
}
