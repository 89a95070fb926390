package io.asyncio4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Every program of `cases/` leaves the trace that CPython 3.14 left, on the engine the test JVM
/// was given.
final class CasesTest {
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int SHOWN = 5;
    private static final int EVENTS_BEFORE = 5;

    @ParameterizedTest
    @ValueSource(strings = {"handmade", "public"})
    void theTraceOfEveryProgramEqualsThatOfCPython(String corpus) throws IOException {
        List<String> differences = new ArrayList<>();
        Worker worker = new Worker();
        int programs = 0;
        try (Stream<String> lines = Files.lines(Path.of("cases", corpus + ".jsonl"))) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode known = JSON.readTree(line);
                if (isExempt(known)) {
                    continue;
                }
                programs++;
                JsonNode expected = expected(known);
                JsonNode actual = JSON.readTree(JSON.writeValueAsString(worker.run(Program.read(known))));
                if (!actual.equals(expected)) {
                    differences.add(describe(known, expected, actual));
                }
            }
        }
        assertThat(programs).isGreaterThan(100);
        assertThat(differences)
                .withFailMessage(() -> differences.size() + " traces differ, the first:\n"
                        + String.join("\n", differences.subList(0, Math.min(SHOWN, differences.size()))))
                .isEmpty();
    }

    /// Timers of equal deadline run in the order they were set, which is an accident in CPython.
    /// Where CPython 3.14 has a fault, the trace without it counts.
    private static JsonNode expected(JsonNode known) {
        return Stream.of("trace_mended", "trace_fifo", "trace")
                .filter(known::has)
                .findFirst()
                .map(known::get)
                .orElseThrow();
    }

    /// Java has no `SystemExit` and no `KeyboardInterrupt`.
    private static boolean isExempt(JsonNode known) {
        return known.get("program").path("profile").asString("").endsWith("fatal");
    }

    private static String describe(JsonNode known, JsonNode expected, JsonNode actual) {
        int at = 0;
        while (at < expected.size() && at < actual.size() && expected.get(at).equals(actual.get(at))) {
            at++;
        }
        StringBuilder text = new StringBuilder("--- " + known.get("id").asString() + ", event " + at + "\n");
        for (int i = Math.max(0, at - EVENTS_BEFORE); i < at; i++) {
            text.append("           ").append(expected.get(i)).append('\n');
        }
        text.append("  expected ").append(event(expected, at)).append('\n');
        text.append("  but was  ").append(event(actual, at)).append('\n');
        return text.toString();
    }

    private static String event(JsonNode trace, int index) {
        return index < trace.size() ? trace.get(index).toString() : "the end";
    }
}
