// A task that waits lets the others run: bbb starts while aaa sleeps, and ends before it.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

void task(String who, int seconds) {
    IO.println("开始 " + who);
    sleep(ofSeconds(seconds));
    IO.println("结束 " + who);
}

void main() {
    run(() -> {
        long start = runningLoop().time();
        taskGroup(tg -> {
            tg.createTask(() -> task("aaa", 2));
            tg.createTask(() -> task("bbb", 1));
        });
        IO.println("%.0f s".formatted((runningLoop().time() - start) / 1e9));
    });
}
