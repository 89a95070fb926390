// A closed server gives its connections some time to end, and then ends them.

import static io.asyncio4j.Asyncio.run;
import static java.time.Duration.ofMillis;

import io.asyncio4j.CancelledError;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.ServerOptions;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

void serve(StreamReader reader, StreamWriter writer) throws IOException {
    writer.write("hello\n");
    try {
        reader.readLine(); // the client never says anything
    } catch (CancelledError closing) {
        writer.write("the server is closing\n");
        throw closing;
    }
}

void main() throws IOException {
    run(() -> {
        var options = ServerOptions.defaults().closeTimeout(ofMillis(100));
        Server server = Streams.startServer(this::serve, "127.0.0.1", 0, options);
        try (var client = Streams.openConnection("127.0.0.1", server.port())) {
            IO.println(client.reader().readLine());
            server.close(); // no new connections from now on
            server.waitClosed(); // until the last one has ended
            IO.println(client.reader().readLine());
        }
        IO.println(server.isServing());
    });
}

// Output:
// hello
// the server is closing
// false
