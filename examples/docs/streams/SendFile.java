// Files are read in a thread, or sent as they are.

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.toThread;

import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

Path file;

void download(StreamReader reader, StreamWriter writer) throws IOException {
    long size = toThread(() -> Files.size(file));
    writer.write(size + " bytes\n");
    writer.sendFile(file); // suspends until all is sent
}

void main() throws IOException {
    file = Files.createTempFile("poem", ".txt");
    run(() -> {
        toThread(() -> Files.writeString(file, "roses are red\n".repeat(1000)));
        String text = toThread(() -> Files.readString(file));
        IO.println(text.length());
        try (var server = Streams.startServer(this::download, "127.0.0.1", 0);
                var client = Streams.openConnection("127.0.0.1", server.port())) {
            IO.println(client.reader().readLine());
            IO.println(client.reader().readAll().length);
        }
    });
    Files.delete(file);
}

// Output:
// 14000
// 14000 bytes
// 14000
