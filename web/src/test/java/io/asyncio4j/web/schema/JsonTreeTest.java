package io.asyncio4j.web.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.web.scalar.Python;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTreeTest {
    /// Prints random texts that are almost JSON, and what Python's module says of them.
    private static final String PROGRAM = """
        import json, random
        rng = random.Random(3)
        seeds = ['{"a": [1, 2.5, -3e2], "b\\\\n\\\\u00e9": {"c": null}}', '[true, false, "x\\\\"y", {}]', ' "text" ', '-0.5',
                 '[{"a":1},[]]', '"\\\\ud83d\\\\ude00"', '1e5', '"\\U0001f600" 1']
        alphabet = '[]{}",:0123456789.eE+-\\\\utfn \\t\\n\\x01a\\u00e9\\U0001f600'
        for _ in range(6000):
            s = rng.choice(seeds)
            for _ in range(rng.choice([0, 1, 1, 2, 3])):
                i = rng.randint(0, len(s))
                s = s[:i] + rng.choice(['', rng.choice(alphabet)]) + s[i + rng.randint(0, 1):]
            try:
                json.loads(s, parse_constant=None)
                print(json.dumps([s, 'fine', 0]))
            except json.JSONDecodeError as e:
                print(json.dumps([s, e.msg, e.pos]))
        """;

    private static Object read(String json) throws JsonTree.Malformed {
        return JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void numbersKeepWhetherTheyHaveAFraction() throws Exception {
        assertThat(read("\ufeff{\"a\": [1, 5.0, 1e2, -0, 12345678901234567890], \"b\": null, \"a2\": true}"))
                .isEqualTo(new java.util.LinkedHashMap<String, Object>() {
                    private static final long serialVersionUID = 1;

                    {
                        put("a", List.of(1L, 5.0, 100.0, 0L, new BigInteger("12345678901234567890")));
                        put("b", null);
                        put("a2", true);
                    }
                });
    }

    @Test
    void theLastOfRepeatedNamesCounts() throws Exception {
        assertThat(read("{\"a\": 1, \"b\": 2, \"a\": 3}")).isEqualTo(Map.of("a", 3L, "b", 2L));
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        assertThat(read("[".repeat(200) + "]".repeat(200))).isNotNull();
        assertThatThrownBy(() -> read("[".repeat(1_000_000)))
                .isInstanceOf(JsonTree.Malformed.class)
                .hasMessage("More than 200 arrays and objects within one another at 201");
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> read("[NaN]")).hasMessage("Expecting value at 1");
        assertThatThrownBy(() -> read("-Infinity")).hasMessage("Expecting value at 0");
        assertThatThrownBy(() -> read("")).hasMessage("Expecting value at 0");
        assertThatThrownBy(() -> JsonTree.read(new byte[] {'"', (byte) 0xff, '"'}))
                .isInstanceOf(JsonTree.Malformed.class);
    }

    @Test
    void mistakesAreFoundWherePythonFindsThem() throws Exception {
        List<String> different = new ArrayList<>();
        for (String line : Python.lines("-c", PROGRAM)) {
            List<?> parts = (List<?>) read(line);
            String want = parts.get(1) + " at " + parts.get(2);
            String have = "fine at 0";
            try {
                read((String) parts.get(0));
            } catch (JsonTree.Malformed malformed) {
                have = malformed.words() + " at " + malformed.position();
            }
            if (!have.equals(want)) {
                different.add(line + ": " + have);
            }
        }

        assertThat(different).isEmpty();
    }
}
