import static io.asyncio4j.web.Parameter.query;

import io.asyncio4j.web.*;
import jakarta.validation.constraints.*;

@Get("/items/{id}")
int item(@Positive int id) {
    return id;
}

@Get("/search")
String search(
        @Size(min = 3, max = 20) @Pattern(regexp = "^[a-z ]+$") String text,
        @Min(1) @Max(100) @DefaultValue("10") int limit) {
    return text + ", at most " + limit;
}

@Get("/tags")
List<String> tags(@Size(max = 2) @QueryParam("tag") List<@Size(min = 2) String> tags) {
    return tags;
}

@Get("/optional")
int optional(Optional<@Max(10) Integer> count) {
    return count.orElse(0);
}

record Account(
        @NotBlank @Size(max = 12) String name,
        @Email String email,
        @DecimalMin("0.5") double balance) {}

@Post("/accounts")
Account open(Account account) {
    return account;
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.get(
            "/area",
            query("width", int.class).min(1).max(100),
            query("unit", String.class).size(1, 2).orElse("m"),
            (width, unit) -> width * width + " " + unit);
    app.serve(8000);
}
