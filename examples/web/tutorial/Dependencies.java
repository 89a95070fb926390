import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.web.*;
import jakarta.validation.constraints.Max;

/// The page of a list that a client asks for.
record Page(int skip, int limit) {}

/// A connection to a database. It is returned to its pool by `close`.
record Database(String user, List<String> log) implements AutoCloseable {
    List<String> items() {
        sleep(seconds(0.01)); // a query; other requests run meanwhile
        log.add(user + " asks");
        return List.of("apple", "bread", "carrot");
    }

    @Override
    public void close() {
        log.add(user + " leaves");
    }
}

final List<String> log = new ArrayList<>();

@Provides
Page page(@DefaultValue("0") int skip, @Max(10) @DefaultValue("2") int limit) {
    return new Page(skip, limit);
}

@Provides
Database database(@HeaderParam("X-User") String user) {
    return new Database(user, log);
}

/// Needs a database itself.
record Shop(Database database) {}

@Provides
Shop shop(Database database) {
    return new Shop(database);
}

@Get("/items")
List<String> items(Page page, Database database) {
    return database.items().stream().skip(page.skip()).limit(page.limit()).toList();
}

@Get("/same")
boolean same(Shop shop, Database database) {
    return shop.database() == database;
}

void main() {
    WebApp app = WebApp.create();
    app.provide(this);
    app.routes(this);
    app.get("/log", _ -> log);
    app.serve(8000);
}
