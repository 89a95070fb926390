package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.streams.netty.TlsHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates that are renewed while a server runs.
@ParameterizedClass
@ValueSource(strings = {"jdk", "openssl"})
final class TlsReloadTest {
    private static final Certificates OLD = Certificates.server();
    private static final Certificates NEW = Certificates.valid("-1d", 30);

    @Parameter
    String provider = "";

    @TempDir
    Path folder;

    private Path certificate = Path.of("");
    private Path key = Path.of("");
    private ConnectionOptions connecting = ConnectionOptions.defaults();

    @BeforeEach
    void choose() throws IOException {
        System.setProperty(TlsHandlers.PROPERTY, provider);
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server.key");
        use(OLD);
        Path both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(OLD.certificate()) + Files.readString(NEW.certificate()));
        connecting =
                ConnectionOptions.defaults().tls(Tls.client().trusting(both).protocols("h2", "http/1.1"));
    }

    @AfterEach
    void forget() {
        System.clearProperty(TlsHandlers.PROPERTY);
    }

    private void use(Certificates files) throws IOException {
        Files.copy(files.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(files.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private Connection connect(Server server) throws IOException {
        return Streams.openConnection("127.0.0.1", server.port(), connecting);
    }

    private static void assertProves(Connection client, Certificates expected) throws Exception {
        assertThat(client.writer().applicationProtocol()).isEqualTo("h2");
        X509Certificate shown = (X509Certificate)
                Objects.requireNonNull(client.writer().tlsSession()).getPeerCertificates()[0];
        assertThat(shown).isEqualTo(expected.x509());
        client.writer().write("hello\n");
        assertThat(client.reader().readLine()).isEqualTo("hello");
    }

    @Test
    void newConnectionsGetTheNewCertificate() {
        Tls tls = Tls.server(certificate, key);
        ServerOptions options = ServerOptions.defaults().tls(tls.protocols("h2"));
        Bounded.run(() -> {
            try (Server server = Streams.startServer(EchoTest::echo, "127.0.0.1", 0, options);
                    Connection before = connect(server)) {
                assertProves(before, OLD);
                use(NEW);
                try (Connection notYet = connect(server)) {
                    assertProves(notYet, OLD);
                }
                tls.reload();
                try (Connection after = connect(server)) {
                    assertProves(after, NEW);
                }
                assertProves(before, OLD);
            }
        });
    }

    @Test
    void filesThatCannotBeUsedChangeNothing() {
        Tls tls = Tls.server(certificate, key).protocols("h2");
        ServerOptions options = ServerOptions.defaults().tls(tls);
        Bounded.run(() -> {
            try (Server server = Streams.startServer(EchoTest::echo, "127.0.0.1", 0, options)) {
                Files.writeString(certificate, "nonsense");
                assertThatThrownBy(tls::reload)
                        .isInstanceOf(SSLException.class)
                        .hasMessageStartingWith("Cannot set up TLS with " + tls + ": ");
                Files.delete(certificate);
                assertThatThrownBy(tls::reload)
                        .isInstanceOf(NoSuchFileException.class)
                        .hasMessage(certificate + ": cannot be read; TLS needs it as a PEM file");
                try (Connection client = connect(server)) {
                    assertProves(client, OLD);
                }
            }
        });
    }

    @Test
    void whatWasNotUsedYetIsReadAtItsFirstUse() {
        Bounded.run(() -> {
            Tls tls = Tls.server(certificate, key).protocols("h2");
            tls.reload();
            use(NEW);
            try (Server server = Streams.startServer(
                            EchoTest::echo,
                            "127.0.0.1",
                            0,
                            ServerOptions.defaults().tls(tls));
                    Connection client = connect(server)) {
                assertProves(client, NEW);
            }
        });
    }

    @Test
    void aContextCannotBeReloaded() throws Exception {
        Tls tls = Tls.server(SSLContext.getDefault());
        assertThatThrownBy(tls::reload)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot give new files to a Tls made of an SSLContext: set it up in the context");
    }
}
