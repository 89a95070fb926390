package io.asyncio4j.web;

import static io.asyncio4j.web.Parameter.given;
import static io.asyncio4j.web.Parameter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
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
}
