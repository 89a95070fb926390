import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// `@Blocking` runs a path function off the loop, in a thread of its own. So it may block, and it
/// needs one thread for each request.
final CompletableFuture<Void> begun = new CompletableFuture<>();

final CountDownLatch pinged = new CountDownLatch(1);

/// Blocks until `/ping` is called. On the loop this would last for ever.
@Get("/query")
@Blocking
String query() throws InterruptedException {
    IO.println("query begins");
    begun.complete(null);
    pinged.await();
    IO.println("query ends");
    return "rows";
}

@Get("/ping")
String ping() {
    IO.println("ping is answered");
    pinged.countDown();
    return "pong";
}

final CyclicBarrier everybody = new CyclicBarrier(100);
final Set<Thread> threads = ConcurrentHashMap.newKeySet();

/// Blocks until a hundred requests are here.
@Get("/meet")
@Blocking
String meet() throws Exception {
    threads.add(Thread.currentThread());
    everybody.await();
    return "all are here";
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            taskGroup(clients -> {
                clients.createTask(() -> client.get("/query").send());
                await(begun);
                clients.createTask(() -> client.get("/ping").send());
            });
            taskGroup(clients -> {
                for (int i = 0; i < 100; i++) {
                    clients.createTask(() -> client.get("/meet").send());
                }
            });
            IO.println("100 requests have blocked " + threads.size() + " threads at the same time");
        }
    });
}

// Output:
// query begins
// ping is answered
// query ends
// 100 requests have blocked 100 threads at the same time
