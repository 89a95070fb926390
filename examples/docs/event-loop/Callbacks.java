// The order of callbacks and timers.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

void main() {
    run(() -> {
        var loop = runningLoop();
        loop.callSoon(() -> {
            IO.println("first");
            loop.callSoon(() -> IO.println("third: the iteration after"));
        });
        loop.callSoon(() -> IO.println("second"));
        loop.callSoon(() -> IO.println("never")).cancel();
        loop.callLater(ofSeconds(2), () -> IO.println("timer, 2 s"));
        loop.callLater(ofSeconds(1), () -> IO.println("timer, 1 s"));
        IO.println("the task goes on until it waits");
        sleep(ofSeconds(3));
    });
}

// Output:
// the task goes on until it waits
// first
// second
// third: the iteration after
// timer, 1 s
// timer, 2 s
