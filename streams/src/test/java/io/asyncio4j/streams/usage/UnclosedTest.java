package io.asyncio4j.streams.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Future;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Subprocess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Debug mode tells what the program has left open, and where it opened that.
final class UnclosedTest {
    private final List<String> problems = new ArrayList<>();

    private void run(boolean debug, VoidCoroutine main) {
        RunnerOptions options = RunnerOptions.defaults()
                .debug(debug)
                .exceptionHandler((_, problem) -> problems.add(problem.message()
                        .replaceAll(":\\d+, c", ":PORT, c")
                        .replaceAll("process \\d+", "process PID")
                        .replaceAll("lambda\\$\\w+\\$\\d+", "lambda")
                        .replaceAll("\\.java:\\d+", ".java")));
        try (Runner runner = new Runner(options)) {
            runner.run(main);
        }
    }

    private static String left(String what) {
        return "Not closed by the program when its event loop was closed: " + what
                + ", created at io.asyncio4j.streams.usage.UnclosedTest.lambda(UnclosedTest.java);"
                + " use try-with-resources";
    }

    @Test
    void aServerAndAConnectionButNotThatOfItsHandler() {
        run(true, () -> {
            Future<String> serving = createFuture("serving");
            Server server = Streams.startServer(
                    (reader, _) -> {
                        serving.setResult("yes");
                        reader.readAll();
                    },
                    "127.0.0.1",
                    0);
            Streams.openConnection("127.0.0.1", server.port());
            serving.await();
        });
        assertThat(problems).containsExactly(left("server 127.0.0.1:PORT"), left("connection with 127.0.0.1:PORT"));
    }

    @Test
    void aDatagramEndpoint() {
        run(true, () -> {
            Streams.openDatagram(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
        });
        assertThat(problems).containsExactly(left("datagram endpoint at 127.0.0.1:PORT"));
    }

    @Test
    void aSubprocess() {
        VoidCoroutine main = () -> Subprocess.exec("sleep", "100");
        run(true, main);
        run(false, main);
        assertThat(problems)
                .containsExactly(
                        left("subprocess 'sleep' (process PID)"),
                        "The event loop was closed while its subprocess 'sleep' (process PID) still ran, which was"
                                + " killed; wait for it with waitFor(), or close it");
    }

    @Test
    void nothingThatWasClosedOrIsOver() {
        run(true, () -> {
            Server server = Streams.startServer((_, writer) -> writer.write("bye"), "127.0.0.1", 0);
            try (server;
                    var endpoint =
                            Streams.openDatagram(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
                    Connection closed = Streams.openConnection("127.0.0.1", server.port())) {
                closed.reader().readAll();
                Streams.openConnection("127.0.0.1", server.port()).writer().abort();
                assertThat(endpoint.isClosed()).isFalse();
            }
            server.waitClosed();
            Subprocess.exec("true").waitFor();
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void nothingWithoutDebugMode() {
        run(false, () -> {
            Server server = Streams.startServer((_, _) -> {}, "127.0.0.1", 0);
            Streams.openConnection("127.0.0.1", server.port());
        });
        assertThat(problems).isEmpty();
    }
}
