package io.asyncio4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.BugPattern;
import com.google.errorprone.BugPattern.SeverityLevel;
import com.google.errorprone.bugpatterns.BugChecker;
import io.asyncio4j.checks.Compilation.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page says of every check what it finds, and the settings on it work.
final class PageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "../docs/use/compile-time-checks.md");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```");
    private static final Pattern ARGUMENT = Pattern.compile("<arg>(.*)</arg>");

    /// What the blocks use, and the method that they are put into.
    private static final String BEFORE = """
        import static io.asyncio4j.Asyncio.*;
        import static java.net.http.HttpResponse.BodyHandlers.ofString;
        import static java.time.Duration.*;

        import io.asyncio4j.*;
        import io.asyncio4j.sync.*;
        import java.util.List;

        abstract class Block {
            List<String> urls;
            Event event;
            Condition condition;
            Lock lock;
            Task<String> task;
            java.net.http.HttpClient client;
            java.net.http.HttpRequest request;
            java.sql.Statement statement;
            java.util.concurrent.CompletableFuture<String> completableFuture;

            abstract String fetch(String what);
            abstract Coroutine<String> fetcher(String what);
            abstract Generator<Integer> numbers();

            void block() throws Exception {
        """;

    private static final String AFTER = """
            }
        }
        """;

    @ParameterizedTest
    @MethodSource("checks")
    void aCheckFindsWhatThePageSays(Class<? extends BugChecker> check, @TempDir Path folder) throws IOException {
        List<String> blocks = BLOCK.matcher(section(check))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> {
            Path file = Files.writeString(folder.resolve("Block.java"), BEFORE + block + AFTER);
            List<String> lines = Files.readAllLines(file);
            assertThat(Compilation.findings(List.of(check), List.of(file)))
                    .extracting(Finding::line)
                    .isNotEmpty()
                    .containsExactlyElementsOf(IntStream.range(0, lines.size())
                            .filter(i -> lines.get(i).endsWith("// found"))
                            .mapToObj(i -> i + 1L)
                            .toList());
        });
    }

    @ParameterizedTest
    @MethodSource("checks")
    void theTableSaysHowSevereACheckIs(Class<? extends BugChecker> check) throws IOException {
        String severity = check.getAnnotation(BugPattern.class).severity() == SeverityLevel.ERROR ? "error" : "warning";
        String name = check.getSimpleName();

        assertThat(Files.readString(PAGE))
                .containsPattern("\\| \\[" + name + "]\\(#" + name.toLowerCase(Locale.ROOT) + "\\) \\| .* \\| "
                        + severity + " \\|");
    }

    @Test
    void theSettingsForMavenSwitchItOn(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(folder.resolve("Program.java"), """
            import static io.asyncio4j.Asyncio.*;

            class Program {
                void main() {
                    run(() -> createTask(() -> "page"));
                }
            }
            """);
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/javac").toString()));
        ARGUMENT.matcher(Files.readString(PAGE)).results().forEach(argument -> command.add(argument.group(1)));
        String classPath = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classPath, "-processorpath", classPath, "-proc:none", "-d", folder.toString()));
        command.add(program.toString());

        Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("error: [AsyncioTaskAsMainResult]");
    }

    static List<Class<? extends BugChecker>> checks() {
        return Compilation.checks();
    }

    private static String section(Class<? extends BugChecker> check) throws IOException {
        String after = Files.readString(PAGE).split("(?m)^### " + check.getSimpleName() + "$", 2)[1];
        return after.split("(?m)^### ", 2)[0];
    }
}
