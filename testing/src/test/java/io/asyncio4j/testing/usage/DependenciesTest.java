package io.asyncio4j.testing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The module as it is compiled runs with the oldest JUnit that it promises to run with, which
/// Maven puts into `target/oldest-junit`, and most of it without any.
@Tag("slow")
final class DependenciesTest {
    private static final Path OLDEST = Path.of("target", "oldest-junit");
    private static final Pattern JUNIT = Pattern.compile("(junit-|opentest4j-).*\\.jar");
    private static final Pattern TOOLS = Pattern.compile("(junit-|opentest4j-|assertj-).*\\.jar");

    @Test
    void testsOfAsyncTestSucceedWithTheOldestJUnit() throws Exception {
        String jars;
        try (Stream<Path> oldest = Files.list(OLDEST)) {
            jars = oldest.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }

        assertThat(outputOf(OldestJUnit.class, jars + File.pathSeparator + classPathWithout(JUNIT)))
                .containsPattern("(?m)^5\\.12\\.\\d+: (\\d\\d+) of \\1 tests succeeded$");
    }

    @Test
    void virtualTimeAndSchedulesNeedNeitherJUnitNorAssertJ() throws Exception {
        assertThat(outputOf(WithoutJUnit.class, classPathWithout(TOOLS)).strip())
                .isEqualTo("PT1H, no JUnit, no AssertJ, 2 schedules");
    }

    private static String outputOf(Class<?> program, String classPath) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        program.getName())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String classPathWithout(Pattern jars) {
        String mine = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(mine.split(File.pathSeparator)).stream()
                .filter(entry ->
                        !jars.matcher(Path.of(entry).getFileName().toString()).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
