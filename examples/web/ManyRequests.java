import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.streams.*;
import io.asyncio4j.sync.Barrier;
import io.asyncio4j.web.*;
import java.lang.management.ManagementFactory;

/// One thread serves many requests.
///
/// Each of a thousand requests waits until all of them are there. With a thread for each request in
/// progress, this would take a thousand threads. Here one event loop runs all path functions, and
/// their clients, too.
final int requests = 1_000;

final Barrier everybody = new Barrier(requests);
final Set<EventLoop> loops = new HashSet<>();

@Get("/")
String meet() {
    loops.add(runningLoop());
    everybody.await();
    return "all are here";
}

String ask(int port) throws IOException {
    try (Connection connection = Streams.openConnection("127.0.0.1", port)) {
        connection.writer().write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes());
        return new String(connection.reader().readAll());
    }
}

void main() throws IOException {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (WebServer server = app.start(ServeOptions.defaults().port(0).accessLog(false))) {
            List<Task<String>> clients = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                clients.add(createTask(() -> ask(server.port())));
            }
            long answers = gather(clients).await().stream()
                    .filter(answer -> answer.endsWith("\"all are here\""))
                    .count();
            IO.println(answers + " requests were in progress at the same time");
        }
    });
    IO.println(loops.size() + " event loop has served them");
    int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount();
    IO.println("threads in this process: " + (threads < requests / 4 ? "fewer than a quarter as many" : threads));
}

// Output:
// 1000 requests were in progress at the same time
// 1 event loop has served them
// threads in this process: fewer than a quarter as many
