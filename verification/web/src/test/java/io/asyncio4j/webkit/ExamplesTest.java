package io.asyncio4j.webkit;

import static io.asyncio4j.web.Parameter.body;
import static io.asyncio4j.web.Parameter.cookie;
import static io.asyncio4j.web.Parameter.form;
import static io.asyncio4j.web.Parameter.header;
import static io.asyncio4j.web.Parameter.path;
import static io.asyncio4j.web.Parameter.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.Body;
import io.asyncio4j.web.CookieParam;
import io.asyncio4j.web.DefaultValue;
import io.asyncio4j.web.Example;
import io.asyncio4j.web.FormParam;
import io.asyncio4j.web.Get;
import io.asyncio4j.web.HeaderParam;
import io.asyncio4j.web.Post;
import io.asyncio4j.web.QueryParam;
import io.asyncio4j.web.WebApp;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Examples stand where FastAPI's document has them, and the document is valid. The application in
/// Python is `examples/app.py`, beside its document.
final class ExamplesTest {
    private static final JsonMapper JSON = new JsonMapper();

    record Width(int width) {}

    @Example("""
        {"name": "Green tea", "price": 3.5}\
        """)
    record Item(
            @Size(min = 1) @Example("Green tea") @Example("Nuts")
            String name,

            @Positive @Example("3.5") double price,
            @Example("new") Optional<String> note,
            @Example("2026-01-31") Optional<LocalDate> since,
            @DefaultValue({}) @Example("[\"hot\"]") List<String> tags,
            @Example("{\"width\": 3}") Optional<Width> size) {}

    record Filter(@DefaultValue("10") @Example("10") int limit) {}

    static final class Annotated {
        @Get("/items/{id}")
        void read(
                @Example("5") int id,
                @Example("tea") @Example("nuts") @Example(name = "one", summary = "One word", value = "tea")
                        Optional<String> q,
                @HeaderParam @DefaultValue("sunday") @Example("monday") String xDay,
                @QueryParam @Example("[1, 2]") Optional<List<Integer>> numbers,
                @CookieParam @DefaultValue("") @Example("k") String key) {}

        @Post("/items")
        void create(
                @Example("{\"name\": \"a\", \"price\": 1}")
                        @Example(name = "normal", summary = "As usual", value = "{\"name\": \"Nuts\", \"price\": 2}")
                        @Example(
                                name = "wrong",
                                summary = "Refused",
                                value = "{\"name\": \"Nuts\", \"price\": \"much\"}")
                        Item item) {}

        @Post("/two")
        void two(@Example("{\"name\": \"a\", \"price\": 1}") Item item, @Body @Example("1") int n) {}

        @Post("/form")
        void form(@FormParam @Example("1") int n) {}

        @Get("/filtered")
        void filtered(@QueryParam Filter filter) {}
    }

    @Test
    void annotatedOnesStandWhereFastApiHasThem() throws IOException {
        WebApp app = WebApp.create();
        app.routes(new Annotated());

        assertThat(examples(document(app))).isEqualTo(examples(fastApi()));
    }

    @Test
    void thoseOfFunctionsStandWhereFastApiHasThem() throws IOException {
        WebApp app = WebApp.create();
        app.get(
                "/items/{id}",
                path("id", int.class).example(5),
                query("q", String.class)
                        .example("tea")
                        .example("nuts")
                        .example("one", "One word", "tea")
                        .optional(),
                header("x-day", String.class).orElse("sunday").example("monday"),
                query("numbers", int.class).list().example(List.of(1, 2)).optional(),
                cookie("key", String.class).orElse("").example("k"),
                (id, q, day, numbers, key) -> null);
        app.post("/form", form("n", int.class).example(1), n -> null);

        Map<String, JsonNode> theirs = examples(fastApi());
        theirs.keySet()
                .removeIf(place -> !place.startsWith("/paths/~1items~1{id}") && !place.startsWith("/paths/~1form"));
        assertThat(theirs).hasSize(7);
        assertThat(examples(document(app))).isEqualTo(theirs);
    }

    @Test
    void thoseOfBodiesAreGivenAsTheirType() {
        WebApp app = WebApp.create();
        Small tea = new Small("Tea", 1);
        app.post("/one", body(Small.class).example(tea).example("usual", "As usual", tea), small -> null);
        app.post("/two", body(Small.class).example(tea), body(int.class).example(1), (small, n) -> null);

        JsonNode json = JSON.readTree("{\"name\": \"Tea\", \"price\": 1}");
        String content = "/requestBody/content/application~1json";
        assertThat(examples(document(app)))
                .isEqualTo(Map.of(
                        "/paths/~1one/post" + content + "/schema/examples",
                                JSON.createArrayNode().add(json),
                        "/paths/~1one/post" + content + "/examples",
                                JSON.readTree("{\"usual\": {\"summary\": \"As usual\", \"value\": " + json + "}}"),
                        "/paths/~1two/post" + content + "/schema/properties/small/examples",
                                JSON.createArrayNode().add(json),
                        "/paths/~1two/post" + content + "/schema/properties/int/examples", JSON.readTree("[1]")));
    }

    record Small(String name, int price) {}

    private static JsonNode document(WebApp app) {
        String text = JSON.writeValueAsString(app.openApi());
        assertThat(new DocumentJudge().faults(text)).isEmpty();
        return JSON.readTree(text);
    }

    private static JsonNode fastApi() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ExamplesTest.class.getResourceAsStream("/examples/fastapi.json"))) {
            return JSON.readTree(in);
        }
    }

    // ------------------------------------------------------------------ where they stand

    /// Returns all examples of the operations by their place, with what a reference leads to in the
    /// place of the reference. Parameters go by their name.
    private static Map<String, JsonNode> examples(JsonNode document) {
        Map<String, JsonNode> found = new TreeMap<>();
        collect(document, document.path("paths"), "/paths", found);
        return found;
    }

    private static void collect(JsonNode document, JsonNode node, String place, Map<String, JsonNode> found) {
        String reference = node.path("$ref").asString("");
        if (!reference.isEmpty()) {
            boolean made = reference.contains("/Body_"); // by FastAPI, for several parts
            collect(document, document.at(reference.substring(1)), place + (made ? "" : "/referred"), found);
        }
        node.properties().forEach(member -> {
            String at = place + "/" + member.getKey().replace("/", "~1");
            if (member.getKey().equals("examples")) {
                found.put(at, member.getValue());
            } else if (!member.getKey().equals("responses")) {
                collect(document, member.getValue(), at, found);
            }
        });
        if (node.isArray()) {
            for (JsonNode item : node) {
                collect(document, item, place + "/" + item.path("name").asString("item"), found);
            }
        }
    }
}
