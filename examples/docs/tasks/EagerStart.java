// Eager and ordinary start.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.TaskOptions;
import java.time.Duration;

void main() {
    run(() -> {
        createTask("later", () -> IO.println(currentTask().name()));
        createTask(
                TaskOptions.named("now").eagerStart(true),
                () -> IO.println(currentTask().name()));
        IO.println("both created");
        sleep(Duration.ZERO); // lets everything that is ready run once
    });
}

// Output:
// now
// both created
// later
