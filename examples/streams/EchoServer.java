// Sends back what it gets. Ctrl-C ends it: EchoServer.java [PORT]

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

void echo(StreamReader reader, StreamWriter writer) throws IOException {
    IO.println("connected");
    for (byte[] data = reader.read(65536); data.length > 0; data = reader.read(65536)) {
        writer.write(data);
        writer.drain(); // suspends while the client is too slow; others are served meanwhile
    }
    IO.println("disconnected");
}

void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8888 : Integer.parseInt(args[0]);
    run(() -> {
        Server server = Streams.startServer(this::echo, "127.0.0.1", port);
        IO.println("Serving on port " + server.port());
        server.serveForever();
    });
}
