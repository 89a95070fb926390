// One task at a time: the README's second block.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

int visitors = 0;

void visit() {
    visitors++; // no other task runs between two awaits
    sleep(ofMillis(100));
}

void main() {
    run(() -> {
        taskGroup(tg -> {
            for (int i = 0; i < 100_000; i++) {
                tg.createTask(() -> visit());
            }
        });
    });
    IO.println(visitors);
}

// Output:
// 100000
