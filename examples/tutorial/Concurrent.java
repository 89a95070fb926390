// The tasks of a group run concurrently: the group takes as long as its longest task, 2 s.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

void task(int seconds) {
    IO.println("start " + seconds);
    sleep(ofSeconds(seconds));
    IO.println("end " + seconds);
}

void main() {
    run(() -> {
        long start = runningLoop().time();
        taskGroup(tg -> {
            tg.createTask(() -> task(1));
            tg.createTask(() -> task(2));
        });
        IO.println("%.0f s".formatted((runningLoop().time() - start) / 1e9));
    });
}
