package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.http.HeaderParameters;
import io.asyncio4j.web.testing.TestClient;
import io.asyncio4j.web.testing.TestResponse;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that nobody sends but who wants to harm: each is answered, with what it is worth.
final class OddInputsTest {
    record Numbers(
            @DefaultValue("0") int whole,
            @DefaultValue("0") double binary,
            @DefaultValue("0") BigDecimal decimal,
            @DefaultValue("0") BigInteger big) {}

    record Text(@Pattern(regexp = "(a|b|\\x{1F600})*") String text) {}

    record Wide(int a, int b, int c, int d, int e, int f, int g, int h) {}

    record Small(int size) {
        Small {
            if (size > 9) {
                throw new IllegalArgumentException("too large");
            }
        }
    }

    static final class Routes {
        @Post("/numbers")
        Numbers numbers(Numbers numbers) {
            return numbers;
        }

        @Post("/text")
        Text text(Text text) {
            return text;
        }

        @Post("/wide")
        int wide(List<Wide> wide) {
            return wide.size();
        }

        @Post("/object")
        @Nullable
        Object object(@Body @Nullable Object object) {
            return object;
        }

        @Post("/form")
        String form(@FormParam String a, Optional<UploadFile> file) {
            return a;
        }

        @Get("/small")
        Small small(@QueryParam Small small) {
            return small;
        }
    }

    private final TestClient client = TestClient.of(app());

    private static WebApp app() {
        WebApp app = WebApp.create();
        app.routes(new Routes());
        return app;
    }

    @AfterEach
    void close() {
        client.close();
    }

    private TestResponse post(String path, String json) {
        return post(path, json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private TestResponse post(String path, byte[] body, String type) {
        return client.post(path).header("content-type", type).body(body).send();
    }

    private static List<?> errors(TestResponse answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        return (List<?>) ((Map<?, ?>) answer.json()).get("detail");
    }

    private static String error(TestResponse answer) {
        return String.valueOf(((Map<?, ?>) errors(answer).getFirst()).get("type"));
    }

    @ParameterizedTest
    @CsvSource({
        "whole, 1e400, finite_number",
        "whole, 1e99999999999999999999, finite_number",
        "whole, 1e18, less_than_equal",
        "binary, 1e400, finite_number",
        "binary, -1e999999999, finite_number",
        "binary, '\"1e400\"', finite_number",
        "binary, '\"nan\"', float_parsing",
        "decimal, 1e400, finite_number",
        "decimal, '\"1e999999999\"', decimal_parsing",
        "decimal, '\"NaN\"', decimal_parsing",
        "big, 1e400, finite_number",
        "big, '\"1e9\"', int_parsing"
    })
    void hugeNumbersAreRefused(String name, String number, String error) {
        assertThat(error(post("/numbers", "{\"" + name + "\": " + number + "}")))
                .isEqualTo(error);
    }

    @Test
    void numbersOfTooManyDigitsAreRefused() {
        String long401 = "1" + "0".repeat(400);
        String long5001 = "1" + "0".repeat(5_000);

        assertThat(error(post("/numbers", "{\"binary\": " + long401 + "}"))).isEqualTo("float_type");
        assertThat(post("/numbers", "{\"big\": " + long401 + "}").text()).contains(long401);
        assertThat(post("/numbers", "{\"big\": " + long5001 + "}").status()).isEqualTo(400);
        assertThat(error(post("/numbers", "{\"big\": \"" + long5001 + "\"}"))).isEqualTo("int_parsing_size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00\\ud800", "a\\ud83d", "\\ude00"})
    void halfASurrogatePairIsNoText(String text) {
        assertThat(error(post("/text", "{\"text\": \"" + text + "\"}"))).isEqualTo("string_unicode");
    }

    @Test
    void aWholeSurrogatePairIsText() {
        assertThat(post("/text", "{\"text\": \"\\ud83d\\ude00\"}").json()).isEqualTo(Map.of("text", "\ud83d\ude00"));
    }

    @Test
    void bytesThatAreNoUtf8AreNoJson() {
        byte[] latin = "{\"text\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        TestResponse answer = post("/object", latin, "application/json; charset=iso-8859-1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).isEqualTo(Map.of("detail", "There was an error parsing the body"));
    }

    @Test
    void aMarkOfTheByteOrderIsSkipped() {
        assertThat(post("/text", "\ufeff{\"text\": \"ab\"}").json()).isEqualTo(Map.of("text", "ab"));
    }

    @Test
    void textThatIsTooLongForThePatternDoesNotFit() {
        assertThat(error(post("/text", "{\"text\": \"" + "ab".repeat(50_000) + "\"}")))
                .isEqualTo("string_pattern_mismatch");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(error(post("/object", "[".repeat(100_000)))).isEqualTo("json_invalid");
        assertThat(error(post("/object", "{\"a\":".repeat(201) + "1" + "}".repeat(201))))
                .isEqualTo("json_invalid");
        assertThat(post("/object", "[".repeat(200) + "]".repeat(200)).status()).isEqualTo(200);
    }

    @Test
    void ofVeryManyErrorsTheFirstAreTold() {
        assertThat(errors(post("/wide", "[" + "1,".repeat(100_000) + "1]"))).hasSize(1_000);
    }

    @Test
    void inputsOfErrorsAreShownUpToALimit() {
        String much = "\"x\": \"" + "y".repeat(300_000) + "\"";

        TestResponse answer = post("/wide", "[{" + much + "}]");

        assertThat(errors(answer)).hasSize(8);
        assertThat(answer.text()).contains("(too large to be shown)").hasSizeLessThan(1_100_000);
    }

    @Test
    void formsHaveUpToAThousandFields() {
        byte[] many = "a=1&".repeat(1_001).getBytes(StandardCharsets.UTF_8);

        TestResponse answer = post("/form", many, "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Too many fields. Maximum number of fields is 1000.");
    }

    @Test
    void fieldsOfOtherCharsetsAreReadAsLatin1() {
        byte[] body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\u00e9\r\n--x--\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(post("/form", body, "multipart/form-data; boundary=x").json())
                .isEqualTo("\u00e9");
    }

    @Test
    void boundariesAreOfBoundedLength() {
        byte[] body = "-".repeat(2_000).getBytes(StandardCharsets.UTF_8);

        TestResponse answer = post("/form", body, "multipart/form-data; boundary=" + "-".repeat(201));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void parametersOfHeadersAreFoundAmongManySemicolons() {
        assertThat(HeaderParameters.of("form-data; name=a" + ";".repeat(100) + "; filename=\"b;c\"; x"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("name", "a", "filename", "b;c"));
        assertThat(HeaderParameters.of(";".repeat(100))).isEmpty();
    }

    @Test
    void aRecordOfTheQueryThatRefusesItsValuesShowsThemAsReceived() {
        TestResponse answer = client.get("/small?size=10&more=1").send();

        assertThat(((Map<?, ?>) errors(answer).getFirst()).get("input")).isEqualTo(Map.of("size", "10", "more", "1"));
    }

    @Test
    void slashesAtTheEndAreRemovedAtOnce() {
        assertThat(client.get("/small/?size=1").send().header("location")).endsWith("/small?size=1");
        assertThat(client.get("/small///?size=1").send().header("location")).endsWith("/small?size=1");
        assertThat(client.get("/".repeat(3_000) + "x/").send().status()).isEqualTo(404);
    }
}
