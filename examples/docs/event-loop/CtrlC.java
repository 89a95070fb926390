// Ctrl-C cancels the main task, then the tasks that are left.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

void work(String who) {
    try {
        sleep(ofDays(1));
    } finally {
        IO.println(who + " cleans up");
        sleep(ofMillis(100));
        IO.println(who + " is clean");
    }
}

void main() {
    run(() -> {
        createTask(() -> work("other"));
        createTask(() -> IO.println("working"));
        work("main");
    });
}
