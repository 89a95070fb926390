// A server on a Unix socket, a file.

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.toThread;

import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

void greet(StreamReader reader, StreamWriter writer) throws IOException {
    writer.write("hello, " + reader.readLine() + "\n");
}

void main() throws IOException {
    run(() -> {
        Path folder = toThread(() -> Files.createTempDirectory("greeter"));
        Path socket = folder.resolve("socket");
        try (var server = Streams.startUnixServer(this::greet, socket);
                var client = Streams.openUnixConnection(socket)) {
            client.writer().write("you\n");
            IO.println(client.reader().readLine());
            server.close();
            server.waitClosed();
        }
        IO.println(Files.exists(socket)); // the server has deleted it
        Files.delete(folder);
    });
}

// Output:
// hello, you
// false
