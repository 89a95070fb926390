package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that `./asyncio4j run` has compiled before.
///
/// Whether one is compiled again shows in the versions that the cache has of it.
final class CompiledProgramTest {
    @TempDir
    private Path folder;

    private Path cache;

    @BeforeEach
    void makeFolders() throws IOException {
        cache = folder.resolve("cache");
        Files.createDirectory(folder.resolve("src"));
    }

    private Path file(String name, String source) throws IOException {
        Path file = folder.resolve("src").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        // Old enough to have been there before the compiler began, whatever clock the file system has.
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        return file;
    }

    private Launch launch(Object... command) {
        return Launch.of(command).with("XDG_CACHE_HOME", cache.toString()).in(folder.resolve("src"));
    }

    private List<String> run(Object... arguments) throws Exception {
        var command = new ArrayList<Object>(List.of("run"));
        command.addAll(List.of(arguments));
        Launch.Ended ended = launch(command.toArray()).end();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        return ended.out();
    }

    /// The folders of versions, complete or not.
    private List<Path> versions() throws IOException {
        Path programs = cache.resolve("asyncio4j/programs");
        if (!Files.exists(programs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(programs, 2)) {
            return files.filter(file -> file.getNameCount() == programs.getNameCount() + 2 && Files.isDirectory(file))
                    .toList();
        }
    }

    private static String printing(String text) {
        return "void main() { IO.println(\"" + text + "\"); }";
    }

    @Test
    void anUnchangedProgramIsNotCompiledAgain() throws Exception {
        file("Hello.java", printing("hello"));

        assertThat(run("Hello.java")).containsExactly("hello");
        List<Path> compiled = versions();
        assertThat(compiled).hasSize(1);
        assertThat(run("Hello.java")).containsExactly("hello");
        assertThat(versions()).isEqualTo(compiled);
    }

    /// The file is as old and as long as before.
    @Test
    void aChangeIsSeenWhateverTheClockSays() throws Exception {
        file("Hello.java", printing("hello"));
        assertThat(run("Hello.java")).containsExactly("hello");

        file("Hello.java", printing("jello"));
        assertThat(run("Hello.java")).containsExactly("jello");
    }

    @Test
    void aChangeOfAFileBesideItIsSeen() throws Exception {
        file("Main.java", "void main() { IO.println(Helper.TEXT + tools.Tool.text()); }");
        file("Helper.java", "class Helper { static final String TEXT = \"a\"; }");
        file("tools/Tool.java", "package tools; public class Tool { public static String text() { return \"b\"; } }");
        assertThat(run("Main.java")).containsExactly("ab");
        assertThat(run("Main.java")).containsExactly("ab");
        assertThat(versions()).hasSize(1);

        file("Helper.java", "class Helper { static final String TEXT = \"c\"; }");
        assertThat(run("Main.java")).containsExactly("cb");
        file("tools/Tool.java", "package tools; public class Tool { public static String text() { return \"d\"; } }");
        assertThat(run("Main.java")).containsExactly("cd");
    }

    /// All files together are the same text as before.
    @Test
    void aMoveFromOneFileToTheNextIsSeen() throws Exception {
        String extra = "class Extra { static StackTraceElement place = new Throwable().getStackTrace()[0]; }\n";
        file("Main.java", "void main() { IO.println(new A().toString() + new B() + Extra.place.getFileName()); }\n");
        file("A.java", "class A { public String toString() { return \"a\"; } }\n" + extra);
        file("B.java", "class B { public String toString() { return \"b\"; } }\n");
        assertThat(run("Main.java")).containsExactly("abA.java");

        file("A.java", "class A { public String toString() { return \"a\"; } }\n");
        file("B.java", extra + "class B { public String toString() { return \"b\"; } }\n");
        assertThat(run("Main.java")).containsExactly("abB.java");
    }

    /// `List` meant `java.util.List`, which every such program imports.
    @Test
    void aNewFileThatChangesWhatANameMeansIsSeen() throws Exception {
        file("Main.java", "void main() { IO.println(List.of(1)); }");
        assertThat(run("Main.java")).containsExactly("[1]");

        file("List.java", "class List { static String of(int i) { return \"mine\"; } }");
        assertThat(run("Main.java")).containsExactly("mine");

        Files.delete(folder.resolve("src/List.java"));
        assertThat(run("Main.java")).containsExactly("[1]");
    }

    @Test
    void otherOptionsAreAnotherProgram() throws Exception {
        file("Main.java", "void main() { Object o = 1; if (o instanceof int i) IO.println(i); }");

        Launch.Ended refused = launch("run", "Main.java").end();
        assertThat(refused.err())
                .startsWith("Main.java:1: error: primitive patterns are a preview feature and are disabled by default.")
                .endsWith("error: compilation failed\n");
        assertThat(refused.exitCode()).isEqualTo(1);

        for (String options :
                List.of("--enable-preview", "--enable-preview --source 25", "--source=25 --enable-preview")) {
            Launch.Ended ended = launch("run", "Main.java")
                    .with("ASYNCIO4J_JAVA_OPTS", options)
                    .end();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).containsExactly("1");
        }
    }

    @Test
    void whatTheCompilerWarnsOfIsSaidEachTime() throws Exception {
        file("Main.java", "void main() { List raw = new ArrayList(); raw.add(1); IO.println(raw); }");

        for (int time = 1; time <= 2; time++) {
            Launch.Ended ended = launch("run", "Main.java").end();
            assertThat(ended.err())
                    .startsWith("Main.java:1: warning: [unchecked] unchecked call to add(E)")
                    .endsWith("1 warning\n");
            assertThat(ended.out()).containsExactly("[1]");
        }
        assertThat(versions()).hasSize(1);
    }

    @Test
    void severalFirstStartsAtOnceAllWork() throws Exception {
        file("Main.java", printing("started"));
        List<Launch.Running> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(launch("run", "Main.java").start());
        }
        for (Launch.Running program : running) {
            Launch.Ended ended = program.end();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).containsExactly("started");
        }
        assertThat(run("Main.java")).containsExactly("started");
    }

    /// A class that it needs only then is still there.
    @Test
    void aProgramGoesOnWhenItsFileIsChangedAndTheCacheDeleted() throws Exception {
        file("Main.java", """
            void main() throws Exception {
                IO.println("ready");
                IO.readln();
                IO.println(Late.text());
            }
            class Late {
                static String text() { return "as it was"; }
            }
            """);
        try (Launch.Running program = launch("run", "Main.java").start()) {
            program.awaitLine("ready");
            file("Main.java", printing("changed"));
            assertThat(run("Main.java")).containsExactly("changed");
            delete(cache);
            assertThat(program.enter("go on").end().out()).containsExactly("ready", "as it was");
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aDamagedCacheIsReplaced() throws Exception {
        file("Main.java", printing("hello"));
        run("Main.java");
        Path current = versions().getFirst().resolveSibling("current");
        for (String damaged : List.of("", "version none\n", "nonsense")) {
            Files.writeString(current, damaged);
            assertThat(run("Main.java")).containsExactly("hello");
        }
    }

    @Test
    void withoutAPlaceForTheCacheTheProgramRunsAllTheSame() throws Exception {
        Files.writeString(cache, "no folder");
        file("Main.java", printing("hello"));

        assertThat(run("Main.java")).containsExactly("hello");
    }

    /// Only what was not used for a while goes.
    @Test
    void theCacheIsBounded() throws Exception {
        file("Main.java", printing("hello"));
        run("Main.java");
        Path version = versions().getFirst();
        Path programs = version.getParent().getParent();
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        for (int i = 0; i < 300; i++) {
            Path entry = Files.createDirectories(programs.resolve("old-" + i).resolve("version"));
            Files.writeString(entry.resolveSibling("current"), "version version\n");
            Files.setLastModifiedTime(Files.createFile(entry.resolve("used")), old);
        }
        file("Main.java", printing("changed"));
        assertThat(run("Main.java")).containsExactly("changed");

        try (Stream<Path> entries = Files.list(programs)) {
            assertThat(entries).hasSize(200).contains(version.getParent());
        }
    }
}
