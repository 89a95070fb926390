// The three kinds of awaitables.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.Coroutine;
import io.asyncio4j.Future;
import io.asyncio4j.Task;

String greet(String whom) {
    sleep(ofMillis(10));
    return "hello " + whom;
}

void main() {
    run(() -> {
        Coroutine<String> coroutine = () -> greet("coroutine");
        IO.println(await(coroutine));

        Task<String> task = createTask(() -> greet("task"));
        IO.println(await(task));

        Future<String> future = createFuture();
        runningLoop().callLater(ofMillis(10), () -> future.setResult("hello future"));
        IO.println(await(future));
    });
}

// Output:
// hello coroutine
// hello task
// hello future
