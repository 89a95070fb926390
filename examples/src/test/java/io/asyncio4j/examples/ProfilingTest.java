package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flight recordings of programs that know nothing of them, and the page that tells of it.
final class ProfilingTest {
    private static final Path EXAMPLES = Launch.ROOT.resolve("examples/docs/profiling");
    private static final Path LOOP = EXAMPLES.resolve("OfALoop.java");

    private static final Pattern OUTPUT_BLOCK = Pattern.compile("(?ms)^```text\n(.*?)^```");

    @Test
    void theJvmsOwnRecordingHasTheTasksOfAProgram(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("loop.jfr");

        Launch.Ended ended = Launch.of("run", LOOP)
                .with("ASYNCIO4J_JAVA_OPTS", "-Xlog:jfr+startup=off -XX:StartFlightRecording:filename=" + file)
                .end();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        List<String> types = RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getEventType().getName())
                .toList();
        assertThat(types).filteredOn("io.asyncio4j.TaskCreated"::equals).hasSizeGreaterThanOrEqualTo(12);
        assertThat(types).filteredOn("io.asyncio4j.TaskEnded"::equals).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void aProgramRunsWhereThereIsNoFlightRecorder() throws Exception {
        Launch.Ended ended = Launch.of("run", LOOP)
                .with("ASYNCIO4J_JAVA_OPTS", "--limit-modules java.base,java.logging,jdk.compiler,jdk.unsupported")
                .end();

        assertThat(ended.complaints()).isEmpty();
        assertThat(ended.out()).startsWith("12 tasks created, 1 ended");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void theOutputOnThePageIsThatOfTheExamples() throws IOException {
        String outputs;
        try (Stream<Path> programs = Files.list(EXAMPLES)) {
            outputs = programs.map(ProfilingTest::output).collect(Collectors.joining("\n"));
        }

        String page = Files.readString(Launch.ROOT.resolve("docs/see/profiling.md"));
        assertThat(OUTPUT_BLOCK.matcher(page).results().map(block -> block.group(1)))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(outputs).contains(block.strip()));
    }

    private static String output(Path program) {
        try {
            String source = Files.readString(program);
            return source.substring(source.indexOf("// Output:"))
                    .lines()
                    .map(line -> line.replaceFirst("^// ?", ""))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
