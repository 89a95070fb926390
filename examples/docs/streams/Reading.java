// A message has headers, line by line, and a body whose length one of them tells.

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.IncompleteReadException;
import io.asyncio4j.streams.LimitOverrunException;
import io.asyncio4j.streams.ServerOptions;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

byte[] readMessage(StreamReader reader) throws IOException {
    int length = 0;
    for (String line : reader.lines()) {
        if (line.isEmpty()) {
            break;
        }
        if (line.startsWith("Length: ")) {
            length = Integer.parseInt(line.substring("Length: ".length()));
        }
    }
    return reader.readExactly(length);
}

void serve(StreamReader reader, StreamWriter writer) throws IOException {
    try {
        IO.println(new String(readMessage(reader), StandardCharsets.UTF_8));
        String word = new String(reader.readUntil(";"), StandardCharsets.UTF_8);
        IO.println(word);
        reader.readExactly(10);
    } catch (IncompleteReadException early) {
        IO.println(early.getMessage() + ": " + new String(early.partial(), StandardCharsets.UTF_8));
    }
}

void refuse(StreamReader reader, StreamWriter writer) throws IOException {
    try {
        reader.readLine();
    } catch (LimitOverrunException tooLong) {
        writer.write("no line may be longer than 80 bytes\n");
    }
}

void main() throws IOException {
    run(() -> {
        try (var server = Streams.startServer(this::serve, "127.0.0.1", 0);
                Connection client = Streams.openConnection("127.0.0.1", server.port())) {
            client.writer().write("Subject: greeting\nLength: 5\n\nhello");
            client.writer().write("one;two");
            client.writer().writeEof();
            client.reader().readAll(); // until the handler has ended
        }

        var options = ServerOptions.defaults().readLimit(80);
        try (var server = Streams.startServer(this::refuse, "127.0.0.1", 0, options);
                Connection client = Streams.openConnection("127.0.0.1", server.port())) {
            client.writer().write("x".repeat(1000) + "\n");
            IO.println(client.reader().readLine());
        }
    });
}

// Output:
// hello
// one;
// The stream ended after 3 bytes, of the 10 expected: two
// no line may be longer than 80 bytes
