import io.asyncio4j.web.*;

record Greeting(String message) {}

@Get("/")
Greeting greet() {
    return new Greeting("Hello");
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.get("/ping", _ -> "pong");
    app.serve(8000);
}
