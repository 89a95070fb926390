import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.Generator;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.ServerSentEvent;
import io.asyncio4j.web.WebApp;

/// A server that says what happens when it ends: start it, ask for `/slow`, and press Ctrl-C. The
/// port may be an argument.
void main(String[] args) throws IOException {
    WebApp app = WebApp.create();
    app.get("/slow", _ -> {
        IO.println("working");
        sleep(seconds(1));
        return "done";
    });
    app.get(
            "/ticks",
            _ -> new Generator<ServerSentEvent>(out -> {
                try {
                    while (true) {
                        out.yield(ServerSentEvent.of("tick"));
                        sleep(seconds(0.1));
                    }
                } finally {
                    IO.println("ticks end");
                }
            }));
    app.lifespan(serving -> {
        IO.println("open what is needed");
        try {
            serving.run();
        } finally {
            IO.println("close it");
        }
    });
    app.serve(ServeOptions.defaults()
            .port(args.length == 0 ? 8000 : Integer.parseInt(args[0]))
            .shutdownTimeout(seconds(20)));
}
