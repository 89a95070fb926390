// A task runs in the background from its creation on; awaiting it waits for its result.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

String task(int seconds) {
    IO.println("start " + seconds);
    sleep(ofSeconds(seconds));
    return "result of " + seconds;
}

void main() {
    run(() -> {
        long start = runningLoop().time();
        var taskA = createTask(() -> task(2));
        var taskB = createTask(() -> task(1));
        IO.println("created");
        IO.println(await(taskA));
        IO.println(await(taskB)); // has been done for a second
        IO.println("%.0f s".formatted((runningLoop().time() - start) / 1e9));
    });
}
