package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cancelled at any of its awaits, a program leaves a connection that can be used or is closed.
@SuppressWarnings("try") // closed before the end, or only held open
final class CancellationTest {
    /// A conversation of a few awaits, cancelled after 0, 1, 2... turns of the loop, until it ends
    /// before it is cancelled.
    private static void cancelledAtEachTurn(ServerOptions serving, ConnectionOptions options, boolean client) {
        for (int turns = 0, ended = 0; ended == 0; turns++) {
            int limit = turns;
            boolean[] done = {false};
            Bounded.run(() -> {
                Asyncio.runningLoop().setExceptionHandler((loop, problem) -> {}); // a peer that goes is none here
                Server server = ServerTest.start(CancellationTest::converse, serving);
                Task<?> talking = Asyncio.createTask(() -> talk(server.port(), options));
                for (int i = 0; i < limit && !talking.isDone(); i++) {
                    Asyncio.sleep(Duration.ZERO);
                }
                done[0] = talking.isDone();
                if (client) {
                    talking.cancel();
                } else {
                    Asyncio.allTasks().stream()
                            .filter(task -> task.name().startsWith("connection with"))
                            .forEach(Task::cancel);
                }
                Bounded.outcome(talking);
                server.close();
                server.waitClosed(); // or this hangs: the connection was left open
                assertThat(server.toString()).endsWith("closed, 0 connections]");
            });
            ended = done[0] ? 1 : 0;
            turns += turns / 8; // the network's turns come late, and are many
        }
    }

    private static void converse(StreamReader reader, StreamWriter writer) throws Exception {
        String line = reader.readLine();
        writer.write(line + "\n");
        writer.drain();
        byte[] body = reader.readExactly(100_000);
        writer.write(body);
        writer.drain();
        reader.readAll();
    }

    private static void talk(int port, ConnectionOptions options) throws Exception {
        try (Connection connection = Streams.openConnection("localhost", port, options)) {
            connection.writer().write("hello\n");
            connection.reader().readLine();
            connection.writer().write(new byte[100_000]);
            connection.writer().drain();
            connection.reader().readExactly(100_000);
            connection.close();
            connection.waitClosed();
        }
    }

    @Test
    @Tag("slow")
    void aClientAtEachOfItsAwaits() {
        cancelledAtEachTurn(ServerOptions.defaults().closeTimeout(null), ConnectionOptions.defaults(), true);
    }

    @Test
    @Tag("slow")
    void aHandlerAtEachOfItsAwaits() {
        cancelledAtEachTurn(ServerOptions.defaults().closeTimeout(null), ConnectionOptions.defaults(), false);
    }

    @Test
    void aConnectionThatIsThereWhenItsOpenerIsCancelledIsClosed() {
        Bounded.run(() -> {
            try (RawPeer peer = new RawPeer()) {
                Task<Connection> opening = Asyncio.createTask(() -> Streams.openConnection("127.0.0.1", peer.port()));
                java.net.Socket socket = peer.accept(); // the kernel has connected; the opener may know or not
                opening.cancel();
                Bounded.outcome(opening);
                if (opening.isCancelled()) {
                    assertThat(Asyncio.toThread(() -> socket.getInputStream().read()))
                            .isEqualTo(-1);
                } else {
                    opening.await().close();
                }
            }
        });
    }

    @Test
    void aStartOfAServerThatIsCancelledLeavesItsPortFree() {
        Bounded.run(() -> {
            int port;
            try (Server first = ServerTest.start(EchoTest::echo, ServerOptions.defaults())) {
                port = first.port();
            }
            for (int turns = 0; turns < 4; turns++) {
                Task<Server> starting =
                        Asyncio.createTask(() -> Streams.startServer(EchoTest::echo, "127.0.0.1", port));
                for (int i = 0; i < turns; i++) {
                    Asyncio.sleep(Duration.ZERO);
                }
                starting.cancel();
                Bounded.outcome(starting);
                if (!starting.isCancelled()) {
                    starting.await().close();
                }
            }
            Streams.startServer(EchoTest::echo, "127.0.0.1", port).close();
        });
    }

    @Test
    void aReadWithATimeoutLosesNothing(@TempDir Path folder) {
        Bounded.run(() -> {
            try (TwoEnds ends =
                    TwoEnds.onUnixSocket(folder.resolve("s"), ServerOptions.defaults(), ConnectionOptions.defaults())) {
                ends.client().writer().write("half a li");
                assertThatThrownBy(() -> Asyncio.timeout(
                                Duration.ofMillis(10),
                                () -> ends.served().reader().readLine()))
                        .isExactlyInstanceOf(TimeoutException.class);
                ends.client().writer().write("ne\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("half a line");
            }
        });
    }
}
