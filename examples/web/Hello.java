import io.asyncio4j.web.WebApp;
import java.io.IOException;
import java.util.Map;

/// The smallest application: `curl http://127.0.0.1:8000/hello`.
void main() throws IOException {
    WebApp app = WebApp.create();
    app.get("/hello", _ -> "hello");
    app.get("/items/{id}", request -> Map.of("id", request.pathParam("id")));
    app.serve(8000);
}
