package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.streams.netty.Connector;
import io.asyncio4j.streams.netty.TlsHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS, by the JDK and by OpenSSL. Peers that get it wrong: [TlsFaultTest].
@ParameterizedClass
@ValueSource(strings = {"jdk", "openssl"})
final class TlsTest {
    @Parameter
    String provider = "";

    private final Certificates server = Certificates.server();

    @BeforeEach
    void choose() {
        System.setProperty(TlsHandlers.PROPERTY, provider);
    }

    @AfterEach
    void forget() {
        System.clearProperty(TlsHandlers.PROPERTY);
    }

    static ServerOptions serving() {
        return ServerOptions.defaults().tls(Certificates.server().forServer());
    }

    static Tls trusting() {
        return Tls.client().trusting(Certificates.server().certificate());
    }

    static ConnectionOptions connecting() {
        return ConnectionOptions.defaults().tls(trusting());
    }

    @Test
    void bothDirectionsAreEncrypted() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open(serving(), connecting())) {
                ends.client().writer().write("question\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("question");
                ends.served().writer().write("answer\n");
                assertThat(ends.client().reader().readLine()).isEqualTo("answer");
                SSLSession session =
                        Objects.requireNonNull(ends.client().writer().tlsSession());
                assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
                assertThat(((X509Certificate) session.getPeerCertificates()[0])
                                .getSubjectX500Principal()
                                .getName())
                        .isEqualTo("CN=server");
                assertThat(ends.served().writer().tlsSession()).isNotNull();
                assertThat(ends.client().writer().applicationProtocol()).isNull();
            }
        });
    }

    @Test
    void muchArrivesWholeInBothDirections() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open(serving(), connecting())) {
                byte[] sent = new byte[1_000_003];
                for (int i = 0; i < sent.length; i++) {
                    sent[i] = (byte) (i * 31 + (i >> 8));
                }
                Task<byte[]> atServer =
                        Asyncio.createTask(() -> ends.served().reader().readExactly(sent.length));
                Task<byte[]> atClient =
                        Asyncio.createTask(() -> ends.client().reader().readExactly(sent.length));
                for (Connection end : new Connection[] {ends.client(), ends.served()}) {
                    end.writer().write(sent);
                    end.writer().drain();
                }
                assertThat(Arrays.equals(atServer.await(), sent)).isTrue();
                assertThat(Arrays.equals(atClient.await(), sent)).isTrue();
            }
        });
    }

    @Test
    void whatWasWrittenIsSentBeforeTheClose() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open(serving(), connecting())) {
                ends.client().writer().write(new byte[500_000]);
                ends.client().close();
                assertThat(ends.served().reader().readAll().length).isEqualTo(500_000);
                ends.served().close(); // the client waits for its farewell
                ends.client().waitClosed();
            }
        });
    }

    @Test
    void oneDirectionCannotBeEnded() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open(serving(), connecting())) {
                StreamWriter writer = ends.client().writer();
                assertThat(writer.canWriteEof()).isFalse();
                assertThatThrownBy(writer::writeEof)
                        .isExactlyInstanceOf(UnsupportedOperationException.class)
                        .hasMessage("Cannot end one direction of the connection with " + writer.peerAddress()
                                + " with TLS on it; close() ends both");
            }
        });
    }

    @Test
    @Tag("slow")
    void anAbortEndsEvenAConnectionThatCannotSend() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open(serving(), connecting())) {
                TwoEnds.fill(ends.client().writer());
                ends.client().writer().abort();
                ends.client().waitClosed();
            }
        });
    }

    // ------------------------------------------------------------------ agreeing

    @Test
    void theServersFavouriteProtocolIsAgreedOn() {
        Bounded.run(() -> {
            ServerOptions serving =
                    ServerOptions.defaults().tls(server.forServer().protocols("h2", "http/1.1"));
            ConnectionOptions connecting =
                    ConnectionOptions.defaults().tls(trusting().protocols("http/1.1", "h2"));
            try (TwoEnds ends = TwoEnds.open(serving, connecting)) {
                String agreed = ends.client().writer().applicationProtocol();
                assertThat(agreed).isIn("h2", "http/1.1");
                assertThat(ends.served().writer().applicationProtocol()).isEqualTo(agreed);
            }
        });
    }

    @Test
    void withoutACommonProtocolThereIsNone() {
        Bounded.run(() -> {
            ServerOptions serving =
                    ServerOptions.defaults().tls(server.forServer().protocols("h2"));
            ConnectionOptions connecting =
                    ConnectionOptions.defaults().tls(trusting().protocols("imap"));
            try (TwoEnds ends = TwoEnds.open(serving, connecting)) {
                assertThat(ends.client().writer().applicationProtocol()).isNull();
                assertThat(ends.served().writer().applicationProtocol()).isNull();
            }
        });
    }

    @Test
    void aServerThatIsNotTrustedIsRefused() {
        Bounded.run(() -> {
            ConnectionOptions connecting = ConnectionOptions.defaults().tls(Tls.client());
            refused(connecting, "localhost");
        });
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        Bounded.run(() -> {
            refused(connecting().serverName("other.test"), "127.0.0.1");
            refused(connecting(), "127.0.0.2");
        });
    }

    private static void refused(ConnectionOptions options, String host) throws IOException {
        ConnectionHandler never = (reader, writer) -> {
            throw new AssertionError("must not be called");
        };
        try (Server server = Streams.startServer(never, null, 0, serving())) {
            assertThatThrownBy(() -> Streams.openConnection(host, server.port(), options))
                    .isInstanceOf(SSLException.class)
                    .hasMessageMatching("TLS with /127.0.0.[12]:\\d+ failed: "
                            + "(unable to find valid certification path to requested target"
                            + "|No subject alternative (names|DNS name) matching .* found\\.?)");
        }
    }

    @Test
    void theNameToExpectOfAServerCanBeGiven() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open(serving(), connecting().serverName("server.test"))) {
                ends.client().writer().write("hello\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("hello");
            }
        });
    }

    @Test
    void aClientMayHaveToProveWhoItIs() {
        Bounded.run(() -> {
            Certificates client = Certificates.client();
            ServerOptions serving = ServerOptions.defaults()
                    .tls(server.forServer().trusting(client.certificate()).requiringClientCertificate());
            ConnectionOptions connecting =
                    ConnectionOptions.defaults().tls(trusting().presenting(client.certificate(), client.key()));
            try (TwoEnds ends = TwoEnds.open(serving, connecting)) {
                SSLSession session =
                        Objects.requireNonNull(ends.served().writer().tlsSession());
                assertThat(session.getPeerPrincipal()).hasToString("CN=client");
            }
        });
    }

    @Test
    void aClientThatDoesNotProveWhoItIsIsRefused() {
        Bounded.run(() -> {
            Tls strict = server.forServer()
                    .trusting(Certificates.client().certificate())
                    .requiringClientCertificate();
            ConnectionHandler never = (reader, writer) -> writer.write("must not be called");
            try (Server refusing =
                    ServerTest.start(never, ServerOptions.defaults().tls(strict))) {
                assertThatThrownBy(() -> {
                            // With TLS 1.3 the client learns of it when it reads.
                            try (Connection connection =
                                    Streams.openConnection("127.0.0.1", refusing.port(), connecting())) {
                                connection.reader().readAll();
                            }
                        })
                        .isInstanceOf(SSLException.class);
            }
        });
    }

    // ------------------------------------------------------------------ later

    @Test
    void anOpenConnectionCanBeEncrypted() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                ends.client().writer().write("STARTTLS\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("STARTTLS");
                ends.served().writer().write("go ahead\n");
                Task<?> atServer =
                        Asyncio.createTask(() -> ends.served().writer().startTls(server.forServer()));
                assertThat(ends.client().reader().readLine()).isEqualTo("go ahead");
                ends.client().writer().startTls(trusting(), "localhost");
                atServer.await();
                ends.client().writer().write("secret\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("secret");
                ends.served().writer().write("answer\n");
                assertThat(ends.client().reader().readLine()).isEqualTo("answer");
                assertThat(ends.client().writer().tlsSession()).isNotNull();
                assertThatThrownBy(() -> ends.client().writer().startTls(trusting()))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot start TLS on the connection with "
                                + ends.client().peerAddress() + ": it is encrypted already");
            }
        });
    }

    @Test
    void aClientsFirstTlsMessageMayComeBeforeTheServerAsks() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Task<?> atClient =
                        Asyncio.createTask(() -> ends.client().writer().startTls(trusting()));
                while (ends.served().reader().toString().equals("StreamReader[0 bytes]")) {
                    Asyncio.sleep(java.time.Duration.ofMillis(1));
                }
                ends.served().writer().startTls(server.forServer());
                atClient.await();
                ends.client().writer().write("hello\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("hello");
            }
        });
    }

    @Test
    void encryptingLaterExpectsTheHostConnectedTo() {
        Bounded.run(() -> {
            Future<String> done = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                writer.startTls(server.forServer());
                done.setResult("");
                EchoTest.echo(reader, writer);
            };
            try (Server named = Streams.startServer(handler, "127.0.0.1", 0);
                    Connection client = Streams.connection(Connector.toAddresses(
                            "server.test",
                            java.util.List.of(java.net.InetAddress.ofLiteral("127.0.0.1")),
                            named.port(),
                            ConnectionOptions.defaults().settings()))) {
                client.writer().startTls(trusting());
                done.await();
                assertThat(Objects.requireNonNull(client.writer().tlsSession()).getPeerHost())
                        .isEqualTo("server.test");
            }
        });
    }

    @Test
    void encryptingAClosedConnectionIsRefused() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                writer.close();
                assertThatThrownBy(() -> writer.startTls(trusting()))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "Cannot start TLS on the connection with " + writer.peerAddress() + ": it was closed");
            }
        });
    }

    @Test
    void unixSocketsCanBeEncrypted(@TempDir Path folder) {
        Bounded.run(() -> {
            Path path = folder.resolve("socket");
            try (TwoEnds ends =
                    TwoEnds.onUnixSocket(path, serving(), connecting().serverName("server.test"))) {
                ends.client().writer().write("hello\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("hello");
            }
        });
    }

    @Test
    void aServerWithoutANameToExpectIsNotTrusted(@TempDir Path folder) {
        Bounded.run(() -> {
            Path path = folder.resolve("socket");
            try (Server unnamed = Streams.startUnixServer(EchoTest::echo, path, serving())) {
                assertThatThrownBy(() -> Streams.openUnixConnection(path, connecting()))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Cannot use TLS on " + path + " without a name that the server must prove to have;"
                                + " set ConnectionOptions.serverName");
                assertThat(unnamed.isServing()).isTrue();
            }
        });
    }

    // ------------------------------------------------------------------ setting it up

    @Test
    void aContextOfTheJdkCanBeGiven() {
        Bounded.run(() -> {
            Tls client = Tls.client(SSLContext.getDefault()).protocols("h2");
            assertThatThrownBy(() -> client.trusting(server.certificate()))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot give trusted certificates to a Tls made of an SSLContext: set it up in the"
                            + " context");
            refused(ConnectionOptions.defaults().tls(client), "localhost");
        });
    }

    @Test
    void aFileThatIsMissingIsNamed(@TempDir Path folder) {
        Bounded.run(() -> {
            Path missing = folder.resolve("missing.pem");
            assertThatThrownBy(() -> ServerTest.start(
                            EchoTest::echo, ServerOptions.defaults().tls(Tls.server(missing, server.key()))))
                    .isExactlyInstanceOf(NoSuchFileException.class)
                    .hasMessage(missing + ": cannot be read; TLS needs it as a PEM file");
        });
    }

    @Test
    void aFileThatIsNoCertificateIsNamed(@TempDir Path folder) {
        Bounded.run(() -> {
            Path wrong = Files.writeString(folder.resolve("wrong.pem"), "nothing of the kind");
            assertThatThrownBy(() -> ServerTest.start(
                            EchoTest::echo, ServerOptions.defaults().tls(Tls.server(wrong, server.key()))))
                    .isExactlyInstanceOf(SSLException.class)
                    .hasMessageStartingWith("Cannot set up TLS with Tls[server, certificate=" + wrong + ", key="
                            + server.key() + "]: ");
        });
    }

    @Test
    void oneSideCannotBeUsedForTheOther() {
        Tls forServer = Tls.server(Path.of("a.pem"), Path.of("a.key"));
        assertThatThrownBy(() -> ServerOptions.defaults().tls(Tls.client()))
                .hasMessage("Tls[client] is for clients; a server needs Tls.server(certificate, key)");
        assertThatThrownBy(() -> ConnectionOptions.defaults().tls(forServer))
                .hasMessage("Tls[server, certificate=a.pem, key=a.key] is for servers; a connection needs"
                        + " Tls.client()");
    }
}
