package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The messages and exit codes of `./asyncio4j`.
final class LauncherTest {
    private static final String GREETER = """
        void main(String... args) {
            IO.println("Grüße, " + String.join(" und ", args));
        }
        """;

    @TempDir
    private Path folder;

    @Test
    void helpTellsTheUsage() throws Exception {
        Launch.Ended help = Launch.of("--help").end();

        assertThat(help.out().getFirst()).isEqualTo("Usage: asyncio4j run FILE.java [ARGS...]");
        assertThat(help.complaints()).isEmpty();
        assertThat(help.exitCode()).isZero();
    }

    @Test
    void versionIsThatOfTheBuild() throws Exception {
        Launch.Ended version = Launch.of("--version").end();

        assertThat(version.out()).hasSize(1);
        assertThat(version.out().getFirst()).matches("asyncio4j \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(version.exitCode()).isZero();
    }

    @Test
    void wrongUsageIsOneLineAndStatusTwo() throws Exception {
        refuses("nothing to do; asyncio4j --help shows how to use it");
        refuses("unknown command: walk; asyncio4j --help shows how to use it", "walk");
        refuses("run needs a file: asyncio4j run FILE.java [ARGS...]", "run");
        refuses("not a .java file: program.py", "run", "program.py");
        refuses(
                "serve has no option --prot; it has --host, --port, --workers and --reload",
                "serve",
                "Nowhere.java",
                "--prot");
        refuses(
                "--port cannot be 'x': --port 8000, or another number from 0 to 65535",
                "serve",
                "Nowhere.java",
                "--port",
                "x");
        refuses(
                "--reload serves with one worker; leave out --reload or --workers",
                "serve",
                "Nowhere.java",
                "--reload",
                "--workers",
                "2");
    }

    @Test
    void aMissingFileIsOneLineAndStatusTwo() throws Exception {
        refuses("no such file: Nowhere.java", "run", "Nowhere.java");
    }

    @Test
    void withoutAJdkItSaysWhichOneToInstall() throws Exception {
        Path launcher = folder.resolve("asyncio4j");
        Files.copy(Launch.LAUNCHER, launcher);
        // No JDK is new enough for this launcher.
        Path search = Launch.LAUNCHER.resolveSibling("build/launch.sh");
        Files.createDirectory(folder.resolve("build"));
        Files.writeString(
                folder.resolve("build/launch.sh"), Files.readString(search).replace("minimum=25", "minimum=9999"));
        Path program = file("Program.java", GREETER);

        Launch.Ended refused = Launch.of(launcher, "run", program).end();

        assertThat(refused.err())
                .isEqualTo("asyncio4j: no JDK 9999 or newer found; install one, such as Eclipse Temurin 9999, "
                        + "or set JAVA_HOME to it\n");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @Test
    void aJavaHomeThatIsNoJdkIsPassedOver() throws Exception {
        Launch.Ended greeting = Launch.of("run", file("Program.java", GREETER), "you")
                .with("JAVA_HOME", folder.toString())
                .end();

        assertThat(greeting.out()).containsExactly("Grüße, you");
        assertThat(greeting.exitCode()).isZero();
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() throws Exception {
        Launch.Ended greeting = Launch.of("run", file("Program.java", GREETER), "a b", "*", "--help")
                .end();

        assertThat(greeting.out()).containsExactly("Grüße, a b und * und --help");
    }

    @Test
    void anAsciiLocaleGarblesNothing() throws Exception {
        Launch.Ended greeting = Launch.of("run", file("程序.java", GREETER), "任务")
                .with("LC_ALL", "C")
                .end();

        assertThat(greeting.complaints()).isEmpty();
        assertThat(greeting.out()).containsExactly("Grüße, 任务");
    }

    @Test
    void itWorksThroughALinkAndFromAnyFolder() throws Exception {
        file("Program.java", GREETER);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Launch.LAUNCHER);

        Launch.Ended greeting =
                Launch.of(link, "run", "Program.java", "you").in(folder).end();

        assertThat(greeting.complaints()).isEmpty();
        assertThat(greeting.out()).containsExactly("Grüße, you");
    }

    @Test
    void theFastEngineIsUsed() throws Exception {
        Launch.Ended program = Launch.of("run", file("Program.java", """
            import static io.asyncio4j.Asyncio.*;

            void main() {
                run(() -> IO.println("run"));
            }
            """))
                .with("ASYNCIO4J_DEBUG", "1")
                .end();

        assertThat(program.err()).contains("The loop runs on the carrier engine");
    }

    @Test
    void aProgramThatDoesNotCompileEndsWithStatusOne() throws Exception {
        Launch.Ended program = Launch.of("run", file("Wrong.java", "void main() { nothing(); }"))
                .end();

        assertThat(program.err())
                .contains("Wrong.java:1: error: cannot find symbol")
                .doesNotContain("\tat ");
        assertThat(program.exitCode()).isEqualTo(1);
    }

    @OnBothEngines
    void aProgramThatFailsEndsWithStatusOneAndPrintsItsTraceOnce(String engine) throws Exception {
        Launch.Ended program =
                Launch.of("run", file("Failing.java", """
                    import static io.asyncio4j.Asyncio.*;

                    void fail() throws IOException {
                        sleep(java.time.Duration.ZERO);
                        throw new IOException("no luck");
                    }

                    void main() throws IOException {
                        run(() -> fail());
                    }
                    """)).on(engine).end();

        assertThat(program.err()).startsWith("Exception in thread \"main\" java.io.IOException: no luck\n");
        assertThat(program.err()).containsOnlyOnce("no luck").containsOnlyOnce("at Failing.fail(Failing.java:5)");
        assertThat(program.exitCode()).isEqualTo(1);
    }

    /// Down to the frame of main, and of a task's own code, whichever task it is.
    @OnBothEngines
    void aTraceHasAllFramesOfTheProgram(String engine) throws Exception {
        Launch.Ended program =
                Launch.of("run", file("Deep.java", """
                    import static io.asyncio4j.Asyncio.*;

                    void load(String name) throws IOException {
                        throw new IOException("no " + name);
                    }

                    void main() throws Exception {
                        new Exception("in main").printStackTrace();
                        run(() -> {
                            new Exception("in the main task").printStackTrace();
                            await(createTask(() -> load("name")));
                        });
                    }
                    """)).on(engine).end();

        assertThat(framesOfProgram(program.err()))
                .containsExactly(
                        "java.lang.Exception: in main",
                        "at Deep.main(Deep.java:8)",
                        "java.lang.Exception: in the main task",
                        "at Deep.lambda$main$0(Deep.java:10)",
                        "Exception in thread \"main\" java.io.IOException: no name",
                        "at Deep.load(Deep.java:4)",
                        "at Deep.lambda$main$1(Deep.java:11)",
                        "Suppressed: awaited by task 'Task-1'",
                        "at Deep.lambda$main$0(Deep.java:11)");
        assertThat(program.err()).doesNotContain("jdk.compiler", "asyncio4j.cli", "jdk.internal.reflect");
    }

    private static List<String> framesOfProgram(String err) {
        return err.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("at io.asyncio4j.")
                        && !line.startsWith("at java.base/")
                        && !line.startsWith("..."))
                .toList();
    }

    @Test
    void theNamesOfParametersAreKept() throws Exception {
        Launch.Ended program = Launch.of("run", file("Names.java", """
            void greet(String who, int times) {}

            void main() {
                var greet = Stream.of(getClass().getDeclaredMethods())
                        .filter(method -> method.getName().equals("greet"))
                        .findFirst()
                        .orElseThrow();
                IO.println(Stream.of(greet.getParameters()).map(parameter -> parameter.getName()).toList());
            }
            """)).end();

        assertThat(program.err()).isEmpty();
        assertThat(program.out()).containsExactly("[who, times]");
    }

    /// It blocks until that is in the log.
    @OnBothEngines
    void whoeverBlocksTheLoopForHalfASecondIsTold(String engine) throws Exception {
        Launch.Ended program = Launch.of("run", file("Blocks.java", """
            import static io.asyncio4j.Asyncio.*;
            import module java.logging;

            void main() {
                var told = new CountDownLatch(1);
                var log = Logger.getLogger("io.asyncio4j");
                log.setUseParentHandlers(false);
                log.addHandler(new Handler() {
                    public void publish(LogRecord record) {
                        if (record.getMessage().startsWith("Task 'learner' blocks the event loop of thread 'main'")) {
                            told.countDown();
                        }
                    }
                    public void flush() {}
                    public void close() {}
                });
                run(() -> {
                    await(createTask("learner", () -> told.await()));
                    IO.println("told, after " + runningLoop().slowCallbackDuration());
                });
            }
            """))
                .with("ASYNCIO4J_JAVA_OPTS", "-Dasyncio4j.engine=" + engine)
                .end();

        assertThat(program.out()).containsExactly("told, after PT0.5S");
        assertThat(program.err()).isEmpty();
    }

    /// They behave as with `java FILE.java`.
    @Test
    void aProgramMayHaveAPackageAndSeveralClasses() throws Exception {
        Files.createDirectories(folder.resolve("shop/stock"));
        file("shop/Order.java", """
            package shop;

            import shop.stock.Item;

            record Line(Item item, int count) {}

            public class Order {
                public static void main(String[] args) {
                    System.out.println(new Line(new Item("tea"), 2) + " " + System.getProperty("jdk.launcher.sourcefile"));
                }
            }
            """);
        file("shop/stock/Item.java", "package shop.stock; public record Item(String name) {}");

        Launch.Ended program = Launch.of("run", "shop/Order.java").in(folder).end();

        assertThat(program.err()).isEmpty();
        assertThat(program.out())
                .containsExactly("Line[item=Item[name=tea], count=2] " + folder.resolve("shop/Order.java"));
    }

    @Test
    void whatCannotBeCompiledAheadIsLeftToJava() throws Exception {
        Launch.Ended none = Launch.of("run", file("NoMain.java", "class A {} class NoMain {}"))
                .end();
        assertThat(none.err()).isEqualTo("error: can't find main(String[]) or main() method in class: NoMain\n");
        assertThat(none.exitCode()).isEqualTo(1);

        Path broken = file("Broken.java", "class Broken { int x = \"\"; }");
        Launch.Ended uses = Launch.of("run", file("Uses.java", "void main() { new Broken(); }"))
                .end();
        assertThat(uses.err()).isEqualTo(broken + """
            :1: error: incompatible types: String cannot be converted to int
            class Broken { int x = ""; }
                                   ^
            1 error
            error: compilation failed
            """);
        assertThat(uses.exitCode()).isEqualTo(1);
    }

    @Test
    void resourcesBesideTheProgramAreFound() throws Exception {
        file("words.txt", "one two");
        Launch.Ended program = Launch.of("run", file("Reads.java", """
            void main() throws IOException {
                try (var in = getClass().getResourceAsStream("words.txt")) {
                    IO.println(new String(in.readAllBytes()));
                }
            }
            """)).end();

        assertThat(program.err()).isEmpty();
        assertThat(program.out()).containsExactly("one two");
    }

    @Test
    void standardInputIsTheProgramsFromTheFirstRunOn() throws Exception {
        Path echo = file("Echo.java", "void main() { IO.println(IO.readln()); }");
        for (String line : List.of("first", "second")) {
            try (Launch.Running program = Launch.of("run", echo).start()) {
                assertThat(program.enter(line).end().out()).containsExactly(line);
            }
        }
    }

    @Test
    void aNameMayHaveBlanks() throws Exception {
        Path program =
                file("my program.java", "class Any { public static void main(String[] a) { IO.println(a[0]); } }");

        assertThat(Launch.of("run", program, "x y").end().out()).containsExactly("x y");
    }

    /// Its class path has a wildcard, as that of streams does.
    @Test
    void aProgramThatNamesStreamsHasThem() throws Exception {
        Launch.Ended program = Launch.of("run", file("Named.java", """
            import io.asyncio4j.streams.Streams;

            void main() {
                io.asyncio4j.Asyncio.run(() -> IO.println(Streams.class.getSimpleName()));
            }
            """)).end();

        assertThat(program.err()).isEmpty();
        assertThat(program.out()).containsExactly("Streams");
    }

    @Test
    void aClassPathOfOnesOwnComesBeforeTheLibrary() throws Exception {
        Path library = Files.createDirectory(folder.resolve("a library"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-d",
                        classes.toString(),
                        Files.writeString(library.resolve("Lib.java"), """
                            package lib;
                            public class Lib { public static String name() { return "lib"; } }
                            """).toString());
        Launch.Ended program = Launch.of("run", file("Main.java", """
            void main() {
                io.asyncio4j.Asyncio.run(() -> IO.println(lib.Lib.name()));
            }
            """))
                .with("ASYNCIO4J_JAVA_OPTS", "-cp " + classes)
                .end();

        assertThat(program.err()).isEmpty();
        assertThat(program.out()).containsExactly("lib");
    }

    @Test
    void theProgramsOwnStatusIsPassedOn() throws Exception {
        Launch.Ended program = Launch.of("run", file("Exits.java", "void main() { System.exit(42); }"))
                .end();

        assertThat(program.exitCode()).isEqualTo(42);
    }

    private Path file(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name), source);
    }

    private static void refuses(String message, Object... arguments) throws Exception {
        Launch.Ended refused = Launch.of(arguments).end();

        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isEqualTo("asyncio4j: " + message + "\n");
        assertThat(refused.exitCode()).isEqualTo(2);
    }
}
