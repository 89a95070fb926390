package consumer.streams;

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Streams;
import java.io.IOException;

/// A server and its client.
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        run(() -> {
            try (var server = Streams.startServer(
                            (reader, writer) -> writer.write(reader.readLine() + " from streams\n"), "127.0.0.1", 0);
                    var connection = Streams.openConnection("127.0.0.1", server.port())) {
                connection.writer().write("hello\n");
                System.out.println(connection.reader().readLine());
            }
        });
    }
}
