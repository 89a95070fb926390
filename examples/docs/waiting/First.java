// The first of several, and each as it comes: docs/waiting.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.ReturnWhen;

String ask(String mirror, int millis) {
    sleep(ofMillis(millis));
    return "answer of " + mirror;
}

void main() {
    run(() -> {
        var near = createTask("near", () -> ask("near", 50));
        var far = createTask("far", () -> ask("far", 60_000));
        var answers = waitAll(List.of(near, far), ofSeconds(10), ReturnWhen.FIRST_COMPLETED);
        answers.done().forEach(answer -> IO.println(await(answer)));
        answers.pending().forEach(late -> late.cancel()); // waitAll itself cancels nothing

        var slow = createTask("slow", () -> ask("slow", 300));
        var fast = createTask("fast", () -> ask("fast", 50));
        for (var next : asCompleted(List.of(slow, fast), ofSeconds(10))) {
            IO.println(next == fast ? "fast first" : "then slow");
            IO.println(await(next));
        }
    });
}

// Output:
// answer of near
// fast first
// answer of fast
// then slow
// answer of slow
