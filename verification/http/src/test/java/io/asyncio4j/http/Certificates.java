package io.asyncio4j.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/// A certificate of a server at 127.0.0.1 and `localhost`, which vouches for itself, and its key.
///
/// @param certificate a PEM file
/// @param key a PEM file
record Certificates(Path certificate, Path key) {
    /// None: the server speaks in the clear.
    static final Certificates NONE = new Certificates(Path.of(""), Path.of(""));

    private static final String PASSWORD = "secret";

    /// Makes one by the JDK's `keytool`.
    static Certificates make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("server.p12");
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        if (keytool.inheritIO().start().waitFor() != 0) {
            throw new IOException("keytool has failed");
        }
        char[] password = PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        return new Certificates(
                pem(
                        folder.resolve("server.crt"),
                        "CERTIFICATE",
                        keys.getCertificate("server").getEncoded()),
                pem(
                        folder.resolve("server.key"),
                        "PRIVATE KEY",
                        keys.getKey("server", password).getEncoded()));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        return Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, lineEnd).encodeToString(content) + "\n-----END " + kind
                        + "-----\n");
    }

    boolean exist() {
        return !this.equals(NONE);
    }
}
