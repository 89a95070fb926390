package io.asyncio4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Programs that do not come to their end by themselves.
final class ExecutionTest {
    private static final ObjectMapper JSON = JsonMapper.shared();

    private static List<?> run(String program) {
        return new Worker().run(Program.read(JSON.readTree(program)));
    }

    @Test
    void aDeadlockEndsTheTrace() {
        List<?> trace = run("""
            {"id": "stuck", "resources": {"F": {"type": "future"}},
             "main": [{"op": "try", "body": [{"op": "await", "target": "F"}],
                       "finally": [{"op": "log", "v": "late"}]}],
             "main2": [{"op": "log", "v": "later"}]}
            """);
        assertThat(trace.toString()).isEqualTo("""
            [[0, main, start, main], [0, main, await>, F], [0, -, end, deadlock]]\
            """);
    }

    @Test
    void anEndlessProgramReachesTheLimitOfEvents() {
        List<?> trace = run("""
            {"id": "endless", "main": [{"op": "loop", "n": 1000, "body": [{"op": "log", "v": 1}]}]}
            """);
        assertThat(trace).hasSize(402).last().hasToString("[0, -, end, steplimit]");
    }

    @Test
    void aProgramThatLogsNothingReachesTheLimitOfStatements() {
        List<?> trace = run("""
            {"id": "silent", "main": [{"op": "loop", "n": 2000000000, "body":
              [{"op": "if", "cond": {"done": "self"}, "then": []}]}]}
            """);
        assertThat(trace).hasSize(2).last().hasToString("[0, -, end, steplimit]");
    }
}
