import static io.asyncio4j.Asyncio.runningLoop;

import io.asyncio4j.web.*;

Response timed(Request request, Next next) throws Exception {
    long start = runningLoop().time();
    Response response = next.handle(request);
    return response.header("X-Nanoseconds", "" + (runningLoop().time() - start));
}

void main() {
    WebApp app = WebApp.create();
    app.get("/", _ -> "hello");
    app.around(this::timed);
    app.around((request, next) -> request.path().startsWith("/secret")
            ? Response.text("Not for you").status(403)
            : next.handle(request));
    app.around(Cors.create().origins("https://shop.example").methods("GET", "POST"));
    app.serve(8000);
}
