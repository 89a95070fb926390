package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.streams.netty.TlsHandlers;
import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates that are trusted, but not valid today.
@ParameterizedClass
@ValueSource(strings = {"jdk", "openssl"})
@SuppressWarnings("try") // only held open
final class TlsDatesTest {
    private static final Certificates EXPIRED = Certificates.valid("-10d", 5);
    private static final Certificates EARLY = Certificates.valid("+5d", 5);
    private static final Certificates GOOD = Certificates.valid("-1d", 5);

    @Parameter
    String provider = "";

    @BeforeEach
    void choose() {
        System.setProperty(TlsHandlers.PROPERTY, provider);
    }

    @AfterEach
    void forget() {
        System.clearProperty(TlsHandlers.PROPERTY);
    }

    private static void neverCalled(StreamReader reader, StreamWriter writer) {
        throw new AssertionError("nobody was to be trusted");
    }

    private static String dates(Certificates of) throws Exception {
        X509Certificate certificate = of.x509();
        return ": that of CN=server is valid from " + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant() + ", and it is now \\S+; have the peer use a valid one, or set"
                + " this machine's clock if that is wrong";
    }

    private static String expired() throws Exception {
        return "the peer's certificate has expired" + dates(EXPIRED);
    }

    private static String early() throws Exception {
        return "the peer's certificate is not valid yet" + dates(EARLY);
    }

    private static void serverRefused(Certificates server, Tls client, String why) {
        Bounded.run(() -> {
            ServerOptions options = ServerOptions.defaults().tls(server.forServer());
            ConnectionHandler handler = (reader, writer) -> reader.readAll();
            Asyncio.runningLoop().setExceptionHandler((loop, refused) -> {});
            try (Server listening = ServerTest.start(handler, options)) {
                assertThatThrownBy(() -> Streams.openConnection(
                                "127.0.0.1",
                                listening.port(),
                                ConnectionOptions.defaults().tls(client)))
                        .isInstanceOf(SSLException.class)
                        .hasMessageMatching("TLS with /127.0.0.1:" + listening.port() + " failed: " + why);
            }
        });
    }

    private static void serverAccepted(Tls client) {
        Bounded.run(() -> {
            ServerOptions serving = ServerOptions.defaults().tls(GOOD.forServer());
            try (TwoEnds ends =
                    TwoEnds.open(serving, ConnectionOptions.defaults().tls(client))) {
                ends.client().writer().write("hello\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("hello");
            }
        });
    }

    private static SSLContext trusting(TrustManager... managers) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static TrustManager[] managersOf(Certificates trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("it", trusted.x509());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    // ------------------------------------------------------------------ servers

    @Test
    void anExpiredServerIsRefusedThoughItIsTrusted() throws Exception {
        serverRefused(EXPIRED, Tls.client().trusting(EXPIRED.certificate()), expired());
    }

    @Test
    void aServerThatIsNotValidYetIsRefusedThoughItIsTrusted() throws Exception {
        serverRefused(EARLY, Tls.client().trusting(EARLY.certificate()), early());
    }

    @Test
    void aValidServerIsAccepted() {
        serverAccepted(Tls.client().trusting(GOOD.certificate()));
    }

    @Test
    void aContextThatTrustsItMakesNoDifference() throws Exception {
        serverRefused(EXPIRED, Tls.client(trusting(managersOf(EXPIRED))), expired());
        serverRefused(EARLY, Tls.client(trusting(managersOf(EARLY))), early());
        serverAccepted(Tls.client(trusting(managersOf(GOOD))));
    }

    @Test
    void aTrustManagerThatTrustsEverybodyMakesNoDifference() throws Exception {
        serverRefused(EXPIRED, Tls.client(TlsPeer.trustingAll()), expired());
        serverRefused(EARLY, Tls.client(TlsPeer.trustingAll()), early());
        serverAccepted(Tls.client(TlsPeer.trustingAll()));
    }

    @Test
    void aServersNameIsStillChecked() {
        Bounded.run(() -> {
            ServerOptions serving = ServerOptions.defaults().tls(GOOD.forServer());
            ConnectionOptions connecting = ConnectionOptions.defaults()
                    .tls(Tls.client().trusting(GOOD.certificate()))
                    .serverName("other.test");
            try (Server server = ServerTest.start(TlsDatesTest::neverCalled, serving)) {
                assertThatThrownBy(() -> Streams.openConnection("127.0.0.1", server.port(), connecting))
                        .isInstanceOf(SSLException.class)
                        .hasMessageMatching("TLS with /127.0.0.1:\\d+ failed: No subject alternative DNS name matching"
                                + " other.test found\\.?");
            }
        });
    }

    @Test
    void anExpiredServerIsRefusedWhenTlsStartsLater() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Task<?> atServer =
                        Asyncio.createTask(() -> ends.served().writer().startTls(EXPIRED.forServer()));
                Task<byte[]> reading =
                        Asyncio.createTask(() -> ends.client().reader().readAll());
                Bounded.settle();
                Tls trusting = Tls.client(TlsPeer.trustingAll());
                assertThatThrownBy(() -> ends.client().writer().startTls(trusting, "localhost"))
                        .isInstanceOf(SSLException.class)
                        .hasMessageMatching("TLS with /127.0.0.1:\\d+ failed: " + expired());
                assertThat(Bounded.outcome(reading)).isInstanceOf(SSLException.class);
                Bounded.outcome(atServer);
            }
        });
    }

    // ------------------------------------------------------------------ clients

    private static void clientRefused(Certificates client, Tls strict) {
        Bounded.run(() -> {
            Tls presenting = Tls.client()
                    .trusting(Certificates.server().certificate())
                    .presenting(client.certificate(), client.key());
            ConnectionOptions connecting = ConnectionOptions.defaults().tls(presenting);
            try (Server server = ServerTest.start(
                    TlsDatesTest::neverCalled, ServerOptions.defaults().tls(strict))) {
                assertThat(failureOf(server, connecting)).isNotNull();
            }
        });
    }

    /// Returns what a client gets, whether it learns of it in the handshake or when it reads.
    private static @Nullable IOException failureOf(Server server, ConnectionOptions options) {
        try (Connection connection = Streams.openConnection("127.0.0.1", server.port(), options)) {
            return connection.reader().read(1).length == 0 ? new IOException("closed") : null;
        } catch (IOException refused) {
            return refused;
        }
    }

    @Test
    void anExpiredClientIsRefused() {
        for (Certificates wrong : new Certificates[] {EXPIRED, EARLY}) {
            clientRefused(
                    wrong,
                    Certificates.server()
                            .forServer()
                            .trusting(wrong.certificate())
                            .requiringClientCertificate());
        }
    }

    @Test
    void anExpiredClientIsRefusedWhateverAContextSays() throws Exception {
        X509TrustManager unconditional = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = Certificates.server().context(new TrustManager[] {unconditional});
        clientRefused(EXPIRED, Tls.server(context).requiringClientCertificate());
        clientRefused(EARLY, Tls.server(context).requiringClientCertificate());
    }

    @Test
    void aValidClientIsAccepted() {
        Bounded.run(() -> {
            Tls strict = Certificates.server()
                    .forServer()
                    .trusting(GOOD.certificate())
                    .requiringClientCertificate();
            Tls presenting = Tls.client()
                    .trusting(Certificates.server().certificate())
                    .presenting(GOOD.certificate(), GOOD.key());
            try (TwoEnds ends = TwoEnds.open(
                    ServerOptions.defaults().tls(strict),
                    ConnectionOptions.defaults().tls(presenting))) {
                ends.client().writer().write("hello\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("hello");
            }
        });
    }
}
