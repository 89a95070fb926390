package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Certificates for tests, made once a JVM by the `openssl` command, or by the JDK's `keytool`
/// where their dates matter.
///
/// @param certificate a PEM file, which vouches for itself
/// @param key a PEM file
record Certificates(Path certificate, Path key) {
    /// Of a server called `localhost`, `server.test` and 127.0.0.1.
    private static final Certificates SERVER =
            make("server", "subjectAltName=DNS:localhost,DNS:server.test,IP:127.0.0.1");

    private static final Certificates CLIENT = make("client", "subjectAltName=DNS:client.test");

    static Certificates server() {
        return SERVER;
    }

    static Certificates client() {
        return CLIENT;
    }

    /// Returns a certificate of a server, as [#server()] but for the dates.
    ///
    /// @param start when it becomes valid, such as `-10d`
    /// @param days for how long it is
    static Certificates valid(String start, int days) {
        try {
            Path folder = Files.createTempDirectory("asyncio4j-certificates");
            Path store = folder.resolve("store.p12");
            run(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-alias",
                    "server",
                    "-dname",
                    "CN=server",
                    "-ext",
                    "SAN=dns:localhost,dns:server.test,ip:127.0.0.1",
                    "-startdate",
                    start,
                    "-validity",
                    String.valueOf(days),
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "secret");
            KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
            Path certificate = pem(
                    folder.resolve("server.pem"),
                    "CERTIFICATE",
                    keys.getCertificate("server").getEncoded());
            Path key = pem(
                    folder.resolve("server.key"),
                    "PRIVATE KEY",
                    keys.getKey("server", "secret".toCharArray()).getEncoded());
            for (Path file : new Path[] {certificate, key, store, folder}) {
                file.toFile().deleteOnExit();
            }
            return new Certificates(certificate, key);
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + type + "-----\n");
    }

    /// Returns the certificate itself.
    X509Certificate x509() throws IOException, GeneralSecurityException {
        try (InputStream input = Files.newInputStream(certificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
    }

    /// Returns a context of the JDK that proves to be this.
    ///
    /// @param trusting whom it trusts; null for those that the JDK does
    SSLContext context(TrustManager @Nullable [] trusting) throws IOException, GeneralSecurityException {
        String text = Files.readString(key).replaceAll("-----.*", "");
        PrivateKey secret = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("it", secret, new char[0], new Certificate[] {x509()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trusting, null);
        return context;
    }

    Tls forServer() {
        return Tls.server(certificate, key);
    }

    private static Certificates make(String name, String extension) {
        try {
            Path folder = Files.createTempDirectory("asyncio4j-certificates");
            Path certificate = folder.resolve(name + ".pem");
            Path key = folder.resolve(name + ".key");
            run(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=" + name,
                    "-addext",
                    extension,
                    "-keyout",
                    key.toString(),
                    "-out",
                    certificate.toString());
            for (Path file : new Path[] {certificate, key, folder}) {
                file.toFile().deleteOnExit();
            }
            return new Certificates(certificate, key);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            Assumptions.abort("openssl is not installed: " + missing.getMessage());
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
