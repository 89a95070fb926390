package io.asyncio4j.web.openapi;

import static io.asyncio4j.web.openapi.Schemas.map;

import io.asyncio4j.web.binding.Input;
import io.asyncio4j.web.binding.Place;
import io.asyncio4j.web.http.Reasons;
import io.asyncio4j.web.schema.RecordShape;
import io.asyncio4j.web.schema.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The OpenAPI 3.1 document of an application, as plain objects.
public final class Document {
    private static final String JSON = "application/json";

    private final Schemas schemas = new Schemas();
    private final Map<String, Object> securitySchemes = new TreeMap<>();
    private final Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    private final Map<String, Object> info;

    /// @param description empty if there is none
    public Document(String title, String version, String description) {
        info = map("title", title, "version", version);
        if (!description.isEmpty()) {
            info.put("description", description);
        }
    }

    /// Adds a route.
    public void add(Operation operation) {
        Map<String, Object> described = new LinkedHashMap<>();
        if (!operation.tags().isEmpty()) {
            described.put("tags", operation.tags());
        }
        described.put("summary", operation.summary());
        if (!operation.description().isEmpty()) {
            described.put("description", operation.description());
        }
        described.put("operationId", operation.id());
        List<Object> parameters = parameters(operation);
        if (!parameters.isEmpty()) {
            described.put("parameters", parameters);
        }
        Map<String, Object> body = body(operation);
        if (body != null) {
            described.put("requestBody", body);
        }
        described.put("responses", responses(operation, body != null || !parameters.isEmpty()));
        if (operation.deprecated()) {
            described.put("deprecated", true);
        }
        if (!operation.security().isEmpty()) {
            securitySchemes.putAll(operation.security());
            described.put(
                    "security",
                    operation.security().keySet().stream()
                            .map(name -> map(name, List.of()))
                            .toList());
        }
        paths.computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>()).put(operation.method(), described);
    }

    /// Returns the document.
    public Map<String, Object> toMap() {
        Map<String, Object> document = map("openapi", "3.1.0", "info", info, "paths", paths);
        Map<String, Object> components = new LinkedHashMap<>();
        if (!schemas.components().isEmpty()) {
            components.put("schemas", schemas.components());
        }
        if (!securitySchemes.isEmpty()) {
            components.put("securitySchemes", securitySchemes);
        }
        if (!components.isEmpty()) {
            document.put("components", components);
        }
        return document;
    }

    // ------------------------------------------------------------------ parameters

    private List<Object> parameters(Operation operation) {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        for (Input input : operation.inputs()) {
            Shape shape = input.shape();
            if (shape == null || input.shown().hidden() || input.place().compareTo(Place.COOKIE) > 0) {
                continue;
            }
            if (shape.present() instanceof RecordShape model && isAlone(input, operation)) {
                for (RecordShape.Field field : model.fields()) {
                    String name = input.place() == Place.HEADER ? field.headerName() : field.name();
                    put(found, input.place(), name, field.isRequired(), "", Map.of(), schemas.of(field));
                }
            } else {
                put(
                        found,
                        input.place(),
                        input.name(),
                        input.isRequired(),
                        input.shown().description(),
                        input.shown().examples().named(),
                        schemas.of(input));
            }
        }
        return new ArrayList<>(found.values());
    }

    /// Returns whether there is no other parameter in the place of this. A record beside others is
    /// told as one parameter, as in FastAPI.
    private static boolean isAlone(Input input, Operation operation) {
        return operation.inputs().stream()
                        .filter(other -> other.place() == input.place())
                        .count()
                == 1;
    }

    /// Adds a parameter; of two that are the same, the required one counts.
    private static void put(
            Map<String, Map<String, Object>> found,
            Place place,
            String name,
            boolean required,
            String description,
            Map<String, ?> examples,
            Map<String, Object> schema) {
        String in = place.name().toLowerCase(Locale.ROOT);
        Map<String, Object> known = found.get(in + " " + name);
        if (known != null && Boolean.TRUE.equals(known.get("required")) && !required) {
            return;
        }
        Map<String, Object> parameter =
                map("name", name, "in", in, "required", required || place == Place.PATH, "schema", schema);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        if (!examples.isEmpty()) {
            parameter.put("examples", examples);
        }
        found.put(in + " " + name, parameter);
    }

    // ------------------------------------------------------------------ body

    private @Nullable Map<String, Object> body(Operation operation) {
        List<Input> inputs = operation.inputs().stream()
                .filter(input -> input.place() == Place.BODY || input.place() == Place.FORM)
                .toList();
        if (inputs.isEmpty()) {
            return null;
        }
        boolean form = inputs.getFirst().place() == Place.FORM;
        boolean required = inputs.stream().anyMatch(Input::isRequired);
        Map<String, Object> content = new LinkedHashMap<>();
        Input first = inputs.getFirst();
        Shape only = Objects.requireNonNull(first.shape()).present();
        if (form ? inputs.size() == 1 && only instanceof RecordShape : !operation.embedsBodies()) {
            content.put("schema", schemas.of(first));
            if (!first.shown().examples().named().isEmpty()) {
                content.put("examples", first.shown().examples().named());
            }
        } else {
            content.put("schema", members(inputs));
        }
        String type = !form ? JSON : hasFile(inputs) ? "multipart/form-data" : "application/x-www-form-urlencoded";
        return map("required", required, "content", map(type, content));
    }

    private Map<String, Object> members(List<Input> inputs) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Input input : inputs) {
            properties.put(input.name(), schemas.of(input));
            if (input.isRequired() && !required.contains(input.name())) {
                required.add(input.name());
            }
        }
        return Schemas.object(properties, required);
    }

    private static boolean hasFile(List<Input> inputs) {
        return inputs.stream()
                .anyMatch(input -> Objects.requireNonNull(input.shape()).isFile());
    }

    // ------------------------------------------------------------------ answers

    private Map<String, Object> responses(Operation operation, boolean canBeInvalid) {
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> usual = map("description", phrase(operation.status(), "Successful Response"));
        if (operation.hasBody()) {
            Shape result = operation.result();
            usual.put("content", map(JSON, map("schema", result == null ? map() : schemas.of(result))));
        }
        responses.put(String.valueOf(operation.status()), usual);
        for (Operation.Answer answer : operation.answers()) {
            Map<String, Object> further = map("description", phrase(answer.status(), answer.description()));
            if (answer.body() != null) {
                further.put("content", map(JSON, map("schema", schemas.of(answer.body()))));
            }
            responses.put(String.valueOf(answer.status()), further);
        }
        if (canBeInvalid && !responses.containsKey("422")) {
            defineErrors();
            responses.put(
                    "422",
                    map(
                            "description",
                            "Validation Error",
                            "content",
                            map(JSON, map("schema", map("$ref", "#/components/schemas/HTTPValidationError")))));
        }
        return responses;
    }

    private static String phrase(int status, String description) {
        return description.isEmpty() ? Reasons.of(status) : description;
    }

    private void defineErrors() {
        Map<String, Object> place =
                map("type", "array", "items", map("anyOf", List.of(map("type", "string"), map("type", "integer"))));
        schemas.define(
                "ValidationError",
                Schemas.object(
                        map(
                                "loc", place,
                                "msg", map("type", "string"),
                                "type", map("type", "string"),
                                "input", map(),
                                "ctx", map("type", "object")),
                        List.of("loc", "msg", "type")));
        schemas.define(
                "HTTPValidationError",
                Schemas.object(
                        map(
                                "detail",
                                map("type", "array", "items", map("$ref", "#/components/schemas/ValidationError"))),
                        List.of()));
    }
}
