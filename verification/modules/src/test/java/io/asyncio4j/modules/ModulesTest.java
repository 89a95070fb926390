package io.asyncio4j.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The programs in `src/test/consumers` are modules which require one module of the library. Their
/// module path has what Maven gives to who depends on that one artifact, and nothing else.
final class ModulesTest {
    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src", "test", "consumers");

    /// The engine that needs the JDK's internals has them opened to the module that it is in.
    private static final String OPENED = "--add-opens=java.base/java.lang=io.asyncio4j";

    @TempDir
    private static Path folder;

    /// The images that are linked: this takes long, and they serve both engines.
    private static final Map<Consumer, Path> IMAGES = new EnumMap<>(Consumer.class);

    /// A program, and what is on its module path: the beginnings of file names.
    enum Consumer {
        CORE("hello from core", "asyncio4j-core|jspecify"),
        STREAMS("hello from streams", "asyncio4j-core|jspecify|asyncio4j-streams|netty-"),
        TESTING("hello from testing after PT1H and 1", "asyncio4j-core|jspecify|asyncio4j-testing"),
        WEB(
                """
                200 {"to":"web","times":2}
                422 "Input should be greater than 0"
                200 "web@example.org"
                422 "Value error, must be a well-formed email address"
                200 true\
                """,
                "asyncio4j-core|jspecify|asyncio4j-streams|netty-|asyncio4j-web|jackson-|jakarta\\.validation|"
                        + "hibernate-validator|jboss-logging|classmate|swagger-ui|redoc");

        final String prints;
        private final String needed;

        Consumer(String prints, String needed) {
            this.prints = prints;
            this.needed = needed;
        }

        String module() {
            return "consumer." + name().toLowerCase(Locale.ROOT);
        }

        /// Returns the modules that an image begins with. The validator is a service that no module
        /// requires: `java` finds it, `jlink` has to be told. The files of the pages in `/docs` are
        /// automatic modules, which an image cannot have, so that it answers them with 404.
        String roots() {
            return this == WEB ? module() + ",org.hibernate.validator" : module();
        }

        Path sources() {
            return SOURCES.resolve(name().toLowerCase(Locale.ROOT));
        }

        /// Whether an entry of the tests' class path is needed: a jar, or the classes of another
        /// part of this build, such as `streams/target/classes`.
        private boolean needs(String entry) {
            String name = entry.replaceFirst(".*/(\\w+)/target/classes$", "asyncio4j-$1");
            return Path.of(name).getFileName().toString().matches("(" + needed + ").*");
        }

        String modulePath() {
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(this::needs)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /// The output and the exit code of a process.
    private record Ended(int exitCode, String output) {}

    private static Ended run(Object... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static Path tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    private static Path compile(Consumer consumer) throws IOException, InterruptedException {
        Path classes = folder.resolve(consumer.module());
        List<Object> command = new ArrayList<>(List.of(
                tool("javac"),
                "-parameters",
                "-Xlint:all",
                "-Werror",
                "-d",
                classes,
                "--module-path",
                consumer.modulePath()));
        try (Stream<Path> files = Files.walk(consumer.sources())) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(command::add);
        }
        assertThat(run(command.toArray())).isEqualTo(new Ended(0, ""));
        return classes;
    }

    @ParameterizedTest
    @EnumSource
    void aModuleIsCompiledWithoutWarningsAndRuns(Consumer consumer) throws Exception {
        String modulePath = compile(consumer) + File.pathSeparator + consumer.modulePath();

        Ended program = run(
                tool("java"),
                OPENED,
                "-Dasyncio4j.engine=carrier",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--module-path",
                modulePath,
                "--module",
                consumer.module() + "/" + consumer.module() + ".Main");

        assertThat(program).isEqualTo(new Ended(0, consumer.prints + "\n"));
    }

    @ParameterizedTest
    @CsvSource({"CORE, carrier", "CORE, baton", "STREAMS, carrier", "STREAMS, baton", "WEB, carrier", "WEB, baton"})
    void anImageRuns(Consumer consumer, String engine) throws Exception {
        Path java = link(consumer);

        Ended program = run(
                java,
                OPENED,
                "-Dasyncio4j.engine=" + engine,
                "--sun-misc-unsafe-memory-access=allow",
                "--module",
                consumer.module() + "/" + consumer.module() + ".Main");

        assertThat(program).isEqualTo(new Ended(0, consumer.prints + "\n"));
    }

    @Test
    void anImageOfCoreHasTwoModulesOfTheJdkOnly() throws Exception {
        Ended modules = run(link(Consumer.CORE), "--list-modules");

        assertThat(modules.output().lines().map(line -> line.replaceFirst("@.*", "")))
                .containsExactly("consumer.core", "io.asyncio4j", "java.base", "jdk.unsupported");
    }

    /// Links an image unless there is one, and returns its `java`.
    private static Path link(Consumer consumer) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(tool("jlink")), "there is no " + tool("jlink"));
        Path image = IMAGES.get(consumer);
        if (image == null) {
            image = folder.resolve(consumer.module() + "-image");
            String modulePath = compile(consumer) + File.pathSeparator + consumer.modulePath();
            Ended linked = jlink("--module-path", modulePath, "--add-modules", consumer.roots(), "--output", image);
            if (linked.exitCode() != 0) {
                requireWorkingJlink();
            }
            assertThat(linked).isEqualTo(new Ended(0, ""));
            IMAGES.put(consumer, image);
        }
        return image.resolve("bin").resolve("java");
    }

    private static Ended jlink(Object... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of(tool("jlink")), Stream.of(arguments)).toArray());
    }

    /// Aborts the test if it is the JDK that cannot be linked: a file of it has been changed, say.
    private static void requireWorkingJlink() throws IOException, InterruptedException {
        Ended probe = jlink("--add-modules", "java.base", "--output", folder.resolve("probe"));
        assumeTrue(
                probe.exitCode() == 0,
                () -> tool("jlink") + " cannot link even this JDK's java.base: "
                        + probe.output().strip());
    }
}
