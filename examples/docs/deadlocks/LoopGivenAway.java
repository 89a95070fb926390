// A program that has got hold of its loop, and says that no thread will use it: docs/see/deadlocks.md.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.sync.Queue;

void main() {
    var options = RunnerOptions.defaults().throwDeadlocks(true);
    try (var runner = new Runner(options)) {
        runner.run(() -> {
            IO.println(runningLoop().isDebug());
            new Queue<String>("jobs").get();
        });
    } catch (DeadlockException e) {
        IO.println(e.tasks().getFirst().awaited());
    }
}

// Output:
// false
// queue 'jobs', empty
