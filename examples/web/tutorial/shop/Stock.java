package shop;

import static io.asyncio4j.web.Parameter.path;

import io.asyncio4j.web.Router;

/// The stock of each item, in functional form.
public final class Stock {
    private Stock() {}

    public static Router router() {
        Router router = Router.create();
        router.get("/", _ -> 17);
        router.get("/{number}", path("number", int.class), number -> 10 - number);
        return router;
    }
}
