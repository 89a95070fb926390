package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./asyncio4j` says and returns.
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

                    void main() {
                        run(() -> fail());
                    }
                    """)).on(engine).end();

        assertThat(program.err()).startsWith("Exception in thread \"main\" java.io.IOException: no luck\n");
        assertThat(program.err()).containsOnlyOnce("no luck").containsOnlyOnce("at Failing.fail(Failing.java:5)");
        assertThat(program.exitCode()).isEqualTo(1);
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
