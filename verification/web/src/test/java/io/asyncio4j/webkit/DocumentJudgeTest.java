package io.asyncio4j.webkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The judge of documents sees what is wrong with one.
final class DocumentJudgeTest {
    private static final String RIGHT = """
        {"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
         "paths": {"/a/{id}": {"get": {"operationId": "a",
           "parameters": [{"name": "id", "in": "path", "required": true,
                           "schema": {"type": "integer", "minimum": 1}}],
           "security": [{"key": []}],
           "responses": {"200": {"description": "d", "content": {"application/json":
             {"schema": {"$ref": "#/components/schemas/A"}}}}}}}},
         "components": {"schemas": {"A": {"type": "object", "properties": {"x": {"pattern": "^a$"}}}},
           "securitySchemes": {"key": {"type": "http", "scheme": "basic"}}}}
        """;

    @Test
    void rightDocumentHasNoFaults() {
        assertThat(new DocumentJudge().faults(RIGHT)).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
        "version": "1"                | "version": 1
        "version": "1"                | "other": "1"
        "openapi": "3.1.0"            | "openapi": "3.0.0"
        "description": "d",           | "x-none": "d",
        "in": "path", "required": true | "in": "path", "required": false
        "in": "path"                  | "in": "somewhere"
        "200":                        | "OK":
        "type": "integer"             | "type": "int"
        "minimum": 1                  | "minimum": "1"
        "type": "object"              | "type": "thing"
        "pattern": "^a$"              | "pattern": "("
        schemas/A"                    | schemas/B"
        "name": "id"                  | "name": "it"
        "key": []                     | "lock": []
        "scheme": "basic"             | "word": "basic"
        """, delimiter = '|')
    void wrongDocumentHasFaults(String right, String wrong) {
        assertThat(RIGHT).contains(right);
        assertThat(new DocumentJudge().faults(RIGHT.replace(right, wrong))).isNotEmpty();
    }
}
