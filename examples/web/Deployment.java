import static io.asyncio4j.Asyncio.seconds;

import io.asyncio4j.web.*;

/// A service behind a proxy: on a Unix socket, whose path is the argument, or on port 8000.
void main(String[] args) {
    WebApp app = WebApp.create();
    app.get("/health", _ -> "ok").hidden();
    app.get("/where", request -> request.client() + " asks for " + request.url());

    ServeOptions options = ServeOptions.defaults().shutdownTimeout(seconds(20));
    if (args.length == 1) {
        app.serve(options.unixSocket(Path.of(args[0])).proxyHeaders("unix:"));
    } else {
        app.serve(options.host("0.0.0.0").port(8000).proxyHeaders("127.0.0.1"));
    }
}
