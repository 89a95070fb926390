// drain() holds a writer back when the reader is slow; a writer that never calls it hits the limit.

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ofMillis;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

static final byte[] BLOCK = new byte[100_000];

void upload(StreamWriter writer, int blocks) throws IOException {
    for (int i = 0; i < blocks; i++) {
        writer.write(BLOCK); // takes the bytes, and does not wait
        writer.drain(); // waits while the other side is too slow
    }
}

void countSlowly(StreamReader reader, StreamWriter writer) throws IOException {
    sleep(ofMillis(50));
    writer.write(reader.readAll().length + " bytes\n");
}

void main() throws IOException {
    run(() -> {
        var options = ConnectionOptions.defaults().highWaterMark(32 * 1024).writeLimit(1024 * 1024);
        try (var server = Streams.startServer(this::countSlowly, "127.0.0.1", 0)) {
            try (Connection client = Streams.openConnection("127.0.0.1", server.port(), options)) {
                upload(client.writer(), 300);
                client.writer().writeEof();
                IO.println(client.reader().readLine());
            }
            try (Connection client = Streams.openConnection("127.0.0.1", server.port(), options)) {
                for (int i = 0; i < 300; i++) {
                    client.writer().write(BLOCK); // takes the bytes, and does not wait
                }
            } catch (IllegalStateException full) {
                IO.println(
                        "call drain() after writing: " + full.getMessage().contains("and the limit is 1048576"));
            }
        }
    });
}

// Output:
// 30000000 bytes
// call drain() after writing: true
