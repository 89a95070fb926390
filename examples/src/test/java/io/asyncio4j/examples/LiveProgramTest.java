package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that hangs is explained from another process, as docs/see/seeing-a-live-program.md
/// shows.
final class LiveProgramTest {
    private static final Path PROGRAM = Launch.ROOT.resolve("examples/docs/seeing-a-live-program/HungBank.java");

    @OnBothEngines
    void aProgramThatHangsIsExplained(String engine) throws Exception {
        try (Launch.Running hung =
                Launch.of("run", PROGRAM).on(engine).onVirtualTime().start()) {
            hung.awaitValue("hangs since ");

            List<String> seen = new ArrayList<>();
            for (String command : List.of("pstree", "ps")) {
                seen.add("$ ./asyncio4j " + command + " PID");
                seen.addAll(look(command, hung.pid()));
            }
            assertThat(plain(seen)).isEqualTo(plain(DocumentationTest.outputPromisedBy(PROGRAM)));
        }
    }

    /// Without the times, which are not the same tomorrow, and without the width of their column.
    private static List<String> plain(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\\b\\d+\\.\\d s\\b", "<time>").replaceAll("(?<=\\S) +", " "))
                .toList();
    }

    private static List<String> look(String command, long pid) throws IOException, InterruptedException {
        Launch.Ended ended = Launch.of(command, pid).end();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        return ended.out();
    }

    @OnBothEngines
    void whatIsKnownIsThereAsJson(String engine) throws Exception {
        try (Launch.Running hung = Launch.of("run", PROGRAM).on(engine).start()) {
            hung.awaitValue("hangs since ");

            List<String> json = Launch.of("ps", hung.pid(), "--json").end().out();
            assertThat(json)
                    .contains("  \"pid\" : " + hung.pid() + ",")
                    .contains("      \"name\" : \"mailer\",")
                    .contains("      \"awaits\" : \"queue 'mails', empty\",");
        }
    }
}
