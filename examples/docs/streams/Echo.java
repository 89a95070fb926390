// A server that echoes lines, and a client, in one loop.

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

void echo(StreamReader reader, StreamWriter writer) throws IOException {
    for (String line : reader.lines()) {
        writer.write(line + "\n");
        writer.drain();
    }
} // the connection is closed when the handler returns

void talkTo(int port) throws IOException {
    try (Connection connection = Streams.openConnection("127.0.0.1", port)) {
        connection.writer().write("hello\n");
        IO.println(connection.reader().readLine());
    }
}

void main() throws IOException {
    run(() -> {
        try (Server server = Streams.startServer(this::echo, "127.0.0.1", 0)) {
            talkTo(server.port());
        }
    });
}

// Output:
// hello
