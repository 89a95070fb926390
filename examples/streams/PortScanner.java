import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.sync.Semaphore;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeSet;

// Finds the open ports of this machine, a hundred at a time: PortScanner.java FIRST LAST

final TreeSet<Integer> open = new TreeSet<>();
final Semaphore slots = new Semaphore(100);

void probe(String host, int port) {
    ConnectionOptions options = ConnectionOptions.defaults().connectTimeout(Duration.ofSeconds(1));
    try (var slot = slots.acquire();
            Connection connection = Streams.openConnection(host, port, options)) {
        open.add(port);
    } catch (IOException closed) {
        // nobody listens there
    }
}

void main(String[] args) {
    int first = args.length < 2 ? 1 : Integer.parseInt(args[0]);
    int last = args.length < 2 ? 1024 : Integer.parseInt(args[1]);
    run(() -> {
        taskGroup(group -> {
            for (int port = first; port <= last; port++) {
                int probed = port;
                group.createTask(() -> probe("127.0.0.1", probed));
            }
        });
        IO.println("Open ports: " + open);
    });
}
