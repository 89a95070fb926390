// What a loop has done and has to do: docs/see/profiling.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

void main() {
    run(() -> taskGroup(group -> {
        for (int i = 0; i < 10; i++) {
            group.createTask(() -> sleep(ofDays(1)));
        }
        var quick = createTask(() -> "quick");
        await(quick);
        sleep(ofMillis(10));

        var statistics = runningLoop().statistics();
        IO.println(statistics.tasksCreated() + " tasks created, " + statistics.tasksEnded() + " ended");
        IO.println(statistics.timers() + " timers, " + statistics.ready() + " ready");
        IO.println(statistics.steps() > statistics.iterations());
        group.cancel();
    }));
}

// Output:
// 12 tasks created, 1 ended
// 10 timers, 0 ready
// true
