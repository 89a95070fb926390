// The imports to copy: docs/learn/tutorial.md. The program uses what the JDK has by the same name.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.*;

import io.asyncio4j.*;
import io.asyncio4j.Future;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.*;
import io.asyncio4j.sync.*;
import io.asyncio4j.sync.BrokenBarrierException;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.PriorityQueue;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.sync.Semaphore;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.locks.*;

void main() {
    run(() -> {
        Future<String> reply = createFuture("reply");
        var things = List.of(
                new Queue<String>("words"),
                new PriorityQueue<Integer>("numbers"),
                new Lock("door"),
                new Condition("change"),
                new Semaphore("places", 2));
        things.forEach(IO::println);
        try {
            waitFor(reply, ofMillis(10));
        } catch (TimeoutException late) {
            IO.println(late.getClass().getName());
        }
        var barrier = new Barrier(2);
        barrier.abort();
        try {
            barrier.await();
        } catch (BrokenBarrierException broken) {
            IO.println(broken.getClass().getName());
        }
    });
}

// Output:
// Queue['words', 0 items]
// PriorityQueue['numbers', 0 items]
// Lock['door', unlocked]
// Condition['change', unlocked]
// Semaphore['places', 2 free]
// io.asyncio4j.TimeoutException
// io.asyncio4j.sync.BrokenBarrierException
