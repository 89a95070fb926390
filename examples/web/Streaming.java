import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;

import io.asyncio4j.Generator;
import io.asyncio4j.web.Request;
import io.asyncio4j.web.Response;
import io.asyncio4j.web.ServerSentEvent;
import io.asyncio4j.web.WebApp;

/// Answers and bodies that come piece by piece. The port may be an argument.
Response countdown(Request request) {
    Generator<byte[]> pieces = new Generator<>(out -> {
        for (int i = 3; i > 0; i--) {
            out.yield((i + "\n").getBytes(StandardCharsets.UTF_8));
            sleep(seconds(0.1));
        }
    });
    return Response.stream(pieces).type("text/plain; charset=utf-8");
}

record Item(int id, String name) {}

Generator<Item> items(Request request) {
    return new Generator<>(out -> {
        for (int id = 1; id <= 3; id++) {
            out.yield(new Item(id, "item " + id)); // one row of a database after the other, say
        }
    });
}

Generator<ServerSentEvent> ticks(Request request) {
    String last = request.headers().get("last-event-id");
    int first = last == null ? 1 : Integer.parseInt(last) + 1;
    return new Generator<>(out -> {
        try {
            for (int tick = first; ; tick++) {
                out.yield(ServerSentEvent.of("tick " + tick).event("tick").id("" + tick));
                sleep(seconds(0.1));
            }
        } finally {
            IO.println("the client has left");
        }
    });
}

Map<String, Object> upload(Request request) throws IOException {
    Path file = Files.createTempFile("upload", null);
    try (OutputStream out = Files.newOutputStream(file)) {
        for (byte[] piece : request.stream()) {
            toThread(() -> out.write(piece)); // a disk may take its time
        }
        return Map.of("bytes", Files.size(file));
    } finally {
        Files.delete(file);
    }
}

void main(String[] args) throws IOException {
    WebApp app = WebApp.create();
    app.get("/countdown", this::countdown);
    app.get("/items", this::items);
    app.get("/ticks", this::ticks);
    app.post("/upload", this::upload);
    app.get("/source", _ -> Path.of("examples/web/Streaming.java"));
    app.serve(args.length == 0 ? 8000 : Integer.parseInt(args[0]));
}
