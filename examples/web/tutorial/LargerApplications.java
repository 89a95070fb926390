import io.asyncio4j.web.*;
import shop.Items;
import shop.Stock;

void main() {
    Router shop = Router.create();
    shop.routes(new Items());
    shop.include("/stock", Stock.router());

    WebApp admin = WebApp.create(WebOptions.defaults().title("Administration"));
    admin.get("/", _ -> "only for administrators");

    WebApp app = WebApp.create();
    app.include("/shop", shop);
    app.mount("/admin", admin);
    app.mount("/source", StaticFiles.of(Path.of("examples/web/tutorial")));
    app.get("/where", _ -> app.urlFor("item", Map.of("number", 1)));
    app.serve(8000);
}
