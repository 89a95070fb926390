package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Classes that take long to load are loaded when they are first needed: seen in a JVM of its own.
@Tag("slow")
final class LateLoadingTest {
    @TempDir
    Path folder;

    record Name(@NotBlank String name) {}

    static final class Functions {
        @Get("/function")
        Response function() {
            return Response.text("hello");
        }
    }

    static final class Validated {
        @Post("/names")
        String name(Name name) {
            return name.name();
        }
    }

    /// Asks a server of its own for the paths that are its arguments.
    static final class Program {
        private Program() {}

        public static void main(String[] paths) throws IOException {
            WebApp app = WebApp.create();
            switch (System.getProperty("functions")) {
                case "text" -> app.routes(new Functions());
                case "validated" -> app.routes(new Validated());
                default -> {}
            }
            app.get("/text", _ -> Response.text("hello"));
            app.get("/json", _ -> "hello");
            app.around(Gzip.create());
            Asyncio.run(() -> {
                try (WebServer server = app.start(Wire.options().port(0))) {
                    for (String path : paths) {
                        try (Connection connection = Streams.openConnection("127.0.0.1", server.port())) {
                            connection
                                    .writer()
                                    .write("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                            String answer = new String(connection.reader().readAll(), StandardCharsets.UTF_8);
                            IO.println(
                                    answer.substring(answer.indexOf("\r\n\r\n")).strip());
                        }
                    }
                }
            });
        }
    }

    /// Returns what the program has printed.
    private List<String> run(String functions, Path loaded, String... paths) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xlog:class+load:file=" + loaded,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dfunctions=" + functions,
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
        command.addAll(List.of(paths));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }

    @Test
    void aServerOfTextNeverLoadsJackson() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        assertThat(run("none", loaded, "/text", "/none")).containsExactly("hello", "{\"detail\":\"Not Found\"}");
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("io.asyncio4j.web.WebServer "))
                .noneMatch(line -> line.contains("tools.jackson") || line.contains("com.fasterxml"));
        assertThat(run("none", loaded, "/json")).containsExactly("\"hello\"");
        assertThat(Files.readString(loaded)).contains("tools.jackson");
    }

    @Test
    void pathFunctionsOfTextMakeNoMapper() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        assertThat(run("text", loaded, "/function")).containsExactly("hello");
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("io.asyncio4j.web.AnnotatedRoutes "))
                .noneMatch(line -> line.contains("tools.jackson.databind.json.JsonMapper "));
    }

    @Test
    void builtInConstraintsLoadNoValidator() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        assertThat(run("validated", loaded, "/text")).containsExactly("hello");
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("jakarta.validation.constraints.NotBlank "))
                .noneMatch(line -> line.contains("org.hibernate"));
    }
}
