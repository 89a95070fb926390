// Signals that a program handles: docs/subprocess.md.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.streams.*;
import io.asyncio4j.sync.Event;

void main() throws Exception {
    run(() -> {
        var reloaded = new Event();
        try (var _ = Signals.on("HUP", () -> reloaded.set())) {
            send("HUP");
            reloaded.await();
            IO.println("read the configuration again");
        }

        var ending = createTask(() -> Signals.await("TERM", "INT"));
        var sending = createTask(() -> send("TERM"));
        IO.println("ended by " + await(ending));
        await(sending);
    });
}

/// Sends a signal to this very program, as an administrator would.
void send(String signal) throws Exception {
    String me = Long.toString(ProcessHandle.current().pid());
    Subprocess.exec("kill", "-s", signal, me).waitFor();
}

// Output:
// read the configuration again
// ended by TERM
