// A server and a client that encrypt what they say: from the start, or from some line on.

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.toThread;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.ServerOptions;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Tls;
import java.security.KeyStore;

/// The proof of the server's name: two PEM files.
record Identity(Path certificate, Path key) {}

void encrypted(Identity identity) throws IOException {
    Tls proving = Tls.server(identity.certificate(), identity.key()).protocols("echo/2", "echo/1");
    Tls trusting = Tls.client().trusting(identity.certificate()).protocols("echo/1");
    ServerOptions serverSide = ServerOptions.defaults().tls(proving);
    ConnectionOptions clientSide = ConnectionOptions.defaults().tls(trusting);
    try (var server = Streams.startServer(this::echo, "localhost", 0, serverSide);
            var client = Streams.openConnection("localhost", server.port(), clientSide)) {
        client.writer().write("hello\n");
        IO.println(client.reader().readLine());
        IO.println(client.writer().applicationProtocol());
        IO.println(client.writer().tlsSession().getPeerPrincipal());
    }
}

void echo(StreamReader reader, StreamWriter writer) throws IOException {
    for (String line : reader.lines()) {
        writer.write(line + "\n");
        writer.drain();
    }
}

void upgraded(Identity identity) throws IOException {
    Tls serverSide = Tls.server(identity.certificate(), identity.key());
    try (var server = Streams.startServer((reader, writer) -> upgrade(reader, writer, serverSide), "localhost", 0);
            Connection client = Streams.openConnection("localhost", server.port())) {
        client.writer().write("STARTTLS\n");
        IO.println(client.reader().readLine());
        client.writer().startTls(Tls.client().trusting(identity.certificate()));
        IO.println(client.reader().readLine());
    }
}

void upgrade(StreamReader reader, StreamWriter writer, Tls tls) throws IOException {
    if (reader.readLine().equals("STARTTLS")) {
        writer.write("go ahead\n");
        writer.startTls(tls); // what is written from here on is encrypted
        writer.write("nobody else can read this\n");
    }
}

void main() throws Exception {
    run(() -> {
        Identity identity = toThread(() -> makeIdentity());
        encrypted(identity);
        upgraded(identity);
    });
}

/// Has the JDK's `keytool` make a certificate for "localhost".
Identity makeIdentity() throws Exception {
    Path folder = Files.createTempDirectory("tls");
    Path store = folder.resolve("store.p12");
    String keytool =
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var arguments = "-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost -storepass secret -keystore";
    var command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(arguments.split(" ")));
    command.add(store.toString());
    new ProcessBuilder(command).start().waitFor();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    return new Identity(
            pem(folder, "CERTIFICATE", keys.getCertificate("mykey").getEncoded()),
            pem(
                    folder,
                    "PRIVATE KEY",
                    keys.getKey("mykey", "secret".toCharArray()).getEncoded()));
}

Path pem(Path folder, String label, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(content);
    Path file = folder.resolve(label + ".pem");
    return Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label));
}

// Output:
// hello
// echo/1
// CN=localhost
// go ahead
// nobody else can read this
