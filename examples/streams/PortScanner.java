// Finds the open ports of this machine, a hundred at a time: PortScanner.java [FIRST LAST]

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.sync.Semaphore;

final Set<Integer> open = new TreeSet<>();
final Semaphore slots = new Semaphore(100);

void probe(int port) {
    var options = ConnectionOptions.defaults().connectTimeout(ofSeconds(60));
    try (var _ = slots.acquire();
            var _ = Streams.openConnection("127.0.0.1", port, options)) {
        open.add(port);
    } catch (IOException closed) {
        // nobody listens there
    }
}

void main(String[] args) {
    int first = args.length < 2 ? 1 : Integer.parseInt(args[0]);
    int last = args.length < 2 ? 1024 : Integer.parseInt(args[1]);
    run(() -> {
        taskGroup(tg -> {
            for (int port = first; port <= last; port++) {
                int candidate = port;
                tg.createTask(() -> probe(candidate));
            }
        });
    });
    IO.println("Open ports: " + open);
}
