package io.asyncio4j.web;

import static io.asyncio4j.web.Parameter.given;
import static io.asyncio4j.web.Parameter.path;
import static io.asyncio4j.web.Parameter.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Wrong declarations are told when the application starts, all at once.
final class MistakesTest {
    private final WebApp app = WebApp.create();

    private void assertMistake(String message) {
        assertThatThrownBy(app::openApi)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aParameterThatThePathHasNot() {
        app.get("/items/{id}", path("nr", int.class), nr -> nr);
        assertMistake("GET /items/{id}: The path has no parameter 'nr', but [id]");
    }

    static final class Several {
        @Get("/a/{id}")
        String a(@PathParam int nr) {
            return "" + nr;
        }

        @Get("/b")
        String b(Thread thread) {
            return thread.getName();
        }

        @Post("/c")
        String c(@FormParam String name, @Body int n) {
            return name + n;
        }
    }

    @Test
    void severalAreToldAtOnce() {
        app.routes(new Several());
        assertThatThrownBy(app::openApi)
                .hasMessageStartingWith("The application cannot start, for 3 reasons:")
                .hasMessageContaining("Several.a, parameter 'nr': The path has no parameter 'nr', but [id]")
                .hasMessageContaining("Several.b, parameter 'thread'")
                .hasMessageContaining("Several.c: It takes a form and a JSON body");
    }

    record First(Second second) {}

    record Second(First first) {}

    static final class Circle {
        @Provides
        First first(Second second) {
            return new First(second);
        }

        @Provides
        Second second(First first) {
            return new Second(first);
        }
    }

    @Test
    void providersThatNeedEachOther() {
        app.provide(new Circle());
        app.get("/", given(First.class), first -> first);
        assertMistake("Circle.first needs Circle.second needs Circle.first");
    }

    @Test
    void whatNobodyProvides() {
        app.get("/", given(Thread.class), Thread::getName);
        assertMistake("Nobody provides java.lang.Thread; call provide(Thread.class, ...)");
    }

    @Test
    void whatIsDeclaredTwice() {
        app.get("/a", _ -> 1);
        assertThatThrownBy(() -> app.get("/a", _ -> 2))
                .hasMessage("There is a route for GET /a already; remove one of them");
        app.share(String.class, "x");
        assertThatThrownBy(() -> app.share(String.class, "y"))
                .hasMessageStartingWith("There is a provider for java.lang.String already");
    }

    @Test
    void objectsWithoutAnythingToUse() {
        assertThatThrownBy(() -> app.routes(new Object())).hasMessageContaining("has no path functions");
        assertThatThrownBy(() -> app.provide(new Object())).hasMessageContaining("has no methods with @Provides");
        assertThatThrownBy(() -> app.mount("/x/{y}", WebApp.create())).hasMessageContaining("must have no parameters");
        assertThatThrownBy(() -> StaticFiles.of(Path.of("no such folder"))).hasMessageContaining("There is no folder");
    }

    @Test
    void addressesAreMadeOfNamesAndValues() {
        app.get("/items/{id}/{rest:path}", _ -> 1).name("item");
        assertThat(app.urlFor("item", Map.of("id", "a b", "rest", "x/y"))).isEqualTo("/items/a%20b/x/y");
        assertThatThrownBy(() -> app.urlFor("item", Map.of("id", "a/b", "rest", "")))
                .hasMessageContaining("must be neither empty nor have a slash");
        assertThatThrownBy(() -> app.urlFor("other", Map.of())).hasMessageContaining("No route has the name 'other'");
    }

    record Priced(@Example("3.5") @Example("much") double price) {}

    @Example("{\"name\": 5}")
    record Labelled(String name, List<Labelled> more) {}

    record Titled(@Example(name = "one", value = "a") String title) {}

    @Example("red")
    enum Colour {
        RED
    }

    static final class WrongExamples {
        @Get("/a/{id}")
        int a(@Example("[1") int id) {
            return id;
        }

        @Get("/b")
        int b(@Min(1) @Example("0") int n) {
            return n;
        }

        @Post("/c")
        int c(Priced priced) {
            return 1;
        }

        @Get("/d")
        @Responds(status = 404, body = Titled.class)
        Labelled d(@Example(value = "a", summary = "A") String q) {
            return new Labelled("", List.of());
        }

        @Post("/e")
        int e(@FormParam @Example(name = "one", value = "1") int n) {
            return n;
        }

        @Get("/f")
        int f(@Example(name = "one", value = "1") @Example(name = "one", value = "2") int n) {
            return n;
        }

        @Get("/g")
        int g(Colour colour) {
            return 1;
        }
    }

    @Test
    void wrongExamples() {
        app.routes(new WrongExamples());
        app.get("/h", query("n", int.class).max(5).example(6), n -> n);
        app.get("/i", query("n", int.class).example(6).list(), n -> n);
        assertThatThrownBy(app::openApi).hasMessage("""
            The application cannot start, for 11 reasons:
              - WrongExamples.a, parameter 'id': @Example("[1") is no JSON: Expecting ',' delimiter at character 2; correct it
              - WrongExamples.b, parameter 'n': The example 0 is no value of the type: Input should be greater than or equal to 1; change one of them
              - WrongExamples.c, parameter 'priced': Priced.price: @Example("much") is no JSON: Expecting value at character 0; correct it
              - GET /d: Titled.title: The example 'one' has a name, but only those of parameters and bodies do; remove its name
              - WrongExamples.d, parameter 'q': @Example("a") has a summary or a description, but no name; add name = "...", or remove them
              - WrongExamples.d: Labelled: The example {name=5} is no value of the type: name: Input should be a valid string; change one of them
              - WrongExamples.e, parameter 'n': The example 'one' has a name, but only those of the body as a whole do, and this is a part of it; remove the name
              - WrongExamples.f, parameter 'n': Two examples have the name 'one'; change one
              - WrongExamples.g, parameter 'colour': @Example is for records and sealed interfaces, but Colour is neither; write it at the parameter or component
              - GET /h, parameter 'n': The example 6 is no value of the type: Input should be less than or equal to 5; change one of them
              - GET /i, parameter 'n': The example 6 is no value of the type: Input should be a valid list; change one of them\
            """);
    }

    record Range(int from, Optional<Range> inner) {}

    record Ranges(@DefaultValue({}) List<Range> all) {}

    static final class NestedRecords {
        @Get("/a")
        int a(@QueryParam Range range) {
            return range.from;
        }

        @Post("/b")
        int b(@FormParam Ranges ranges) {
            return ranges.all.size();
        }
    }

    @Test
    void aRecordInARecordOfParameters() {
        app.routes(new NestedRecords());
        assertThatThrownBy(app::openApi).hasMessage("""
            The application cannot start, for 2 reasons:
              - NestedRecords.a, parameter 'range': Each component of Range is a parameter, and one is 'inner'. Its values are texts, of which none is a Range; make it a @Body, or take its parts as parameters
              - NestedRecords.b, parameter 'ranges': Each component of Ranges is a parameter, and one is 'all'. Its values are texts, of which none is a Range; make it a @Body, or take its parts as parameters\
            """);
    }

    @Test
    void aDefaultThatIsNoValue() {
        app.get("/a", query("n", int.class).orElse(0).min(1), n -> n);
        app.get("/b", query("n", int.class).orElse(0).list(), n -> n);
        app.get("/c", query("n", int.class).list().size(1, 2).orElse(List.of()), n -> n);
        app.get(
                "/d",
                query("s", String.class).optional().orElse(Optional.of("abc")).size(1, 2),
                s -> s);
        assertThatThrownBy(app::openApi).hasMessage("""
            The application cannot start, for 4 reasons:
              - GET /a, parameter 'n': The default 0 is no value of the type: Input should be greater than or equal to 1; change one of them
              - GET /b, parameter 'n': The default 0 is no value of the type: It is no List; change one of them
              - GET /c, parameter 'n': The default [] is no value of the type: List should have at least 1 item after validation, not 0; change one of them
              - GET /d, parameter 's': The default Optional[abc] is no value of the type: String should have at most 2 characters; change one of them\
            """);
    }

    @Test
    void defaultsThatAreValues() {
        app.get("/a", query("n", int.class).min(1).orElse(1), n -> n);
        app.get("/b", query("n", Integer.class).list().orElse(List.of(1, 2)), n -> n);
        app.get("/c", query("s", String.class).optional().orElse(Optional.empty()), s -> s);
        app.get("/d", query("c", Taste.class).orElse(Taste.SWEET), c -> c);
        assertThat(app.openApi()).containsKey("paths");
    }

    enum Taste {
        SWEET
    }
}
