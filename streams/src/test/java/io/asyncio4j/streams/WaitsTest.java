package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.VoidCoroutine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The descriptions of streams that tasks wait for.
final class WaitsTest {
    /// Returns what a task waits for that runs `wait` until it cannot go on, and cancels it.
    private static @Nullable String awaited(VoidCoroutine wait) {
        Task<?> task = createTask("waiter", wait);
        String awaited = null;
        while (awaited == null) {
            sleep(Duration.ofMillis(1));
            for (TaskSnapshot each : EventLoop.access().tasks()) {
                awaited = each.name().equals("waiter") ? each.awaited() : awaited;
            }
        }
        task.cancel();
        Bounded.outcome(task);
        return awaited;
    }

    @Test
    void aRead() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamReader reader = ends.served().reader();
                String peer = "connection with 127.0.0.1:"
                        + ((InetSocketAddress) ends.client().localAddress()).getPort();
                assertThat(awaited(() -> reader.readLine())).isEqualTo(peer + ", no bytes yet");

                ends.client().writer().write("half a line");
                Task<?> first = createTask(() -> reader.read(1));
                first.await();
                assertThat(awaited(() -> reader.readLine())).isEqualTo(peer + ", 10 bytes so far");
            }
        });
    }

    @Test
    void aDrainAndAClose() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                TwoEnds.fill(writer);
                String name = "connection with 127.0.0.1:" + ends.server().port();
                assertThat(awaited(writer::drain)).matches(name + ", draining: [1-9]\\d* bytes to send");
                assertThat(awaited(writer::waitClosed)).isEqualTo(name + ", not closed");
                writer.close();
                assertThat(awaited(writer::waitClosed)).matches(name + ", closing: [1-9]\\d* bytes to send");
            }
        });
    }

    @Test
    void aServer() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Server server = ends.server();
                String name = "server 127.0.0.1:" + server.port();
                assertThat(awaited(server::waitClosed)).isEqualTo("the end of " + name + ", 1 connection open");
                ends.client().writer().abort();
                ends.served().writer().abort();
                assertThat(awaited(server::serveForever)).isEqualTo(name + ", serving forever");
            }
        });
    }

    @Test
    void aDatagram() {
        Bounded.run(() -> {
            try (DatagramEndpoint endpoint =
                    Streams.openDatagram(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null)) {
                int port = endpoint.localAddress().getPort();
                assertThat(awaited(endpoint::receive)).isEqualTo("datagrams at 127.0.0.1:" + port);
            }
        });
    }

    @Test
    void aSubprocess() {
        SubprocessOptions piped =
                SubprocessOptions.defaults().stdin(Redirect.PIPE).stdout(Redirect.PIPE);
        Bounded.run(() -> {
            try (Subprocess cat = Subprocess.exec(piped, "cat")) {
                String name = "'cat' (process " + cat.pid() + ")";
                assertThat(awaited(cat::waitFor)).isEqualTo("the end of subprocess " + name);
                assertThat(awaited(() -> cat.stdout().readLine()))
                        .isEqualTo("the standard output of 'cat', no bytes yet");
                assertThat(awaited(() -> cat.stdin().waitClosed()))
                        .isEqualTo("the standard input of " + name + ", not closed");
            }
        });
    }

    @Test
    void aSignal() {
        Bounded.run(
                () -> assertThat(awaited(() -> Signals.await("HUP", "SIGTERM"))).isEqualTo("signal HUP or SIGTERM"));
    }
}
