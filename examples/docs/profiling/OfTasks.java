// Where a task's time has gone: docs/see/profiling.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.sync.Lock;
import java.time.Duration;

final Lock db = new Lock("db");

void query(Duration time) {
    try (var _ = db.acquire()) {
        sleep(time);
    }
}

/// In quarters of a second, as times are never quite the same.
String rounded(Duration time) {
    return time.toMillis() / 250 * 250 + " ms";
}

void main() {
    run(() -> {
        runningLoop().setAccounting(true);
        createTask("report", () -> query(ofMillis(700)));
        var page = createTask("page", () -> query(ofMillis(300)));
        await(page);

        var statistics = page.statistics();
        IO.println(statistics.steps() + " steps");
        statistics.waits().forEach((what, time) -> IO.println(what + ": " + rounded(time)));
    });
}

// Output:
// 3 steps
// lock 'db': 500 ms
// a sleep: 250 ms
