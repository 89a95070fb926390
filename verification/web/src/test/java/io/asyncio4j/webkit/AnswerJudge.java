package io.asyncio4j.webkit;

import com.networknt.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A judge of answers to requests that were drawn from an application's own OpenAPI document: an
/// answer has a status that the document declares and a body that fits what is declared for it.
///
/// Beside those are allowed, as the document declares no more than FastAPI's does:
/// - what the framework itself says to a request that reaches no handler, a 4xx with a `detail`,
///   and the way to the same path with or without a slash;
/// - a status that the application's data names: what its handlers raise, or answer by a response
///   of their own.
///
/// A 422 with a list of what is invalid is always declared, or the document is wrong.
final class AnswerJudge {
    private static final JsonMapper JSON = new JsonMapper();

    /// What the framework says by itself: bad JSON or form, no or wrong credentials, no such path
    /// or method, too large.
    private static final Set<Integer> FRAMEWORKS = Set.of(400, 401, 403, 404, 405, 413);

    /// What the HTTP server says, in plain text, before an application is asked: too long a target,
    /// too large headers.
    private static final Set<Integer> SERVERS = Set.of(414, 431);

    private final Path documents;
    private final DocumentJudge judge = new DocumentJudge();
    private final Map<String, JsonNode> known = new HashMap<>();
    private final Map<String, Schema> schemas = new HashMap<>();

    /// @param documents the folder of the OpenAPI documents, `ID.json`
    AnswerJudge(Path documents) {
        this.documents = documents;
    }

    /// Returns what is wrong with an answer, nothing if it is right.
    ///
    /// @param answer a record of `explore.py`
    List<String> faults(JsonNode answer) {
        if (answer.has("lost")) {
            return List.of("no answer: " + answer.path("lost").asString());
        }
        int status = answer.path("status").asInt();
        boolean own = isOwn(answer, status);
        if (status >= 500 && !own) {
            return List.of("status " + status);
        }
        List<String> faults = new ArrayList<>();
        for (JsonNode operation : answer.path("operations")) {
            List<String> here = faults(answer, status, own, operation);
            if (here.isEmpty()) {
                return here;
            }
            faults.addAll(here);
        }
        return answer.path("operations").isEmpty() ? undeclared(answer, status, own) : faults;
    }

    private static boolean isOwn(JsonNode answer, int status) {
        for (JsonNode each : answer.path("own")) {
            if (each.asInt() == status) {
                return true;
            }
        }
        return false;
    }

    private List<String> faults(JsonNode answer, int status, boolean own, JsonNode operation) {
        JsonNode document = known.computeIfAbsent(answer.path("app").asString(), this::read);
        JsonNode declared = document.path("paths")
                .path(operation.get(0).asString())
                .path(operation.get(1).asString())
                .path("responses")
                .path(String.valueOf(status));
        if (declared.isMissingNode()) {
            return undeclared(answer, status, own);
        }
        if (operation.get(1).asString().equals("head")) {
            return List.of();
        }
        String body = answer.path("body").asString();
        JsonNode content = declared.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("a body where none is declared");
        }
        JsonNode schema = content.path("application/json").path("schema");
        if (!answer.path("type").asString().equals("application/json")) {
            return schema.isEmpty() ? List.of() : List.of("not JSON: " + answer.path("type"));
        }
        JsonNode value = json(body);
        if (value.isMissingNode()) {
            return List.of("not JSON, though it says so");
        }
        String key = answer.path("app").asString() + " " + operation + " " + status;
        return DocumentJudge.faults(schemas.computeIfAbsent(key, _ -> judge.compiled(document, schema)), value, "body");
    }

    private static List<String> undeclared(JsonNode answer, int status, boolean own) {
        JsonNode body = json(answer.path("body").asString());
        boolean invalid = status == 422 && body.path("detail").isArray();
        if ((own && !invalid) || status == 307 || SERVERS.contains(status)) {
            return List.of();
        }
        boolean frameworks = FRAMEWORKS.contains(status) && body.has("detail");
        return frameworks ? List.of() : List.of("status " + status + " is not declared");
    }

    private JsonNode read(String application) {
        try {
            return JSON.readTree(Files.readString(documents.resolve(application + ".json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException wrong) {
            return MissingNode.getInstance();
        }
    }
}
