// Work that a cancellation of its caller does not reach: docs/waiting.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;

void save() {
    sleep(ofMillis(200));
    IO.println("saved");
}

void request(Task<Void> saving) {
    try {
        await(shield(saving));
    } catch (CancelledError cancelled) {
        IO.println("the request was cancelled, the saving was not");
        throw cancelled;
    }
}

void main() {
    run(() -> {
        var saving = createTask("save", () -> save());
        var request = createTask("request", () -> request(saving));
        sleep(ofMillis(50));
        request.cancel();
        await(saving); // somebody has to wait for it: the end of run cancels what is left
    });
}

// Output:
// the request was cancelled, the saving was not
// saved
