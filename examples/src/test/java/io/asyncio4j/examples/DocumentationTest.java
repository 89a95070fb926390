package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The programs in `examples/docs` print what their last comment says, and the pages show nothing
/// but programs that are tested.
final class DocumentationTest {
    private static final Path EXAMPLES = Launch.ROOT.resolve("examples");

    private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```");
    private static final Pattern OUTPUT_BLOCK = Pattern.compile("(?ms)^```output\n(.*?)^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern WHITESPACE = Pattern.compile("\\s+");

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramPrintsWhatItsLastCommentSays(String program) throws Exception {
        Path file = EXAMPLES.resolve("docs").resolve(program);

        Launch.Ended ended = Launch.of("run", file).end();

        PromisedOutput promised = PromisedOutput.of(file);
        assertThat(promised.comparable(ended.out())).isEqualTo(promised.comparable(promised.lines()));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
    }

    /// All but the one that ends by Ctrl-C, which has a test of its own.
    static List<String> programs() {
        return javaFiles("docs")
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("CtrlC.java"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageShowsTestedProgramsOnly(String page) throws IOException {
        List<String> programs = Stream.of("docs", "streams", "tutorial")
                .flatMap(DocumentationTest::javaFiles)
                .map(DocumentationTest::read)
                .map(DocumentationTest::normalized)
                .toList();

        assertThat(JAVA_BLOCK.matcher(read(Launch.ROOT.resolve(page))).results().map(block -> block.group(1)))
                .allSatisfy(block -> assertThat(programs).anyMatch(program -> program.contains(normalized(block))));
    }

    /// A block of output begins with three backquotes and `output`; it is the whole output of a
    /// program, or lines of it.
    @ParameterizedTest
    @MethodSource("pages")
    void aPageShowsOutputOfTestedProgramsOnly(String page) throws IOException {
        List<String> outputs = javaFiles("docs")
                .filter(file -> !file.endsWith("CtrlC.java"))
                .map(DocumentationTest::outputOf)
                .toList();

        assertThat(OUTPUT_BLOCK
                        .matcher(read(Launch.ROOT.resolve(page)))
                        .results()
                        .map(block -> block.group(1)))
                .allSatisfy(block -> assertThat(outputs).anyMatch(output -> ("\n" + output).contains("\n" + block)));
    }

    private static String outputOf(Path program) {
        try {
            return PromisedOutput.of(program).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkToAFileLeadsToOne(String page) throws IOException {
        Path file = Launch.ROOT.resolve(page);

        assertThat(LINK.matcher(read(file)).results().map(link -> link.group(1)))
                .filteredOn(link -> !link.contains("://"))
                .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
    }

    static List<String> pages() throws IOException {
        try (var docs = Files.walk(Launch.ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md"),
                            docs.filter(file -> file.toString().endsWith(".md"))
                                    .map(file -> Launch.ROOT.relativize(file).toString())
                                    .sorted())
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(String folder) {
        try (var files = Files.list(EXAMPLES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String normalized(String source) {
        return WHITESPACE.matcher(source).replaceAll(" ").strip();
    }
}
