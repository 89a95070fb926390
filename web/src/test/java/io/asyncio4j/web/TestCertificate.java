package io.asyncio4j.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate for `localhost` and 127.0.0.1 that vouches for itself, made by the JDK's
/// `keytool`.
///
/// @param certificate a PEM file
/// @param key a PEM file
record TestCertificate(Path certificate, Path key) {

    /// @param name of the owner, such as `CN=old`
    static TestCertificate make(Path folder, String name) throws IOException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(
                List.of("-genkeypair -keyalg EC -ext san=dns:localhost,ip:127.0.0.1 -storepass secret".split(" ", -1)));
        command.addAll(List.of("-dname", name, "-keystore", store.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command));
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
        return new TestCertificate(
                pem(
                        folder.resolve(name + ".pem"),
                        "CERTIFICATE",
                        keys.getCertificate("mykey").getEncoded()),
                pem(
                        folder.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getKey("mykey", "secret".toCharArray()).getEncoded()));
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    /// Copies both over those of another.
    void replace(TestCertificate other) throws IOException {
        Files.copy(certificate, other.certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, other.key, StandardCopyOption.REPLACE_EXISTING);
    }
}
