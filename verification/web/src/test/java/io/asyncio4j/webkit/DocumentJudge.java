package io.asyncio4j.webkit;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A judge of OpenAPI documents that is not ours: the published schema of OpenAPI 3.1, the
/// meta-schema of JSON Schema for the schemas in a document, and what these two cannot say:
/// references lead somewhere, names are unique, parameters of paths are there.
final class DocumentJudge {
    private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/schema/2022-10-07";
    private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern TIMES = Pattern.compile(",\"format\":\"(date-)?time\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final SchemaRegistry registry;
    private final Schema openApi;
    private final Schema metaSchema;

    DocumentJudge() {
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(OPENAPI, resource("/openapi-3.1/schema-2022-10-07.json"))));
        openApi = registry.getSchema(SchemaLocation.of(OPENAPI));
        metaSchema = registry.getSchema(SchemaLocation.of(META_SCHEMA));
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(DocumentJudge.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Returns what is wrong with a document, nothing if it is right.
    List<String> faults(String text) {
        JsonNode document = JSON.readTree(text);
        List<String> faults = new ArrayList<>(described(openApi.validate(document), "document"));
        schemas(document, "", faults);
        references(document, document, faults);
        operations(document, faults);
        return faults;
    }

    /// Returns the compiled form of a schema that stands in a document. Local times are told as
    /// `time` and `date-time`, as FastAPI does, where those mean one with an offset: such values
    /// are not asked for their format.
    Schema compiled(JsonNode document, JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        whole.putArray("allOf").add(schema);
        return registry.getSchema(JSON.readTree(TIMES.matcher(whole.toString()).replaceAll("")));
    }

    /// Returns what a schema does not allow in a value, formats included. The schema of OpenAPI is
    /// not asked about those: it wants absolute URLs where version 3.1 allows relative ones.
    static List<String> faults(Schema schema, JsonNode value, String where) {
        return described(
                schema.validate(
                        value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))),
                where);
    }

    private static List<String> described(List<Error> errors, String where) {
        return errors.stream()
                .map(error -> where + error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /// Judges each schema that is somewhere in the document.
    private void schemas(JsonNode node, String where, List<String> faults) {
        if (!node.isObject()) {
            for (int i = 0; i < node.size(); i++) {
                schemas(node.get(i), where + "/" + i, faults);
            }
            return;
        }
        node.properties().forEach(member -> {
            String name = member.getKey();
            String at = where + "/" + name;
            JsonNode value = member.getValue();
            if (name.equals("schema")) {
                faults.addAll(faults(metaSchema, value, at));
            } else if (at.equals("/components/schemas")) {
                value.properties()
                        .forEach(each -> faults.addAll(faults(metaSchema, each.getValue(), at + "/" + each.getKey())));
            } else {
                schemas(value, at, faults);
            }
        });
    }

    private static void references(JsonNode document, JsonNode node, List<String> faults) {
        JsonNode reference = node.path("$ref");
        if (reference.isString()) {
            String target = reference.stringValue();
            if (!target.startsWith("#/") || document.at(target.substring(1)).isMissingNode()) {
                faults.add("reference to nothing: " + target);
            }
        }
        node.forEach(member -> references(document, member, faults));
    }

    private static void operations(JsonNode document, List<String> faults) {
        Set<String> ids = new HashSet<>();
        document.path("paths").properties().forEach(path -> {
            Set<String> variables = VARIABLE.matcher(path.getKey())
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            path.getValue().properties().forEach(member -> {
                JsonNode operation = member.getValue();
                String where = member.getKey() + " " + path.getKey();
                String id = operation.path("operationId").asString("");
                if (!id.isEmpty() && !ids.add(id)) {
                    faults.add(where + ": operationId is not unique: " + id);
                }
                parameters(operation, variables, where, faults);
                security(document, operation, where, faults);
            });
        });
    }

    private static void parameters(JsonNode operation, Set<String> variables, String where, List<String> faults) {
        Set<String> inPath = new TreeSet<>();
        Set<String> all = new HashSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String in = parameter.path("in").asString("");
            String name = parameter.path("name").asString("");
            if (!all.add(in + " " + name)) {
                faults.add(where + ": twice the parameter " + name + " in " + in);
            }
            if (in.equals("path")) {
                inPath.add(name);
            }
        }
        if (!inPath.equals(variables)) {
            faults.add(where + ": parameters of the path are " + inPath);
        }
    }

    private static void security(JsonNode document, JsonNode operation, String where, List<String> faults) {
        JsonNode schemes = document.at("/components/securitySchemes");
        for (JsonNode requirement : operation.path("security")) {
            for (String scheme : requirement.propertyNames()) {
                if (!schemes.has(scheme)) {
                    faults.add(where + ": no security scheme " + scheme);
                }
            }
        }
    }
}
