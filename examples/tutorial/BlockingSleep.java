// Thread.sleep blocks the loop, as time.sleep does in Python: 3 s, even in a task group.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

void task(int seconds) throws InterruptedException {
    IO.println("start " + seconds);
    Thread.sleep(ofSeconds(seconds)); // sleep(ofSeconds(seconds)) would let the other task run
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
