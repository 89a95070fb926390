// At most two fetches at a time.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.sync.Semaphore;

int fetching = 0;
int most = 0;

void fetch(String url) {
    fetching++;
    most = Math.max(most, fetching);
    sleep(ofMillis(50)); // stands for the request
    fetching--;
}

void main() {
    var urls = List.of("/a", "/b", "/c", "/d");
    var connections = new Semaphore(2);
    run(() -> taskGroup(group -> {
        for (String url : urls) {
            group.createTask(() -> {
                try (var _ = connections.acquire()) {
                    fetch(url);
                }
            });
        }
    }));
    IO.println("at most " + most + " at a time");
}

// Output:
// at most 2 at a time
