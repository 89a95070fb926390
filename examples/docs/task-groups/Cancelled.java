// The first of several to answer wins; the group ends early.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

String ask(String mirror, int millis) {
    sleep(ofMillis(millis));
    return "answer of " + mirror;
}

String first() {
    var answers = new ArrayList<String>();
    taskGroup(tg -> {
        for (var mirror : List.of("near", "far")) {
            tg.createTask(mirror, () -> {
                answers.add(ask(mirror, mirror.equals("near") ? 10 : 10_000));
                tg.cancel(); // neither an error nor a cancellation outside
            });
        }
    });
    return answers.getFirst();
}

void main() {
    IO.println(run(() -> first()));
}

// Output:
// answer of near
