// In debug mode, what has no name shows where it was created: docs/see/deadlocks.md.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.sync.Event;

void main() {
    var options = RunnerOptions.defaults().debug(true);
    try (var runner = new Runner(options)) {
        runner.run(() -> {
            var ready = createFuture();
            createTask(() -> new Event("configured").await());
            ready.await();
        });
    } catch (DeadlockException e) {
        IO.println(e.getMessage());
    }
}

// Output:
// Deadlock: nothing can ever wake this event loop. 2 tasks wait, and nobody is left to end that:
//   Task 'Task-1' waits for a future created at PlaceOfCreation.lambda$main$0(PlaceOfCreation.java:14)
//       at PlaceOfCreation.lambda$main$0(PlaceOfCreation.java:16)
//       created at PlaceOfCreation.main(PlaceOfCreation.java:13)
//   Task 'Task-2' waits for event 'configured', not set
//       at PlaceOfCreation.lambda$main$1(PlaceOfCreation.java:15)
//       created at PlaceOfCreation.lambda$main$0(PlaceOfCreation.java:15)
