package shop;

import io.asyncio4j.web.Get;
import io.asyncio4j.web.Prefix;
import io.asyncio4j.web.Tags;
import java.util.List;

/// The items of the shop.
@Prefix("/items")
@Tags("items")
public final class Items {
    @Get("")
    List<String> all() {
        return List.of("tea", "nuts");
    }

    @Get("/{number}")
    String item(int number) {
        return all().get(number);
    }
}
