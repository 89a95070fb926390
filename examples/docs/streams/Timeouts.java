// Opening a connection has a limit of its own; anything else gets one by timeout().

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

void say(StreamReader reader, StreamWriter writer) throws IOException {
    writer.write("first\nsec"); // the rest of the second line never comes
    reader.readLine();
}

void main() throws IOException {
    run(() -> {
        var options = ConnectionOptions.defaults().connectTimeout(ofSeconds(5));
        try (var server = Streams.startServer(this::say, "localhost", 0);
                var connection = Streams.openConnection("localhost", server.port(), options)) {
            StreamReader reader = connection.reader();
            IO.println(reader.readLine());
            try {
                timeout(ofMillis(50), () -> reader.readLine());
            } catch (TimeoutException silence) {
                IO.println(new String(reader.read(100), StandardCharsets.UTF_8)); // nothing is lost
            }
        }
        for (InetAddress address : Streams.resolve("127.0.0.1")) {
            IO.println(address.getHostAddress());
        }
    });
}

// Output:
// first
// sec
// 127.0.0.1
