// The client ends its direction, and the server answers what it has got until then.

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

void count(StreamReader reader, StreamWriter writer) throws IOException {
    int words = 0;
    for (String line : reader.lines()) {
        words += line.split(" ").length;
    }
    writer.write(words + " words\n");
}

void main() throws IOException {
    run(() -> {
        try (var server = Streams.startServer(this::count, "127.0.0.1", 0);
                Connection connection = Streams.openConnection("127.0.0.1", server.port())) {
            connection.writer().write("to be or\nnot to be\n");
            connection.writer().writeEof(); // no more from here; the answer still comes
            IO.println(connection.reader().readLine());
            IO.println(connection.reader().readLine());
        }
    });
}

// Output:
// 6 words
// null
