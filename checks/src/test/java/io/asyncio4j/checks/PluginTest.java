package io.asyncio4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plugin as a build uses it: found by Error Prone, together with Error Prone's own checks.
final class PluginTest {
    @Test
    void errorProneFindsTheChecksBesideIt(@TempDir Path folder) throws IOException {
        Path program = Files.writeString(folder.resolve("Program.java"), """
            import static io.asyncio4j.Asyncio.*;

            void main() {
                run(() -> createTask(() -> "page"));
            }
            """);

        String errors = compile(folder, program);

        assertThat(errors).isEqualToNormalizingNewlines("""
            Program.java:4: error: [AsyncioTaskAsMainResult] The main coroutine gives back a Task that nobody awaits, \
            and the end of the run cancels it. Await it there: await(...).
                run(() -> createTask(() -> "page"));
                                    ^
              Did you mean 'run(() -> await(createTask(() -> "page")));'?
            1 error
            """);
    }

    @Test
    void aCheckIsSuppressedByItsName(@TempDir Path folder) throws IOException {
        Path program = Files.writeString(folder.resolve("Program.java"), """
            import static io.asyncio4j.Asyncio.*;

            @SuppressWarnings("AsyncioTaskAsMainResult")
            void main() {
                run(() -> createTask(() -> "page"));
            }
            """);

        assertThat(compile(folder, program)).isEmpty();
    }

    @Test
    void aModuleIsChecked(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("module-info.java"), "module program { requires io.asyncio4j; }");
        Path program = Files.createDirectory(folder.resolve("program")).resolve("Program.java");
        Files.writeString(program, """
            package program;

            class Program {
                void main(io.asyncio4j.sync.Event event) throws Exception {
                    event.wait();
                }
            }
            """);
        String modules = placeOf(Asyncio.class) + File.pathSeparator + placeOf(NullMarked.class);

        String errors =
                compile(folder, program, "-cp", "", "--module-path", modules, "--source-path", folder.toString());

        assertThat(errors).startsWith("""
            program/Program.java:5: error: [AsyncioObjectWait] wait is Object's method, about threads and not about \
            tasks, and blocks or fails here. Write event.await().
            """);
    }

    /// Whoever has no part of the library on the class path may have the plugin for other modules.
    @Test
    void aProgramWithoutTheLibraryCompiles(@TempDir Path folder) throws IOException {
        Path program = Files.writeString(folder.resolve("Program.java"), """
            void main() throws Exception {
                Thread.sleep(1);
                new Object().notifyAll();
            }
            """);

        assertThat(compile(folder, program, "-cp", folder.toString())).isEmpty();
    }

    @Test
    void everyCheckIsNamedInTheServiceFile() throws IOException {
        try (var classes = Files.list(Path.of("src/main/java/io/asyncio4j/checks"))) {
            assertThat(Compilation.checks())
                    .extracting(Class::getSimpleName)
                    .containsExactlyElementsOf(
                            classes.map(file -> file.getFileName().toString())
                                    .filter(name -> name.startsWith("Asyncio"))
                                    .map(name -> name.replace(".java", ""))
                                    .sorted()
                                    .toList());
        }
    }

    private static Path placeOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static String compile(Path folder, Path program, String... more) {
        var options = Stream.concat(
                        Stream.of(
                                "-proc:none",
                                "-XDcompilePolicy=simple",
                                "--should-stop=ifError=FLOW",
                                "-processorpath",
                                System.getProperty("java.class.path"),
                                "-Xplugin:ErrorProne -Xep:DefaultPackage:OFF",
                                "-d",
                                folder.toString()),
                        Stream.of(more))
                .toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var errors = new StringWriter();
        var files = compiler.getStandardFileManager(null, Locale.ENGLISH, null);
        compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(program))
                .call();
        return errors.toString().replace(folder + "/", "");
    }
}
