import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.Generator;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Held;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Semaphore;
import java.util.List;

class AsyncioLockAcrossYieldCases {
    final Lock lock = new Lock();
    final Semaphore semaphore = new Semaphore(2);
    final Condition condition = new Condition();

    Generator<Integer> aLockIsHeld() {
        return new Generator<>(out -> {
            try (var _ = lock.acquire()) {
                // finds: This generator holds a lock until somebody asks for the next value, which may be never. Take
                // what
                //   you need under the lock, and yield it after the lock's block.
                out.yield(1);
            }
        });
    }

    Generator<Integer> aLockIsHeldAroundALoop(List<Integer> numbers) {
        return new Generator<>(out -> {
            try (Held held = lock.acquire()) {
                for (int number : numbers) {
                    if (number > 0) {
                        // finds: This generator holds a lock until somebody asks for the next value, which may be
                        // never.
                        //   Take what you need under the lock, and yield it after the lock's block.
                        out.yield(number);
                    }
                }
                IO.println(held);
            }
        });
    }

    Generator<Integer> aSemaphoreIsHeld() {
        return new Generator<>(out -> {
            try (var _ = semaphore.acquire()) {
                // finds: This generator holds a lock until somebody asks for the next value, which may be never. Take
                // what
                //   you need under the lock, and yield it after the lock's block.
                out.yield(1);
            } finally {
                out.yield(2);
            }
        });
    }

    Generator<Integer> aConditionIsHeld() {
        return new Generator<>(out -> {
            try (var _ = condition.acquire()) {
                condition.await();
                // finds: This generator holds a lock until somebody asks for the next value, which may be never. Take
                // what
                //   you need under the lock, and yield it after the lock's block.
                out.yield(1);
            }
        });
    }

    Generator<Integer> aMonitorIsHeld() {
        return new Generator<>(out -> {
            synchronized (this) {
                // finds: This generator holds a monitor until somebody asks for the next value, which may be never.
                // Take
                //   what you need under the lock, and yield it after the lock's block.
                out.yield(1);
            }
        });
    }

    Generator<Integer> aLockIsHeldAroundATimeout() {
        return new Generator<>(out -> {
            try (var _ = lock.acquire()) {
                timeout(ofSeconds(1), () -> {
                    // finds: This generator holds a lock until somebody asks for the next value, which may be never.
                    // Take
                    //   what you need under the lock, and yield it after the lock's block.
                    out.yield(1);
                });
            }
        });
    }

    void aMethodOfAGenerator(Generator.Output<Integer> out) {
        try (var _ = lock.acquire()) {
            // finds: This generator holds a lock until somebody asks for the next value, which may be never. Take what
            // you
            //   need under the lock, and yield it after the lock's block.
            out.yield(1);
        }
    }

    Generator<Integer> yieldedAfterTheLock(List<Integer> numbers) {
        return new Generator<>(out -> {
            List<Integer> copy;
            try (var _ = lock.acquire()) {
                copy = List.copyOf(numbers);
            }
            for (int number : copy) {
                out.yield(number);
            }
        });
    }

    Generator<Integer> anotherResource(List<Integer> numbers) {
        return new Generator<>(out -> {
            try (var stream = numbers.stream()) {
                out.yield(stream.findFirst().get());
            }
        });
    }

    void aLockIsHeldWhereTheGeneratorIsMade() {
        try (var _ = lock.acquire()) {
            for (int number : new Generator<Integer>(out -> {
                out.yield(1);
            })) {
                IO.println(number);
            }
        }
    }

    Generator<Integer> anotherTaskHoldsIt() {
        return new Generator<>(out -> {
            try (var _ = lock.acquire()) {
                var task = createTask(() -> {
                    out.yield(1);
                });
                IO.println(task);
            }
        });
    }
}
