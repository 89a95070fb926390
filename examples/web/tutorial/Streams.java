import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.Generator;
import io.asyncio4j.web.*;

record Row(int number, String name) {}

@Get("/rows")
Generator<Row> rows(@DefaultValue("3") int count) {
    return new Generator<>(out -> {
        for (int number = 1; number <= count; number++) {
            out.yield(new Row(number, "row " + number));
        }
    });
}

@Get("/ticks")
Generator<ServerSentEvent> ticks(@HeaderParam Optional<Integer> lastEventId) {
    int first = lastEventId.orElse(0) + 1;
    return new Generator<>(out -> {
        for (int tick = first; tick <= 3; tick++) {
            out.yield(ServerSentEvent.of("tick " + tick).id("" + tick));
            sleep(seconds(0.1));
        }
    });
}

@Get("/csv")
Response csv() {
    Generator<byte[]> lines = new Generator<>(out -> {
        for (int number = 1; number <= 3; number++) {
            out.yield((number + ",row\n").getBytes(StandardCharsets.UTF_8));
        }
    });
    return Response.stream(lines).type("text/csv");
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
