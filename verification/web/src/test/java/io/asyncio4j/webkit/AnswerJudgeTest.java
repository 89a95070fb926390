package io.asyncio4j.webkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// The judge of answers sees what a document does not allow.
final class AnswerJudgeTest {
    private static final String DOCUMENT = """
        {"paths": {
          "/a": {"get": {"responses": {
            "200": {"description": "d", "content": {"application/json":
              {"schema": {"$ref": "#/components/schemas/A"}}}},
            "204": {"description": "d"}}}},
          "/{b}": {"get": {"responses": {
            "200": {"description": "d", "content": {"application/json": {"schema": {"type": "array"}}}}}}}},
         "components": {"schemas": {"A": {"type": "object", "properties": {"x": {"type": "integer"}}}}}}
        """;

    @TempDir
    private Path documents;

    @ParameterizedTest(name = "{0} {1} is right: {4}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        200 | {"x": 1}                | application/json | []      | true
        200 | {"x": "1"}              | application/json | []      | false
        200 | [1]                     | application/json | []      | true
        200 | 1                       | application/json | []      | false
        200 | {"x":                   | application/json | []      | false
        200 | {"x": 1}                | text/plain       | []      | false
        204 | ``                      | ``               | []      | true
        204 | {}                      | application/json | []      | false
        404 | {"detail": "Not Found"} | application/json | []      | true
        404 | Not Found               | text/plain       | []      | false
        414 | Too long                | text/plain       | []      | true
        422 | {"detail": []}          | application/json | []      | false
        422 | {"detail": []}          | application/json | [422]   | false
        422 | {"detail": "no"}        | application/json | [422]   | true
        418 | {"detail": "tea"}       | application/json | []      | false
        418 | tea                     | text/plain       | [418]   | true
        500 | {"detail": "x"}         | application/json | []      | false
        503 | {"detail": "x"}         | application/json | [503]   | true
        """)
    void judges(int status, String body, String type, String own, boolean right) throws IOException {
        Files.writeString(documents.resolve("app.json"), DOCUMENT);
        JsonMapper json = new JsonMapper();
        String record = """
            {"app": "app", "operations": [["/a", "get"], ["/{b}", "get"]], "own": %s,
             "status": %d, "type": "%s", "body": %s}
            """.formatted(own, status, type, json.writeValueAsString(body));
        assertThat(new AnswerJudge(documents).faults(json.readTree(record)).isEmpty())
                .isEqualTo(right);
    }
}
