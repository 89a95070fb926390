package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Certificates for tests, made once a JVM by the `openssl` command.
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
