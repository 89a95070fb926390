package io.asyncio4j.web;

import static io.asyncio4j.web.Parameter.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.web.testing.TestClient;
import io.asyncio4j.web.testing.TestResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Declarations that few write: they work, or are told at the start.
final class OddDeclarationsTest {
    private final WebApp app = WebApp.create();

    private static Object json(WebApp app, String path) {
        try (TestClient client = TestClient.of(app)) {
            TestResponse answer = client.get(path).send();
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer.json();
        }
    }

    private Object post(String path, Object body) {
        try (TestClient client = TestClient.of(app)) {
            return client.post(path).json(body).send().json();
        }
    }

    // ------------------------------------------------------------------ methods

    interface Named {
        @Get("/name/{id}")
        String name(int id);

        @Get("/twice/{id}")
        default String twice(int id) {
            return name(id) + name(id);
        }
    }

    static class Base {
        @Get("/base")
        String base() {
            return "base";
        }

        @Get("/changed")
        String changed() {
            return "before";
        }

        @Get("/moved")
        String moved() {
            return "before";
        }
    }

    static final class Below extends Base implements Named {
        @Override
        public String name(int id) {
            return "n" + id;
        }

        @Override
        String changed() {
            return "after";
        }

        @Override
        @Get("/moved/on")
        String moved() {
            return "after";
        }
    }

    @Test
    void pathFunctionsAreInherited() {
        app.routes(new Below());
        assertThat(json(app, "/base")).isEqualTo("base");
        assertThat(json(app, "/name/7")).isEqualTo("n7");
        assertThat(json(app, "/twice/7")).isEqualTo("n7n7");
    }

    @Test
    void whatOverridesAPathFunctionIsOne() {
        app.routes(new Below());
        assertThat(json(app, "/changed")).isEqualTo("after");
        assertThat(json(app, "/moved/on")).isEqualTo("after");
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/moved").send().status()).isEqualTo(404);
        }
    }

    abstract static class Crud<T> {
        @Get("/one")
        abstract T one();

        @Post("/one")
        abstract T create(T item);
    }

    static final class Items extends Crud<Size2> {
        @Override
        @Get("/one")
        Size2 one() {
            return new Size2(1, 2);
        }

        @Override
        @Post("/one")
        Size2 create(Size2 item) {
            return item;
        }
    }

    record Size2(int width, int height) {}

    @Test
    void aMethodOfAGenericClassIsDescribedByWhatOverridesIt() {
        app.routes(new Items());
        assertThat(json(app, "/one")).isEqualTo(Map.of("width", 1, "height", 2));
        assertThat(post("/one", Map.of("width", "3", "height", 4))).isEqualTo(Map.of("width", 3, "height", 4));
    }

    abstract static class Bare<T> {
        @Post("/one")
        T create(T item) {
            return item;
        }
    }

    @Test
    void aTypeThatIsNotKnownIsAMistake() {
        app.routes(new Bare<Size2>() {});
        assertThatThrownBy(app::openApi)
                .hasMessageContaining("Bare.create, parameter 'item': The type parameter T is not known here");
    }

    static final class Overloaded {
        @Get("/a")
        String read(int id) {
            return "int " + id;
        }

        @SuppressWarnings("UnusedMethod") // called by the application
        @Get("/b")
        private String read(String id) {
            return "text " + id;
        }

        @Get("/c")
        static String read() {
            return "nothing";
        }
    }

    @Test
    void overloadedPrivateAndStaticMethods() {
        app.routes(new Overloaded());
        assertThat(json(app, "/a?id=5")).isEqualTo("int 5");
        assertThat(json(app, "/b?id=5")).isEqualTo("text 5");
        assertThat(json(app, "/c")).isEqualTo("nothing");
    }

    @Test
    void anAnonymousObjectInAMethod() {
        String captured = "x";
        app.routes(new Object() {
            @SuppressWarnings("UnusedMethod") // called by the application
            @Get("/captured")
            String get(@DefaultValue("1") int times) {
                return captured.repeat(times);
            }
        });
        assertThat(json(app, "/captured?times=3")).isEqualTo("xxx");
    }

    // ------------------------------------------------------------------ types

    record Page<T>(
            List<@Positive T> items,
            Optional<T> best,
            @Size(max = 2) Map<Integer, List<T>> groups) {}

    record Box<T>(T inside) {}

    record Tree(@Max(9) int value, List<Tree> below) {}

    static final class Generic {
        @Post("/page")
        Page<Integer> page(Page<Integer> page) {
            return page;
        }

        @Post("/tree")
        Tree tree(Tree tree) {
            return tree;
        }

        @Post("/nested")
        Box<Page<Integer>> nested(Box<Page<Integer>> box) {
            return box;
        }
    }

    private String places(String path, Object body) {
        StringBuilder all = new StringBuilder();
        List<?> errors = (List<?>) ((Map<?, ?>) post(path, body)).get("detail");
        errors.forEach(error -> all.append(((Map<?, ?>) error).get("loc")));
        return all.toString();
    }

    @Test
    void constraintsHoldDeepInGenericAndRecursiveRecords() {
        app.routes(new Generic());
        Map<String, Object> page = Map.of("items", List.of(1, -1), "best", "x", "groups", Map.of("1", List.of("y")));
        assertThat(places("/page", page)).isEqualTo("[body, items, 1][body, best][body, groups, 1, 0]");
        assertThat(places("/nested", Map.of("inside", page)))
                .isEqualTo("[body, inside, items, 1][body, inside, best][body, inside, groups, 1, 0]");
        Map<String, Object> leaf = Map.of("value", 10, "below", List.of());
        assertThat(places("/tree", Map.of("value", 1, "below", List.of(leaf, leaf))))
                .isEqualTo("[body, below, 0, value][body, below, 1, value]");
    }

    record Odd(int number) {
        @SuppressWarnings("unused") // called by reflection
        public static Odd parse(String text) throws ParseException {
            int number = Integer.parseInt(text);
            if (number % 2 == 0) {
                throw new ParseException("even", 0);
            }
            return new Odd(number);
        }
    }

    static final class OddNumber {
        final int number;

        private OddNumber(int number) {
            this.number = number;
        }

        @SuppressWarnings("unused") // called by reflection
        public static OddNumber parse(String text) throws ParseException {
            return new OddNumber(Odd.parse(text).number);
        }
    }

    @Test
    void aClassThatIsParsedMayRefuseWithAParseException() {
        app.get("/odd", query("n", OddNumber.class), n -> n.number);
        assertThat(json(app, "/odd?n=3")).isEqualTo(3);
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/odd?n=2").send().text()).contains("\"msg\":\"Value error, even\"");
        }
    }

    static final class Misfits {
        @Get("/a/{ids}")
        int list(List<Integer> ids) {
            return ids.size();
        }

        @Get("/b")
        int map(@QueryParam Map<String, Integer> map) {
            return map.size();
        }

        @Get("/c")
        int records(@HeaderParam List<Size2> sizes) {
            return sizes.size();
        }

        @Get("/d/{size}")
        Size2 path(Size2 size) {
            return size;
        }

        @Post("/e")
        String file(@Body UploadFile file) {
            return file.name();
        }

        @Get("/f")
        String queried(@QueryParam UploadFile file) {
            return file.name();
        }

        @Get("/g")
        Set<Integer> fine(@QueryParam Set<Integer> set, @QueryParam Optional<Size2> size) {
            return set;
        }
    }

    @Test
    void typesThatNoTextIsOfAreMistakes() {
        app.routes(new Misfits());
        assertThatThrownBy(app::openApi)
                .hasMessageStartingWith("The application cannot start, for 6 reasons:")
                .hasMessageContaining("Misfits.list, parameter 'ids': A parameter of the path is one text")
                .hasMessageContaining("Misfits.map, parameter 'map': Its values are texts, of which none is a Map")
                .hasMessageContaining("Misfits.records, parameter 'sizes': Its values are texts")
                .hasMessageContaining("Misfits.path, parameter 'size': Its values are texts, of which none is a Size2")
                .hasMessageContaining("Misfits.file, parameter 'file': A JSON body has no files")
                .hasMessageContaining("Misfits.queried, parameter 'file': A file comes in a form only");
    }

    // ------------------------------------------------------------------ providers

    record Connection(int number) {}

    @Test
    void tasksOfARequestShareWhatIsProvided() {
        AtomicInteger made = new AtomicInteger();
        app.provide(Connection.class, _ -> {
            Asyncio.sleep(Duration.ofSeconds(1));
            return new Connection(made.incrementAndGet());
        });
        app.get(
                "/both",
                request -> Asyncio.gather(
                                () -> request.get(Connection.class).number(),
                                () -> request.get(Connection.class).number())
                        .await());
        assertThat(json(app, "/both")).isEqualTo(List.of(1, 1));
        assertThat(made).hasValue(1);
    }

    @Test
    void aProviderThatAsksForItselfIsTold() {
        app.provide(Connection.class, request -> request.get(Connection.class));
        app.get("/", request -> request.get(Connection.class));
        try (TestClient client = TestClient.of(app)) {
            assertThatThrownBy(() -> client.get("/").send())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("asks for one itself");
        }
    }
}
