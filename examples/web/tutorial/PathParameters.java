import com.fasterxml.jackson.annotation.JsonProperty;
import io.asyncio4j.web.*;

record Item(int id, String name) {}

@Get("/items/{id}")
Item item(int id) {
    return new Item(id, "item " + id);
}

@Get("/users/me")
String me() {
    return "the current user";
}

@Get("/users/{name}")
String user(String name) {
    return name;
}

enum Size {
    @JsonProperty("s")
    SMALL,
    @JsonProperty("l")
    LARGE
}

@Get("/sizes/{size}")
int width(Size size) {
    return size == Size.SMALL ? 30 : 60;
}

@Get("/files/{file:path}")
String file(String file) {
    return file;
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
