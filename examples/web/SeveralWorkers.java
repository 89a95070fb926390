import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.EventLoop;
import io.asyncio4j.web.*;
import java.net.http.*;

/// Several loops use several processors.
///
/// Each worker is a loop in a thread of its own, and all accept connections on one port. The path
/// function blocks its loop until another loop is in it as well.
final Set<EventLoop> loops = ConcurrentHashMap.newKeySet();

final CountDownLatch both = new CountDownLatch(2);

@Get("/")
String meet() throws InterruptedException {
    if (loops.add(runningLoop())) {
        both.countDown();
    }
    both.await();
    return "both are here";
}

/// Sends requests on connections of their own, until both loops have got one.
void ask(int port) {
    HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
    while (both.getCount() > 0) {
        HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.discarding());
        LockSupport.parkNanos(20_000_000);
    }
}

void main() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
    }
    WebApp app = WebApp.create();
    app.routes(this);
    try (var client = Executors.newVirtualThreadPerTaskExecutor()) {
        client.submit(() -> {
            ask(port);
            IO.println(loops.size() + " loops were in the path function at the same time");
            return new ProcessBuilder(
                            "kill", "-INT", "" + ProcessHandle.current().pid())
                    .start(); // as Ctrl-C
        });
        app.serve(ServeOptions.defaults().port(port).workers(2).accessLog(false));
    }
}

// Output:
// 2 loops were in the path function at the same time
