// What blocks, and what computes, out of the loop: docs/see/blocked-loops.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import java.util.stream.LongStream;

CountDownLatch ticked = new CountDownLatch(1);

String ask() throws InterruptedException {
    ticked.await(); // or JDBC, or any other call that blocks
    return "42";
}

long compute() {
    return LongStream.range(0, 1_000_000).sum();
}

void main() throws InterruptedException {
    run(() -> {
        createTask("ticker", () -> {
            sleep(ofMillis(10));
            IO.println("the loop goes on");
            ticked.countDown();
        });
        String answer = toThread(() -> ask());
        long sum = await(runInExecutor(() -> compute()));
        IO.println(answer + " " + sum);
    });
}

// Output:
// the loop goes on
// 42 499999500000
