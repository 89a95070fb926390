import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.web.*;

/// The object that all requests share: here, a price list that is loaded again every minute.
static final class Prices {
    int loaded;

    void load() {
        sleep(seconds(0.01)); // from another service
        loaded++;
    }

    void reload() {
        while (true) {
            sleep(seconds(60));
            load();
        }
    }
}

@Get("/")
String times(Prices prices) {
    return "loaded " + prices.loaded + " time";
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.lifespan(serving -> {
        Prices prices = new Prices();
        prices.load();
        app.share(Prices.class, prices);
        taskGroup(tasks -> {
            var reload = tasks.createTask("reload", () -> prices.reload());
            serving.run();
            reload.cancel();
        });
        IO.println("closed");
    });
    app.serve(8000);
}
