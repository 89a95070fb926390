// Several results at once: docs/waiting.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.Outcome;

String fetch(String what, int millis) throws IOException {
    sleep(ofMillis(millis)); // stands for a request
    if (what.equals("weather")) {
        throw new IOException("no forecast today");
    }
    return what;
}

void main() {
    run(() -> {
        List<String> pages = await(gather(() -> fetch("news", 200), () -> fetch("mail", 100)));
        IO.println(pages); // in the order given, whoever was first

        for (Outcome<String> page : await(gatherOutcomes(() -> fetch("news", 1), () -> fetch("weather", 1)))) {
            IO.println(page.isFailure() ? "failed: " + page.exception().getMessage() : page.value());
        }
    });
}

// Output:
// [news, mail]
// news
// failed: no forecast today
