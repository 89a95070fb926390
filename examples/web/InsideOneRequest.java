import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.Task;
import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// A path function can do several things at the same time.
///
/// Two queries of one and two seconds take three seconds one after the other, and two together.
String query(int seconds) {
    sleep(seconds(seconds));
    return "rows " + seconds;
}

@Get("/sequence")
List<String> sequence() {
    return List.of(query(1), query(2));
}

@Get("/gather")
List<String> together() {
    return await(gather(() -> query(1), () -> query(2)));
}

@Get("/group")
List<String> group() {
    return taskGroup(queries -> {
        Task<String> first = queries.createTask(() -> query(1));
        Task<String> second = queries.createTask(() -> query(2));
        return List.of(await(first), await(second));
    });
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            client.get("/").send(); // the first request loads classes, and takes longer
            for (String path : List.of("/sequence", "/gather", "/group")) {
                long start = runningLoop().time();
                String answer = client.get(path).send().text();
                long seconds =
                        Duration.ofNanos(runningLoop().time() - start).toSeconds();
                IO.println(path + ": " + answer + " after " + seconds + " s");
            }
        }
    });
}

// Output:
// /sequence: ["rows 1","rows 2"] after 3 s
// /gather: ["rows 1","rows 2"] after 2 s
// /group: ["rows 1","rows 2"] after 2 s
