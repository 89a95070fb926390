// Nobody receives there: a connected endpoint is told, once.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.streams.Streams;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;

void main() throws IOException {
    run(() -> {
        var gone = Streams.openDatagram(new InetSocketAddress("127.0.0.1", 0), null);
        gone.close();
        try (var client = Streams.openDatagram(null, gone.localAddress())) {
            client.send("anybody?".getBytes());
            try {
                client.receive();
            } catch (PortUnreachableException nobody) {
                IO.println("nobody receives there");
            }
        }
    });
}

// Output:
// nobody receives there
