import io.asyncio4j.web.WebApp;
import java.io.IOException;
import java.util.Map;

/// The smallest application: `curl http://127.0.0.1:8000/items/5`. The port may be an argument.
void main(String[] args) throws IOException {
    WebApp app = WebApp.create();
    app.get("/hello", _ -> "hello");
    app.get("/items/{id}", request -> Map.of("id", request.pathParam("id")));
    app.serve(args.length == 0 ? 8000 : Integer.parseInt(args[0]));
}
