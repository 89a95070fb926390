// Datagrams: a server answers whoever asks, a client asks one server.

import static io.asyncio4j.Asyncio.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.streams.DatagramEndpoint;
import io.asyncio4j.streams.Streams;
import java.io.IOException;
import java.net.InetSocketAddress;

void serve(DatagramEndpoint endpoint) throws IOException {
    while (true) {
        var question = endpoint.receive();
        var answer = new String(question.data(), UTF_8).toUpperCase();
        endpoint.send(answer.getBytes(UTF_8), question.sender());
    }
}

void main() throws IOException {
    run(() -> {
        try (var server = Streams.openDatagram(new InetSocketAddress("127.0.0.1", 0), null);
                var client = Streams.openDatagram(null, server.localAddress())) {
            var serving = createTask(() -> serve(server));
            client.send("hello".getBytes(UTF_8));
            var answer = timeout(ofSeconds(10), () -> client.receive()); // it may be lost
            IO.println(new String(answer.data(), UTF_8));
            serving.cancel();
        }
    });
}

// Output:
// HELLO
