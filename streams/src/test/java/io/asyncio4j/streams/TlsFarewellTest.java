package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.streams.netty.Farewell;
import io.asyncio4j.streams.netty.TlsHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A close of TLS, which waits for the peer's farewell.
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("io.asyncio4j.streams.TlsTruncationTest#ways")
final class TlsFarewellTest {
    private long usual;

    @Parameter(0)
    String provider = "";

    @Parameter(1)
    String protocol = "";

    @BeforeEach
    void choose() {
        System.setProperty(TlsHandlers.PROPERTY, provider);
        usual = Farewell.limit(Duration.ofDays(1).toMillis()); // who waits for it does not come to an end
    }

    @AfterEach
    void forget() {
        System.clearProperty(TlsHandlers.PROPERTY);
        Farewell.limit(usual);
    }

    /// The course of a connection to a peer.
    private interface Script {
        void run(Connection connection, TlsPeer peer) throws Exception;
    }

    private void connected(Script script) {
        Bounded.run(() -> {
            try (RawPeer listening = new RawPeer()) {
                Task<TlsPeer> accepting = Asyncio.createTask(() -> TlsPeer.accept(listening, protocol));
                try (Connection connection =
                                Streams.openConnection("127.0.0.1", listening.port(), TlsTest.connecting());
                        TlsPeer peer = accepting.await()) {
                    script.run(connection, peer);
                }
            }
        });
    }

    @Test
    void whatComesAfterTheCloseIsDropped() {
        connected((connection, peer) -> {
            Asyncio.toThread(() -> peer.write("early"));
            assertThat(connection.reader().readExactly(1)).isEqualTo("e".getBytes(UTF_8));
            connection.close();
            Asyncio.toThread(() -> {
                peer.write("late");
                assertThat(peer.read()).isEqualTo(-1);
                peer.farewell();
            });
            connection.waitClosed();
            assertThat(connection.reader().readAll()).isEqualTo("arly".getBytes(UTF_8));
        });
    }

    @Test
    void aPeerThatEndsWithoutAFarewellIsNotWaitedFor() {
        connected((connection, peer) -> {
            connection.close();
            Asyncio.toThread(peer::cut);
            connection.waitClosed();
            assertThat(Asyncio.toThread(peer::read)).as("the farewell").isEqualTo(-1);
        });
    }

    @Test
    void aPeerThatHasEndedWithoutAFarewellIsNotWaitedFor() {
        connected((connection, peer) -> {
            Asyncio.toThread(peer::cut);
            Bounded.outcome(Asyncio.createTask(() -> connection.reader().readAll()));
            connection.close();
            connection.waitClosed();
            assertThat(Asyncio.toThread(peer::read)).as("the farewell").isEqualTo(-1);
        });
    }

    @Test
    void anAbortDoesNotWait() {
        connected((connection, peer) -> {
            connection.close();
            connection.writer().abort();
            connection.waitClosed();
        });
    }

    @Test
    void aPeerThatSaysNothingIsNotWaitedForForEver() {
        assertThat(usual).isEqualTo(5_000);
        Farewell.limit(1);
        connected((connection, peer) -> {
            connection.close();
            connection.waitClosed();
            assertThat(Asyncio.toThread(peer::read)).as("the farewell").isEqualTo(-1);
        });
    }
}
