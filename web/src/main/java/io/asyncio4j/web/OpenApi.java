package io.asyncio4j.web;

import io.asyncio4j.web.binding.Input;
import io.asyncio4j.web.binding.Mistakes;
import io.asyncio4j.web.binding.Place;
import io.asyncio4j.web.binding.Plan;
import io.asyncio4j.web.binding.Providers;
import io.asyncio4j.web.http.Reasons;
import io.asyncio4j.web.openapi.Document;
import io.asyncio4j.web.openapi.Operation;
import io.asyncio4j.web.schema.Shape;
import io.asyncio4j.web.schema.Shapes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The description of an application's routes for its OpenAPI document.
final class OpenApi {
    private static final Pattern KIND = Pattern.compile(":[a-z]+}");
    private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z0-9]+");

    private final Document document;
    private final Providers providers;
    private final Set<String> ids = new HashSet<>();

    OpenApi(WebOptions options, Providers providers) {
        this.document = new Document(options.title(), options.version(), options.description());
        this.providers = providers;
    }

    Map<String, Object> toMap() {
        return document.toMap();
    }

    /// Adds a route, unless it is hidden or for WebSockets.
    ///
    /// @param plan null if it has no declared parameters
    void add(Route route, @Nullable Plan plan) {
        if (route.isHidden() || route.isMount() || route.target.isSocket()) {
            return;
        }
        List<Input> inputs = plan == null ? List.of() : plan.inputs();
        Map<String, Map<String, Object>> security = new LinkedHashMap<>();
        for (Input input : inputs) {
            SecurityScheme<?> scheme = input.place() == Place.PROVIDED ? providers.scheme(input.type()) : null;
            if (scheme != null) {
                security.put(scheme.name(), scheme.description());
            }
        }
        document.add(new Operation(
                route.method.toLowerCase(Locale.ROOT),
                KIND.matcher(route.path.text).replaceAll("}"),
                id(route),
                summary(route),
                route.description(),
                route.tags(),
                route.isDeprecated(),
                inputs,
                plan != null && plan.embedsBodies(),
                route.status(),
                plan == null ? null : plan.result(),
                !Reasons.hasNoBody(route.status()),
                route.answers().stream()
                        .map(answer ->
                                new Operation.Answer(answer.status(), shape(answer.body()), answer.description()))
                        .toList(),
                security));
    }

    /// Finds wrong examples in the types of a route's further answers.
    static void checkAnswers(Route route, Mistakes mistakes) {
        for (Route.Answer answer : route.answers()) {
            if (answer.body() != null) {
                Shapes.ofResult(answer.body(), mistake -> mistakes.add(route.toString(), mistake));
            }
        }
    }

    private static @Nullable Shape shape(@Nullable Class<?> type) {
        return type == null ? null : Shapes.ofResult(type, _ -> {});
    }

    /// Returns the identifier that was given, or one of method and path; a number makes it unique.
    private String id(Route route) {
        String wanted = route.operationId().isEmpty()
                ? NO_WORD.matcher(route.toString().toLowerCase(Locale.ROOT)).replaceAll("_")
                : route.operationId();
        String id = wanted;
        for (int i = 2; !ids.add(id); i++) {
            id = wanted + "_" + i;
        }
        return id;
    }

    /// Returns the title that was given, or the words of the name.
    private static String summary(Route route) {
        if (!route.summary().isEmpty()) {
            return route.summary();
        }
        if (route.routeName().isEmpty()) {
            return route.toString();
        }
        StringBuilder title = new StringBuilder();
        for (String word : route.routeName().split("_|(?<=[a-z0-9])(?=[A-Z])", -1)) {
            if (!word.isEmpty()) {
                title.append(title.isEmpty() ? "" : " ")
                        .append(Character.toUpperCase(word.charAt(0)))
                        .append(word.substring(1));
            }
        }
        return title.toString();
    }
}
