package io.asyncio4j.testing.usage;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Future;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A run of a program on both ends of a connection, which notes what came of every step.
final class SameOutcome {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration EVENTS = Duration.ofMillis(5);

    final Connection client;
    final Connection served;
    final Server server;
    private final List<String> trace;

    private SameOutcome(Connection client, Connection served, Server server, List<String> trace) {
        this.client = client;
        this.served = served;
        this.server = server;
        this.trace = trace;
    }

    /// The use of a connection.
    interface Program {
        void run(SameOutcome on) throws Exception;
    }

    /// One step, whose value or failure is noted.
    interface Step {
        Object take() throws Exception;
    }

    /// Runs a program on the network in memory.
    static List<String> inMemory(Program program) throws Exception {
        List<String> trace = new ArrayList<>();
        VirtualTime.run(() -> {
            new MemoryNetwork().install();
            main(program, trace);
        });
        return trace;
    }

    /// Runs a program on the machine's network.
    static List<String> onSockets(Program program) {
        List<String> trace = new ArrayList<>();
        VoidCoroutine main = () -> main(program, trace);
        Asyncio.run(() -> Asyncio.timeout(LIMIT, main));
        return trace;
    }

    private static void main(Program program, List<String> trace) throws Exception {
        Asyncio.runningLoop().setExceptionHandler((loop, ofTheHandler) -> {});
        Future<Connection> accepted = Asyncio.createFuture();
        Future<Boolean> over = Asyncio.createFuture();
        try (Server server = Streams.startServer(
                        (reader, writer) -> {
                            accepted.setResult(new Connection(reader, writer));
                            over.await();
                        },
                        "127.0.0.1",
                        0);
                Connection client = Streams.openConnection("127.0.0.1", server.port())) {
            Connection served = accepted.await();
            try {
                program.run(new SameOutcome(client, served, server, trace));
            } finally {
                client.writer().abort();
                served.writer().abort();
                over.cancel();
            }
        }
    }

    // ------------------------------------------------------------------ for programs

    /// Lets everything that is under way come to its end.
    void settle() {
        for (int i = 0; i < 3; i++) {
            Asyncio.sleep(EVENTS);
            for (int turn = 0; turn < 5; turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
        }
    }

    void note(String what, Step step) {
        String outcome;
        try {
            Object value = step.take();
            outcome = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        } catch (CancelledError cancelled) {
            throw cancelled;
        } catch (Throwable thrown) {
            outcome = thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
        }
        trace.add(what + ": " + outcome.replaceAll("127\\.0\\.0\\.1:\\d+", "ADDRESS"));
    }

    void writes(Connection end, String text) {
        note("write " + text, () -> {
            end.writer().write(text);
            end.writer().drain();
            return "taken";
        });
    }

    void drains(Connection end) {
        note("drain", () -> {
            end.writer().drain();
            return "drained";
        });
    }

    void reads(Connection end) {
        note("read", () -> end.reader().read(9));
    }

    void readsAll(Connection end) {
        note("read all", () -> end.reader().readAll());
    }

    void isClosed(Connection end) {
        note("closed", () -> {
            try {
                Asyncio.timeout(Duration.ofMillis(50), () -> end.waitClosed());
                return "yes";
            } catch (TimeoutException open) {
                return "no";
            }
        });
    }

    void shows(Connection end) {
        note(
                "state",
                () -> "closing " + end.writer().isClosing() + ", pending "
                        + end.writer().pendingBytes() + ", at end "
                        + end.reader().atEof());
    }
}
