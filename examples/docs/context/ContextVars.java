// Each task sees its own values of context variables.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;

import io.asyncio4j.ContextVar;

static final ContextVar<String> USER = new ContextVar<>("user", "nobody");

void handle(String user) {
    USER.set(user);
    sleep(ZERO); // other tasks set theirs
    log("working");
    toThread(() -> log("in a thread"));
}

void log(String what) {
    IO.println(USER.get() + ": " + what);
}

void main() {
    run(() -> {
        taskGroup(tg -> {
            tg.createTask(() -> handle("Ada"));
        });
        log("after the group");
    });
}

// Output:
// Ada: working
// Ada: in a thread
// nobody: after the group
