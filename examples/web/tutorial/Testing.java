import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.*;

record Item(int id, String name) {}

interface Database {
    Item find(int id);
}

@Get("/items/{id}")
Item item(int id, Database database) {
    return database.find(id);
}

@Get("/report")
String report() {
    sleep(seconds(3600));
    return "done";
}

WebApp shop() {
    WebApp app = WebApp.create();
    app.provide(Database.class, _ -> id -> new Item(id, "from the real database"));
    app.routes(this);
    return app;
}

void main() {
    WebApp app = shop();
    app.override(Database.class, _ -> id -> new Item(id, "tea"));
    try (TestClient client = TestClient.of(app)) {
        TestResponse answer = client.get("/items/7").send();
        check(answer.status() == 200);
        check(answer.json(Item.class).equals(new Item(7, "tea")));

        check(client.get("/items/seven").send().status() == 422);

        check(client.get("/report").send().json().equals("done"));
    }
}

int checks;

void check(boolean holds) {
    if (!holds) {
        throw new AssertionError();
    }
    IO.println("check " + ++checks + " holds");
}
