package io.asyncio4j.testing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `@AsyncTest` as it is compiled runs with the oldest JUnit that it promises to run with. Maven
/// puts that into `target/oldest-junit`.
@Tag("slow")
final class OldestJUnitTest {
    private static final Path OLDEST = Path.of("target", "oldest-junit");
    private static final Pattern NEWEST = Pattern.compile("(junit-|opentest4j-).*\\.jar");

    @Test
    void testsOfAsyncTestSucceedWithIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        OldestJUnit.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).containsPattern("(?m)^5\\.12\\.\\d+: (\\d\\d+) of \\1 tests succeeded$");
        assertThat(process.waitFor()).isZero();
    }

    /// The class path of this test with the oldest JUnit in place of the one that runs it.
    private static String classPath() throws Exception {
        String mine = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (Stream<Path> oldest = Files.list(OLDEST)) {
            return Stream.concat(
                            oldest.map(Path::toString),
                            List.of(mine.split(File.pathSeparator)).stream()
                                    .filter(entry -> !NEWEST.matcher(
                                                    Path.of(entry).getFileName().toString())
                                            .matches()))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
