// Who waits for whom: docs/see/debugging.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import io.asyncio4j.Task;

String query(String sql) {
    sleep(ofDays(1)); // an answer that does not come
    return sql;
}

String page(Task<String> user) {
    return await(user);
}

/// Without the library's own frames, whose line numbers are nobody's business here.
void show(Object text) {
    text.toString().lines().filter(line -> !line.contains("io.asyncio4j")).forEach(IO::println);
}

void main() {
    run(() -> {
        var user = createTask("user", () -> query("select name"));
        createTask("page", () -> page(user));
        createTask("backup", () -> await(gather(user, createFuture())));
        sleep(ofMillis(10));

        show(captureCallGraph(user)); // printCallGraph(user, System.out) prints it whole

        for (Task<?> task : allTasks()) {
            IO.println(task);
        }
    });
}

// Output:
// * Task['user', waiting for a sleep]
//   + Call stack:
//   |   WhoWaits.query(WhoWaits.java:10)
//   |   WhoWaits.lambda$main$1(WhoWaits.java:25)
//   + Awaited by:
//     * Task['page', waiting for task 'user']
//       + Call stack:
//       |   WhoWaits.page(WhoWaits.java:15)
//       |   WhoWaits.lambda$main$2(WhoWaits.java:26)
//     * Task['backup', waiting for a gather of 2]
//       + Call stack:
//       |   WhoWaits.lambda$main$3(WhoWaits.java:27)
// Task['Task-1', pending]
// Task['user', waiting for a sleep]
// Task['page', waiting for task 'user']
// Task['backup', waiting for a gather of 2]
