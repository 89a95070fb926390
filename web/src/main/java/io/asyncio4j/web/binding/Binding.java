package io.asyncio4j.web.binding;

import io.asyncio4j.web.FormData;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.Request;
import io.asyncio4j.web.http.MediaType;
import io.asyncio4j.web.schema.JsonTree;
import io.asyncio4j.web.schema.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parts of a request that its parameters are read from, and the problems with them.
final class Binding {
    final Request request;
    final Scope scope;
    final Problems problems = new Problems();
    private @Nullable Object body;
    private @Nullable FormData form;

    Binding(Request request, Scope scope) {
        this.request = request;
        this.scope = scope;
    }

    /// Reads the body as a form. Suspends.
    ///
    /// @throws io.asyncio4j.web.HttpException with status 400 if it is malformed
    void readForm() throws IOException {
        form = request.form();
    }

    /// Reads the body, as JSON if it is said to be. Suspends.
    ///
    /// @return whether it is well-formed; else there is a problem
    /// @throws HttpException with status 400 if it cannot be read at all
    boolean readBody() throws IOException {
        byte[] bytes = request.bytes();
        if (bytes.length == 0) {
            return true;
        }
        if (!isJson(request.headers().get("content-type"))) {
            body = bytes;
            return true;
        }
        try {
            body = JsonTree.read(bytes);
            return true;
        } catch (JsonTree.Malformed malformed) {
            if (malformed.isUnreadable()) {
                throw new HttpException(400, "There was an error parsing the body");
            }
            problems.enter("body");
            problems.enter(malformed.position());
            problems.add("json_invalid", "JSON decode error", Map.of(), Map.of("error", malformed.words()));
            problems.leave();
            problems.leave();
            return false;
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = MediaType.of(contentType);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    /// Returns the body; null if there is none.
    @Nullable
    Object body() {
        return body;
    }

    FormData form() {
        return Objects.requireNonNull(form);
    }

    /// Returns the text of a parameter that counts; null if there is none.
    @Nullable
    String text(Place place, String name) {
        return switch (place) {
            case PATH -> request.pathParams().get(name);
            case QUERY -> request.queryParam(name);
            case HEADER -> request.headers().get(name);
            case COOKIE -> request.cookies().get(name);
            default -> throw new IllegalStateException("No texts in " + place);
        };
    }

    List<String> texts(Place place, String name) {
        if (place == Place.QUERY) {
            return request.query().getOrDefault(name, List.of());
        }
        if (place == Place.HEADER) {
            return request.headers().all(name);
        }
        String text = text(place, name);
        return text == null ? List.of() : List.of(text);
    }

    /// Returns all that came in a place, with its names.
    Map<String, List<Object>> everything(Place place) {
        Map<String, List<Object>> all = new LinkedHashMap<>();
        switch (place) {
            case PATH -> request.pathParams().forEach((name, text) -> all.put(name, List.of(text)));
            case QUERY -> request.query().forEach((name, texts) -> all.put(name, List.copyOf(texts)));
            case HEADER -> {
                for (Map.Entry<String, String> header : request.headers().entries()) {
                    String name = header.getKey().toLowerCase(Locale.ROOT);
                    all.computeIfAbsent(name, _ -> new ArrayList<>()).add(header.getValue());
                }
            }
            case COOKIE -> request.cookies().forEach((name, text) -> all.put(name, List.of(text)));
            case FORM -> form().names().forEach(name -> all.put(name, form().values(name)));
            default -> throw new IllegalStateException("No texts in " + place);
        }
        return all;
    }
}
