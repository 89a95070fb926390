package io.asyncio4j.web.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ScalarsTest {
    /// A class that is made from a text.
    static final class Sku {
        final String text;

        private Sku(String text) {
            this.text = text;
        }

        public static Sku of(String text) {
            if (!text.startsWith("A")) {
                throw new IllegalArgumentException("a stock number begins with A");
            }
            return new Sku(text);
        }
    }

    @Test
    void wholeNumbersComeInSeveralForms() {
        for (String json : List.of("5", "5.0", "'5'", "' 5.00 '", "'+0_5'")) {
            assertThat(Answers.read(int.class, json)).isEqualTo(5);
            assertThat(Answers.read(Long.class, json)).isEqualTo(5L);
            assertThat(Answers.read(byte.class, json)).isEqualTo((byte) 5);
            assertThat(Answers.read(BigInteger.class, json)).isEqualTo(BigInteger.valueOf(5));
        }
        assertThat(Answers.read(int.class, "true")).isEqualTo(1);
        assertThat(Answers.read(int.class, "5.5"))
                .isEqualTo("[{'type':'int_from_float','loc':[],'msg':'Input should be a valid integer,"
                        + " got a number with a fractional part','input':5.5}]");
    }

    @Test
    void aNumberOutOfTheTypesRangeIsRefusedWithTheBound() {
        assertThat(Answers.read(int.class, "2147483648"))
                .isEqualTo(
                        "[{'type':'less_than_equal','loc':[],'msg':'Input should be less than or equal to 2147483647',"
                                + "'input':2147483648,'ctx':{'le':2147483647}}]");
        assertThat(Answers.read(long.class, "'-9223372036854775809'"))
                .isEqualTo("[{'type':'greater_than_equal','loc':[],"
                        + "'msg':'Input should be greater than or equal to -9223372036854775808',"
                        + "'input':'-9223372036854775809','ctx':{'ge':-9223372036854775808}}]");
        assertThat(Answers.read(long.class, "'-9223372036854775808'")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void numbersAreDatesAndDurationsToo() {
        assertThat(Answers.read(LocalDate.class, "1577923200")).isEqualTo(LocalDate.of(2020, 1, 2));
        assertThat(Answers.read(Instant.class, "1577923200.5")).isEqualTo(Instant.parse("2020-01-02T00:00:00.5Z"));
        assertThat(Answers.read(Instant.class, "'2020-01-02T03:04+23:00'"))
                .isEqualTo(Instant.parse("2020-01-01T04:04:00Z"));
        assertThat(Answers.read(Duration.class, "90.5")).isEqualTo(Duration.ofMillis(90_500));
        assertThat(Answers.read(Duration.class, "true")).isEqualTo(Duration.ofSeconds(1));
        assertThat(Answers.read(LocalDate.class, "true"))
                .isEqualTo("[{'type':'date_type','loc':[],'msg':'Input should be a valid date','input':true}]");
    }

    @Test
    void decimalsKeepTheirDigits() {
        assertThat(Answers.read(BigDecimal.class, "'1.50'")).isEqualTo(new BigDecimal("1.50"));
        assertThat(Answers.read(BigDecimal.class, "0.1")).isEqualTo(new BigDecimal("0.1"));
        assertThat(Answers.read(BigDecimal.class, "'1e999999999'"))
                .isEqualTo("[{'type':'decimal_parsing','loc':[],'msg':'Input should be a valid decimal',"
                        + "'input':'1e999999999'}]");
    }

    @Test
    void aClassMayReadItsOwnText() {
        assertThat(Answers.read(Sku.class, "'A1'"))
                .extracting(sku -> ((Sku) sku).text)
                .isEqualTo("A1");
        assertThat(Answers.read(Sku.class, "'B1'"))
                .isEqualTo("[{'type':'value_error','loc':[],'msg':'Value error, a stock number begins with A',"
                        + "'input':'B1','ctx':{'error':{}}}]");
        assertThat(Answers.read(URI.class, "'http://x/y'")).isEqualTo(URI.create("http://x/y"));
        assertThat(Answers.read(Year.class, "'2020'")).isEqualTo(Year.of(2020));
        assertThatThrownBy(() -> Shapes.of(Thread.class))
                .isInstanceOf(DeclarationException.class)
                .hasMessage("The type java.lang.Thread cannot be read; make it a record, give it a public static method"
                        + " of(String), or provide it");
    }

    @Test
    void anythingIsLeftAsItCame() {
        assertThat(Answers.read(Object.class, "{'a': [1, 2.0, null]}"))
                .isEqualTo(Map.of("a", Arrays.asList(1L, 2.0, null)));
        assertThat(Answers.read(JsonNode.class, "{'a': [1, 2.0]}")).hasToString("{\"a\":[1,2.0]}");
    }

    @Test
    void aBodyThatIsNotJsonIsAText() {
        Problems problems = new Problems();
        assertThat(Shapes.of(int.class).read("5".getBytes(StandardCharsets.UTF_8), problems))
                .isEqualTo(5);
        assertThat(Shapes.of(int.class).read("x".getBytes(StandardCharsets.UTF_8), problems))
                .isSameAs(Shape.INVALID);
        assertThat(Answers.text(problems))
                .isEqualTo("[{'type':'int_parsing','loc':[],'msg':'Input should be a valid integer,"
                        + " unable to parse string as an integer','input':'x'}]");
    }
}
