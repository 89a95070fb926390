// A thread outside the loop hands a coroutine in and waits for the result.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.EventLoop;

String answer(String question) {
    sleep(ofMillis(10));
    return question + " Yes.";
}

String askFromOutside(EventLoop loop) {
    var answer = runCoroutineThreadsafe(() -> answer("Is it safe?"), loop);
    return answer.join(); // blocks this thread, not the loop
}

void main() {
    run(() -> {
        var loop = runningLoop();
        IO.println(toThread(() -> askFromOutside(loop)));
    });
}

// Output:
// Is it safe? Yes.
