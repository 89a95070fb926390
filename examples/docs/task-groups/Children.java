// Children add children: pages crawled with one task each.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.TaskGroup;

Map<String, List<String>> links = Map.of("/", List.of("a", "b"), "a", List.of("c"));

void crawl(TaskGroup tg, String page, List<String> seen) {
    sleep(ofMillis(10)); // stands for fetching the page
    seen.add(page);
    for (var link : links.getOrDefault(page, List.of())) {
        tg.createTask(() -> crawl(tg, link, seen));
    }
}

void main() {
    run(() -> {
        var seen = new ArrayList<String>();
        taskGroup(tg -> {
            tg.createTask(() -> crawl(tg, "/", seen));
        });
        IO.println(seen);
    });
}

// Output:
// [/, a, b, c]
