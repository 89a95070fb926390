// Awaiting a coroutine runs it in place, so two of them run one after the other: 1 s + 2 s = 3 s.

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
        task(1); // awaits the coroutine, as await(() -> task(1)) would
        task(2);
        IO.println("%.0f s".formatted((runningLoop().time() - start) / 1e9));
    });
}
