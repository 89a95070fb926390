package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    private static final Pattern TEXT_BLOCK = Pattern.compile("(?ms)\"\"\"\n(.*?)\"\"\"");

    /// What debug mode logs of the engine.
    private static final Pattern ENGINE_NOTICE = Pattern.compile("(?m)^.* choose\\RINFO: The loop runs on .*\\R");

    /// What is not the loop's own: a program with any of it runs in real time.
    private static final Pattern OUTSIDE = Pattern.compile(
            "io\\.asyncio4j\\.streams|Thread|runInExecutor|[sS]lowCallbackDuration|jdk\\.jfr|CompletableFuture");

    /// What the launcher says of the tasks that some programs leave to the end of the run.
    private static final Pattern UNFINISHED_TASKS =
            Pattern.compile("(?m)^.* io\\.asyncio4j\\.diagnose\\.UnfinishedTasks report\\R"
                    + "WARNING: .* not done when the main task had ended.*\\R(  .*\\R)+Await .*\\R");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern WHITESPACE = Pattern.compile("\\s+");

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramPrintsWhatItsLastCommentSays(String program) throws Exception {
        Path file = EXAMPLES.resolve("docs").resolve(program);

        Launch launch = Launch.of("run", file);
        if (!OUTSIDE.matcher(read(file)).find()) {
            launch.onVirtualTime();
        }
        Launch.Ended ended = launch.end();

        PromisedOutput promised = PromisedOutput.of(file);
        assertThat(promised.comparable(ended.out())).isEqualTo(promised.comparable(promised.lines()));
        String errors = ENGINE_NOTICE.matcher(ended.complaints()).replaceAll("");
        assertThat(UNFINISHED_TASKS.matcher(errors).replaceAll("")).isEmpty();
        assertThat(ended.exitCode()).isZero();
    }

    /// All but those that have tests of their own: one ends by Ctrl-C, one hangs.
    static List<String> programs() {
        return javaFiles("docs")
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("CtrlC.java") && !name.equals("HungBank.java"))
                .sorted()
                .toList();
    }

    static List<String> outputPromisedBy(Path program) throws IOException {
        return PromisedOutput.of(program).lines();
    }

    @ParameterizedTest
    @MethodSource("pagesOfParts")
    void aPageShowsTestedProgramsOnly(String page) throws IOException {
        List<String> programs = Stream.concat(
                        Stream.of("docs", "streams", "tutorial", "web", "web/tutorial", "web/tutorial/shop")
                                .flatMap(DocumentationTest::javaFiles),
                        Stream.of(testsOfTesting(), testsOf("web"), sourcesOf("examples/burgers/src/main/java"))
                                .flatMap(sources -> sources))
                .map(DocumentationTest::read)
                .map(DocumentationTest::normalized)
                .toList();

        assertThat(JAVA_BLOCK.matcher(read(Launch.ROOT.resolve(page))).results().map(block -> block.group(1)))
                .allSatisfy(block -> assertThat(programs).anyMatch(program -> program.contains(normalized(block))));
    }

    /// A block of output is what a program prints, or a test of module testing expects, as it
    /// stands or without the lines left out for `...`.
    @ParameterizedTest
    @MethodSource("pagesOfParts")
    void aPageShowsWhatProgramsReallyPrint(String page) throws IOException {
        List<String> outputs = new ArrayList<>();
        for (Path program : javaFiles("docs").toList()) {
            if (PromisedOutput.isIn(program)) {
                outputs.add(String.join("\n", outputPromisedBy(program)));
            }
        }

        testsOfTesting()
                .flatMap(test -> TEXT_BLOCK.matcher(read(test)).results())
                .forEach(block -> outputs.add(block.group(1).stripIndent().translateEscapes()));

        assertThat(OUTPUT_BLOCK
                        .matcher(read(Launch.ROOT.resolve(page)))
                        .results()
                        .map(block -> block.group(1)))
                .allSatisfy(block -> assertThat(outputs).anyMatch(output -> isPartOf(block, output)));
    }

    private static boolean isPartOf(String block, String output) {
        return Pattern.compile(Pattern.quote(block.stripTrailing()).replace("\n...\n", "\\E\n(?s:.*)\n\\Q"))
                .matcher(output)
                .find();
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

    /// Pages that show parts of programs. The others have code that tests of their own run or
    /// compile.
    static List<String> pagesOfParts() throws IOException {
        Set<String> others = Set.of(
                ReadmeTest.PAGE, GettingStartedTest.PAGE, CompilerMessagesTest.PAGE, "docs/use/compile-time-checks.md");
        return pages().stream().filter(page -> !others.contains(page)).toList();
    }

    private static Stream<Path> javaFiles(String folder) {
        try (var files = Files.list(EXAMPLES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What needs JUnit to run is not an example program but a test of module testing.
    private static Stream<Path> testsOfTesting() {
        return testsOf("testing");
    }

    private static Stream<Path> testsOf(String module) {
        return sourcesOf(module + "/src/test/java");
    }

    private static Stream<Path> sourcesOf(String folder) {
        try (var files = Files.walk(Launch.ROOT.resolve(folder))) {
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
