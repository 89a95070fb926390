package io.asyncio4j.benchmarks.echo;

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;
import java.io.IOException;

/// Echoes on asyncio4j's streams: `Asyncio4jEcho PORT`. The transport and the engine are those of
/// the system properties `asyncio4j.io` and `asyncio4j.engine`.
final class Asyncio4jEcho {
    private Asyncio4jEcho() {}

    /// Runs it.
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        run(() -> {
            Server server = Streams.startServer(Asyncio4jEcho::echo, "127.0.0.1", port);
            IO.println("listening " + port);
            server.serveForever();
        });
    }

    private static void echo(StreamReader reader, StreamWriter writer) throws IOException {
        while (true) {
            byte[] data = reader.read(65536);
            if (data.length == 0) {
                return;
            }
            writer.write(data);
            writer.drain();
        }
    }
}
