package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.asyncio4j.Task;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers of several workers on one port, both where the system shares connections out and where
/// the library deals them.
@ParameterizedClass
@ValueSource(booleans = {false, true})
final class SharedPortTest {
    @Parameter
    boolean dealing;

    private static final String HOST = "127.0.0.1";

    /// A server that says which worker it is, in the loop of which the handler runs.
    private static Server naming(int index, int port) throws IOException {
        return naming(index, port, ServerOptions.defaults());
    }

    private static Server naming(int index, int port, ServerOptions options) throws IOException {
        return Streams.startServer((_, writer) -> writer.write(index + "\n"), HOST, port, options);
    }

    private static int workerThatAnswers(int port) throws IOException {
        try (Connection connection = Streams.openConnection(HOST, port)) {
            return Integer.parseInt(connection.reader().readLine());
        }
    }

    private static Map<Integer, Integer> answers(int port, int connections) throws IOException {
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int i = 0; i < connections; i++) {
            answers.merge(workerThatAnswers(port), 1, Integer::sum);
        }
        return answers;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void allWorkersGetThePortThatTheFirstChose() {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        Set<Integer> others = ConcurrentHashMap.newKeySet();
        Workers.run(
                3,
                index -> {
                    try (Server server = naming(index, 0);
                            Server another = naming(index, 0)) {
                        ports.add(server.port());
                        others.add(another.port());
                    }
                },
                dealing);
        assertThat(ports).hasSize(1);
        assertThat(others).hasSize(1).doesNotContainAnyElementsOf(ports);
    }

    @Test
    void everyWorkerServesConnectionsOfAFixedPort() throws Exception {
        int port = freePort();
        WorkersTest.Meeting started = new WorkersTest.Meeting(3);
        WorkersTest.Meeting done = new WorkersTest.Meeting(3);
        Workers.run(
                3,
                index -> {
                    try (Server server = naming(index, port)) {
                        assertThat(server.port()).isEqualTo(port);
                        started.join();
                        if (index == 0) {
                            Map<Integer, Integer> answers = answers(port, 90);
                            assertThat(answers).containsOnlyKeys(0, 1, 2);
                            if (dealing) {
                                // in turn; who else tries ports of this machine takes a turn, too
                                assertThat(answers.values()).allMatch(count -> Math.abs(count - 30) <= 1);
                            }
                        }
                        done.join();
                    }
                },
                dealing);
    }

    @Test
    void allAddressesOfAHostAreShared() {
        WorkersTest.Meeting started = new WorkersTest.Meeting(2);
        WorkersTest.Meeting done = new WorkersTest.Meeting(2);
        Set<List<?>> addresses = ConcurrentHashMap.newKeySet();
        Workers.run(
                2,
                index -> {
                    try (Server server =
                            Streams.startServer((_, writer) -> writer.write(index + "\n"), "localhost", 0)) {
                        addresses.add(server.addresses());
                        started.join();
                        assertThat(answers(server.port(), 5)).isNotEmpty();
                        done.join();
                    }
                },
                dealing);
        assertThat(addresses).hasSize(1);
    }

    @Test
    void aHandlerRunsOnItsWorkersThread() {
        WorkersTest.Meeting started = new WorkersTest.Meeting(2);
        WorkersTest.Meeting done = new WorkersTest.Meeting(2);
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        Workers.run(
                2,
                index -> {
                    var loop = io.asyncio4j.Asyncio.runningLoop();
                    ConnectionHandler handler = (reader, writer) -> {
                        String line = reader.readLine();
                        if (!io.asyncio4j.Asyncio.runningLoop().equals(loop)) {
                            wrong.add(index + " " + line);
                        }
                        writer.write(line + "\n");
                    };
                    try (Server server = Streams.startServer(handler, HOST, 0)) {
                        started.join();
                        for (int i = 0; i < 20; i++) {
                            try (Connection connection = Streams.openConnection(HOST, server.port())) {
                                connection.writer().write("hello " + i + "\n");
                                assertThat(connection.reader().readLine()).isEqualTo("hello " + i);
                            }
                        }
                        done.join();
                    }
                },
                dealing);
        assertThat(wrong).isEmpty();
    }

    @Test
    void theOthersGoOnWhenOneClosesItsServer() {
        WorkersTest.Meeting started = new WorkersTest.Meeting(3);
        WorkersTest.Meeting closed = new WorkersTest.Meeting(3);
        WorkersTest.Meeting done = new WorkersTest.Meeting(3);
        AtomicInteger port = new AtomicInteger();
        Workers.run(
                3,
                index -> {
                    Server server = naming(index, 0);
                    port.set(server.port());
                    started.join();
                    if (index == 0) {
                        server.close();
                        server.waitClosed();
                        Streams.openDatagram(null, null).close(); // so that what was asked for is done
                    }
                    closed.join();
                    if (index == 0) {
                        assertThat(answers(port.get(), 60)).containsOnlyKeys(1, 2);
                        try (Server again = naming(index, port.get())) {
                            assertThat(again.port()).isEqualTo(port.get());
                            while (workerThatAnswers(port.get()) != 0) {
                                sleep(Duration.ZERO);
                            }
                        }
                    }
                    done.join();
                    server.close();
                },
                dealing);
    }

    @Test
    void theOthersGoOnWhenOneEnds() throws Exception {
        int port = freePort();
        WorkersTest.Meeting started = new WorkersTest.Meeting(2);
        Workers.run(
                2,
                index -> {
                    naming(index, port);
                    started.join();
                    if (index == 1) {
                        Set<Integer> last = new HashSet<>();
                        while (!last.equals(Set.of(1))) { // the other one may not have ended at once
                            try {
                                last = new HashSet<>(answers(port, 20).keySet());
                            } catch (IOException | NumberFormatException wasOnItsWayThere) {
                                sleep(Duration.ZERO);
                            }
                        }
                    }
                },
                dealing);
    }

    @Test
    void theLastServerClosesThePort() throws Exception {
        int port = freePort();
        WorkersTest.Meeting started = new WorkersTest.Meeting(2);
        WorkersTest.Meeting closed = new WorkersTest.Meeting(2);
        Workers.run(
                2,
                index -> {
                    for (int round = 0; round < 3; round++) {
                        try (Server server = naming(index, port)) {
                            assertThat(server.port()).isEqualTo(port);
                        }
                    }
                    started.join();
                    naming(index, port).close();
                    Streams.openDatagram(null, null).close();
                    closed.join();
                    if (index == 0) {
                        awaitRefusal(port);
                    }
                },
                dealing);
    }

    private static void awaitRefusal(int port) throws IOException {
        while (true) {
            try (Connection connection = Streams.openConnection(HOST, port)) {
                connection.reader().read(1); // the acceptor is about to close it
            } catch (ConnectException refused) {
                return;
            } catch (IOException reset) {
                sleep(Duration.ZERO);
            }
        }
    }

    @Test
    void aWorkerCannotListenTwiceOnAPort() throws Exception {
        int port = freePort();
        Workers.run(
                1,
                index -> {
                    try (Server _ = naming(index, port)) {
                        assertThatThrownBy(() -> naming(index, port))
                                .isExactlyInstanceOf(BindException.class)
                                .hasMessage("Cannot listen on port " + port
                                        + ": this worker has a server there already; close it before");
                    }
                    naming(index, port).close();
                },
                dealing);
    }

    @Test
    void aPortOfAnotherProgramIsRefused() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.ofLiteral(HOST))) {
            assertThatThrownBy(() -> Workers.run(2, index -> naming(index, other.getLocalPort()), dealing))
                    .isExactlyInstanceOf(BindException.class)
                    .hasMessage("Cannot listen on /127.0.0.1:" + other.getLocalPort()
                            + ": the port is in use; choose another, or end who listens there");
        }
    }

    @Test
    void aServerTakesNoMoreThanItsMaximumOfConnections() {
        WorkersTest.Meeting started = new WorkersTest.Meeting(2);
        WorkersTest.Meeting done = new WorkersTest.Meeting(2);
        assumeThat(dealing).isTrue(); // else the system may choose a worker that takes no more
        Workers.run(
                2,
                index -> {
                    ServerOptions one = ServerOptions.defaults().maxConnections(1);
                    ConnectionHandler handler = (reader, writer) -> {
                        writer.write(index + "\n");
                        reader.readAll();
                    };
                    try (Server server = Streams.startServer(handler, HOST, 0, one)) {
                        started.join();
                        if (index == 0) {
                            Connection first = Streams.openConnection(HOST, server.port());
                            Connection second = Streams.openConnection(HOST, server.port());
                            assertThat(Set.of(
                                            first.reader().readLine(),
                                            second.reader().readLine()))
                                    .containsExactlyInAnyOrder("0", "1");
                            Connection third = Streams.openConnection(HOST, server.port());
                            Task<String> answer =
                                    createTask(() -> third.reader().readLine());
                            sleep(Duration.ofMillis(5));
                            assertThat(answer.isDone()).isFalse();
                            second.close();
                            assertThat(answer.await()).isNotNull();
                            first.close();
                            third.close();
                        }
                        done.join();
                    }
                },
                dealing);
    }

    @Test
    void aServerThatIsNotServingGetsNothing() {
        WorkersTest.Meeting started = new WorkersTest.Meeting(2);
        WorkersTest.Meeting done = new WorkersTest.Meeting(2);
        assumeThat(dealing).isTrue(); // else connections wait in its backlog
        Workers.run(
                2,
                index -> {
                    try (Server server =
                            naming(index, 0, ServerOptions.defaults().startServing(index == 1))) {
                        started.join();
                        if (index == 0) {
                            assertThat(answers(server.port(), 10)).containsOnlyKeys(1);
                            server.startServing();
                            while (workerThatAnswers(server.port()) != 0) {
                                sleep(Duration.ZERO);
                            }
                        }
                        done.join();
                    }
                },
                dealing);
    }
}
