package io.asyncio4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The example programs have none of the mistakes. Only tasks in the background are many, since
/// pages are about them.
final class ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", "."), "../examples");

    /// The programs of a folder are one compilation; those of two may have the same name.
    @ParameterizedTest
    @MethodSource("programsByFolder")
    void examplesAreFreeOfMistakes(List<Path> programs) {
        var checks = Compilation.checks().stream()
                .filter(check -> check != AsyncioFutureIgnored.class)
                .toList();

        String folder = programs.getFirst().getParent().toString(); // packages in it are found there
        assertThat(Compilation.findings(checks, programs, "-sourcepath", folder))
                .isEmpty();
    }

    static Collection<List<Path>> programsByFolder() throws IOException {
        try (var files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !EXAMPLES.relativize(file).startsWith("src")
                            && !EXAMPLES.relativize(file).startsWith("target"))
                    .collect(Collectors.groupingBy(Path::getParent))
                    .values();
        }
    }
}
