// Many things in flight: docs/task-groups.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

String fetch(String what, int seconds) {
    sleep(ofSeconds(seconds)); // stands for a request; other tasks run meanwhile
    IO.println("got " + what);
    return what;
}

void main() {
    String page = run(() -> taskGroup(tg -> {
        var user = tg.createTask(() -> fetch("user", 2));
        var news = tg.createTask(() -> fetch("news", 1));
        return await(user) + " and " + await(news); // after two seconds, not three
    }));
    IO.println(page);
}

// Output:
// got news
// got user
// user and news
