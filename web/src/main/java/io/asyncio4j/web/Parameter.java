package io.asyncio4j.web;

import io.asyncio4j.web.binding.Input;
import io.asyncio4j.web.binding.Place;
import io.asyncio4j.web.json.Json;
import io.asyncio4j.web.schema.Examples;
import io.asyncio4j.web.schema.JsonTree;
import io.asyncio4j.web.schema.Shape;
import io.asyncio4j.web.schema.Shapes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A declared parameter of a path function in functional form:
///
/// ```java
/// app.get("/sum/{a}", path("a", int.class), query("b", int.class).orElse(0), (a, b) -> a + b);
/// ```
///
/// It is read and checked before the function is called; a request that does not fit gets status
/// 422 and all that is wrong with it. Immutable. FastAPI: `Path`, `Query`, `Header`, `Cookie`,
/// `Form`, `Body`, `File` and `Depends`.
///
/// @param <T> the type of its values
public final class Parameter<T extends @Nullable Object> {
    private final Input input;

    private Parameter(Input input) {
        this.input = input;
    }

    Input input() {
        return input;
    }

    private static <T> Parameter<T> of(Place place, String name, Class<T> type) {
        Objects.requireNonNull(name, "name");
        return new Parameter<>(Input.of(place, name, Shapes.of(type), type));
    }

    /// Returns a parameter of the path.
    ///
    /// @param name as it stands in the path template, in braces
    /// @param type a scalar: a number, a string, a date, an enum, or what has a `valueOf`, `of` or
    ///     `parse`
    /// @throws IllegalArgumentException if values of the type cannot be read
    public static <T> Parameter<T> path(String name, Class<T> type) {
        return of(Place.PATH, name, type);
    }

    /// Returns a parameter of the query: a scalar, or a record, whose components are all parameters
    /// of the query.
    ///
    /// @throws IllegalArgumentException if values of the type cannot be read
    public static <T> Parameter<T> query(String name, Class<T> type) {
        return of(Place.QUERY, name, type);
    }

    /// Returns a header, as [#query].
    ///
    /// @throws IllegalArgumentException if values of the type cannot be read
    public static <T> Parameter<T> header(String name, Class<T> type) {
        return of(Place.HEADER, name, type);
    }

    /// Returns a cookie, as [#query].
    ///
    /// @throws IllegalArgumentException if values of the type cannot be read
    public static <T> Parameter<T> cookie(String name, Class<T> type) {
        return of(Place.COOKIE, name, type);
    }

    /// Returns a field of the form, as [#query].
    ///
    /// @throws IllegalArgumentException if values of the type cannot be read
    public static <T> Parameter<T> form(String name, Class<T> type) {
        return of(Place.FORM, name, type);
    }

    /// Returns a file in the form.
    public static Parameter<UploadFile> file(String name) {
        return of(Place.FORM, name, UploadFile.class);
    }

    /// Returns the body, read as JSON. Of several, each lies in an object under its type's name,
    /// which begins in lower case: `item` for `Item`.
    ///
    /// @throws IllegalArgumentException if values of the type cannot be read
    public static <T> Parameter<T> body(Class<T> type) {
        String name = type.getSimpleName();
        return of(Place.BODY, Character.toLowerCase(name.charAt(0)) + name.substring(1), type);
    }

    /// Returns what somebody provides: see [WebApp#provide(Class, Provider)].
    public static <T> Parameter<T> given(Class<T> type) {
        return new Parameter<>(Input.of(Place.PROVIDED, type.getSimpleName(), type, false));
    }

    // ------------------------------------------------------------------ changed

    private Parameter<T> with(Shape shape) {
        return new Parameter<>(input.withShape(shape));
    }

    private Shape shape(String change) {
        Shape shape = input.shape();
        if (shape == null) {
            throw new IllegalArgumentException(
                    change + " is for what is read from the request, but " + input.name() + " is provided");
        }
        return shape;
    }

    /// Returns this, and what may be missing.
    public Parameter<Optional<T>> optional() {
        if (input.shape() == null) {
            return new Parameter<>(Input.of(Place.PROVIDED, input.name(), input.type(), true));
        }
        return new Parameter<>(input.withShape(Shapes.optional(shape("optional()"))));
    }

    /// Returns this with a value for when it is missing. When the application starts, it fails if
    /// that is no value of the type or breaks a constraint; null is allowed.
    public Parameter<T> orElse(T value) {
        shape("orElse(...)");
        return new Parameter<>(input.orElse(value));
    }

    /// Returns this with any number of values: repeated in query, headers and form.
    public Parameter<List<T>> list() {
        return new Parameter<>(input.withShape(Shapes.list(shape("list()"))));
    }

    /// Returns this with a smallest value.
    ///
    /// @throws IllegalArgumentException if values are no numbers
    public Parameter<T> min(long least) {
        return with(Shapes.min(shape("min(...)"), least));
    }

    /// Returns this with a smallest value.
    ///
    /// @throws IllegalArgumentException if values are no numbers
    public Parameter<T> min(double least) {
        return with(Shapes.min(shape("min(...)"), least));
    }

    /// Returns this with a greatest value.
    ///
    /// @throws IllegalArgumentException if values are no numbers
    public Parameter<T> max(long most) {
        return with(Shapes.max(shape("max(...)"), most));
    }

    /// Returns this with a greatest value.
    ///
    /// @throws IllegalArgumentException if values are no numbers
    public Parameter<T> max(double most) {
        return with(Shapes.max(shape("max(...)"), most));
    }

    /// Returns this with a range of sizes: code points of a text, items of a list.
    ///
    /// @throws IllegalArgumentException if values are neither, or the range is empty
    public Parameter<T> size(int least, int most) {
        return with(Shapes.size(shape("size(...)"), least, most));
    }

    /// Returns this with a regular expression that texts must match as a whole.
    ///
    /// @throws IllegalArgumentException if values are no texts, or the expression is malformed
    public Parameter<T> pattern(String regex) {
        return with(Shapes.pattern(shape("pattern(...)"), regex));
    }

    /// Returns this with a description for the documentation.
    public Parameter<T> describe(String text) {
        return new Parameter<>(input.shown(input.shown().described(text)));
    }

    /// Returns this with one more example for the documentation: one of the schema's. When the
    /// application starts, it fails if that is no value of the type. FastAPI: `examples`.
    ///
    /// @throws IllegalArgumentException if this is provided, or the value cannot be written as JSON
    public Parameter<T> example(T value) {
        return with(input.shown().examples().with(json(value)));
    }

    /// Returns this with one more example for the documentation, for Swagger UI to choose from: one
    /// of the parameter or the body as a whole. FastAPI: `openapi_examples`.
    ///
    /// @param name unique for the parameter
    /// @param summary a title; empty if there is none
    /// @throws IllegalArgumentException if this is provided, there is one with this name, or the
    ///     value cannot be written as JSON
    public Parameter<T> example(String name, String summary, T value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(summary, "summary");
        return with(input.shown().examples().with(name, summary, "", json(value)));
    }

    private Parameter<T> with(Examples examples) {
        return new Parameter<>(input.shown(input.shown().with(examples)));
    }

    private @Nullable Object json(T value) {
        shape("example(...)");
        try {
            return JsonTree.read(Json.own().writeValueAsBytes(value));
        } catch (JacksonException | JsonTree.Malformed unwritten) {
            throw new IllegalArgumentException(
                    "The example " + value + " of " + input.name() + " cannot be written as JSON: "
                            + unwritten.getMessage(),
                    unwritten);
        }
    }

    @Override
    public String toString() {
        return "Parameter[" + input.place() + " " + input.name() + "]";
    }
}
