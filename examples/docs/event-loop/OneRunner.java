// Several runs on one loop.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import io.asyncio4j.Runner;

void watch() {
    try {
        sleep(ofDays(1));
    } finally {
        IO.println("watcher ends");
    }
}

void main() {
    try (var runner = new Runner()) {
        runner.run(() -> {
            createTask(() -> watch());
        });
        IO.println("between");
        runner.run(() -> sleep(ofMillis(10))); // the watcher goes on meanwhile
        IO.println("closing");
    } // cancels what is left and waits for it
}

// Output:
// between
// closing
// watcher ends
