// Two loops on two threads, with one port.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Workers;
import java.io.IOException;

void greet(StreamReader reader, StreamWriter writer) throws IOException {
    writer.write("hello, " + reader.readLine() + "\n");
}

void ask(int port, String name) throws IOException {
    try (var connection = Streams.openConnection("127.0.0.1", port)) {
        connection.writer().write(name + "\n");
        IO.println(connection.reader().readLine());
    }
}

void main() {
    try {
        Workers.run(2, worker -> {
            try (var server = Streams.startServer((reader, writer) -> greet(reader, writer), "127.0.0.1", 0)) {
                if (worker == 1) {
                    server.serveForever();
                }
                ask(server.port(), "Ann"); // one of the two answers
                ask(server.port(), "Bob");
                throw new IOException("that is all"); // a failure ends both workers
            }
        });
    } catch (Exception failure) {
        IO.println(failure.getMessage());
    }
}

// Output:
// hello, Ann
// hello, Bob
// that is all
