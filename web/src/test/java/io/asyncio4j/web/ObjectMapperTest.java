package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.testing.TestClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The mapper that an application's JSON is made with.
final class ObjectMapperTest {
    record Point(int pointX) {}

    private static final WebOptions SNAKES = WebOptions.defaults()
            .objectMapper(JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build());

    private static WebApp app(WebOptions options) {
        WebApp app = WebApp.create(options);
        app.get("/point", _ -> new Point(1));
        app.get("/response", _ -> Response.json(new Point(2)));
        return app;
    }

    private static String get(WebApp app, String path) {
        try (TestClient client = TestClient.of(app)) {
            return client.get(path).send().text();
        }
    }

    @Test
    void resultsAndResponsesAreWrittenByIt() {
        assertThat(get(app(SNAKES), "/point")).isEqualTo("{\"point_x\":1}");
        assertThat(get(app(SNAKES), "/response")).isEqualTo("{\"point_x\":2}");
    }

    @Test
    void withoutOneTheLibraryHasItsOwn() {
        assertThat(get(app(WebOptions.defaults()), "/point")).isEqualTo("{\"pointX\":1}");
        assertThat(WebOptions.defaults().objectMapper()).isNull();
    }

    @Test
    void aMountedApplicationHasThatOfTheOuterOneOrItsOwn() {
        WebApp outer = WebApp.create(SNAKES);
        outer.mount("/inner", app(WebOptions.defaults()));
        outer.mount(
                "/own",
                app(WebOptions.defaults().objectMapper(JsonMapper.builder().build())));
        assertThat(get(outer, "/inner/point")).isEqualTo("{\"point_x\":1}");
        assertThat(get(outer, "/own/point")).isEqualTo("{\"pointX\":1}");
    }
}
