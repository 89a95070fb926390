import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.asyncio4j.web.*;
import jakarta.validation.constraints.*;

record Image(String url, @Positive int width) {}

record Item(
        String name,
        List<Image> images,
        @DefaultValue({}) List<String> tags,
        Map<String, @PositiveOrZero Integer> stock) {}

@Post("/items")
Item create(Item item) {
    return item;
}

@Post("/images")
int widest(List<Image> images) {
    return images.stream().mapToInt(Image::width).max().orElse(0);
}

@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
sealed interface Payment {}

@JsonTypeName("card")
record Card(@Pattern(regexp = "^\\d{8}$") String number) implements Payment {}

@JsonTypeName("cash")
record Cash(String currency) implements Payment {}

@Post("/payments")
String pay(Payment payment) {
    return switch (payment) {
        case Card card -> "card ending in " + card.number().substring(4);
        case Cash cash -> "cash, in " + cash.currency();
    };
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
