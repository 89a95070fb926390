package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.seconds;

import io.asyncio4j.web.Response;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;

/// The program. Its arguments are a port and the JDBC URL of a database; both have a default.
final class Burgers {
    private static final int PLACES = 200;
    private static final String IN_MEMORY = "jdbc:h2:mem:burgers;MODE=PostgreSQL";
    private static final Logger LOG = System.getLogger(Burgers.class.getName());

    private Burgers() {}

    static void main(String... args) throws SQLException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8000;
        String url = args.length > 1 ? args[1] : System.getenv().getOrDefault("BURGERS_DATABASE", IN_MEMORY);
        Kitchen kitchen = new Kitchen(seconds(1), PLACES, Runtime.getRuntime().availableProcessors());
        try (StoredOrders orders = new StoredOrders(url)) {
            IO.println("The shop is open at http://127.0.0.1:" + port + "/ and its API at http://127.0.0.1:" + port
                    + "/docs. Ctrl-C closes it.");
            app(new Shop(orders, kitchen, new Board()))
                    .serve(ServeOptions.defaults().port(port).accessLog(false).shutdownTimeout(seconds(2)));
        }
    }

    static WebApp app(Shop shop) {
        String page = page();
        WebApp app = WebApp.create(WebOptions.defaults()
                .title("Burger shop")
                .description("Concurrent and parallel burgers, side by side."));
        app.get("/", _ -> Response.html(page)).hidden();
        app.routes(shop);
        app.onError(SQLException.class, (request, failure) -> {
            LOG.log(Level.ERROR, request + " needs the database", failure);
            return Response.json(Map.of("detail", "The database is down")).status(503);
        });
        return app;
    }

    private static String page() {
        try (InputStream file = Burgers.class.getResourceAsStream("burgers.html")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
