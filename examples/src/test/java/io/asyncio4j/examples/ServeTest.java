package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./asyncio4j serve`.
final class ServeTest {
    @TempDir
    private Path folder;

    private Path program(String answer) throws IOException {
        return Files.writeString(folder.resolve("App.java"), """
            import io.asyncio4j.web.*;

            void main() {
                WebApp app = WebApp.create();
                app.get("/", request -> Response.text(%s));
                app.serve(8000);
            }
            """.formatted(answer));
    }

    private Launch serve(Object... arguments) {
        return Launch.of(arguments).with("ASYNCIO4J_AOT", "off");
    }

    /// Asks on a connection of its own: an older version answers on those that it has.
    private static String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void theCommandsPortPrecedesTheProgramsAndCtrlCEndsIt() throws Exception {
        try (Launch.Running running =
                serve("serve", program("\"hello\""), "--port", 0).start()) {
            String service = running.awaitValue("  Service  ");
            assertThat(running.awaitValue("  Docs     ")).isEqualTo(service + "/docs");
            assertThat(get(service)).isEqualTo("hello");
            assertThat(running.interrupt().end().exitCode()).isZero();
        }
    }

    @Test
    void aChangeIsServed() throws Exception {
        try (Launch.Running running =
                serve("serve", program("\"one\""), "--port", 0, "--reload").start()) {
            String service = running.awaitValue("  Service  ");
            assertThat(get(service)).isEqualTo("one");
            program("\"two\"");
            running.awaitLine("asyncio4j serves the new App.java");
            assertThat(get(service)).isEqualTo("two");
            assertThat(running.interrupt().end().exitCode()).isZero();
        }
    }

    @Test
    void whatDoesNotCompileOrStartLeavesTheVersionBeforeInPlace() throws Exception {
        Path file = program("\"one\"");
        try (Launch.Running running =
                serve("serve", file, "--port", 0, "--reload").startWithErrors()) {
            String service = running.awaitValue("  Service  ");
            program("\"broken");
            running.awaitLine("asyncio4j: " + file + " does not compile; the version before goes on serving");
            assertThat(get(service)).isEqualTo("one");
            Files.writeString(file, """
                import io.asyncio4j.web.*;

                void main() {
                    throw new IllegalStateException("no such database");
                }
                """);
            running.awaitLine("asyncio4j: " + file + " cannot be started; the version before goes on serving");
            assertThat(get(service)).isEqualTo("one");
            Files.delete(file);
            program("\"two\"");
            running.awaitLine("asyncio4j serves the new App.java");
            assertThat(get(service)).isEqualTo("two");
            Launch.Ended ended = running.interrupt().end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out())
                    .contains("java.lang.IllegalStateException: no such database")
                    .anyMatch(line -> line.endsWith("App.java:5: error: unclosed string literal"));
        }
    }

    @Test
    void severalWorkersShareThePort() throws Exception {
        Path file = program("Thread.currentThread().isVirtual() + \"\"");
        try (Launch.Running running =
                serve("serve", file, "--port=0", "--workers=2").start()) {
            String service = running.awaitValue("  Service  ");
            assertThat(get(service)).isEqualTo("true");
            assertThat(running.interrupt().end().exitCode()).isZero();
        }
    }

    // ------------------------------------------------------------------ what goes wrong

    @Test
    void aPortInUseIsTold() throws Exception {
        Path file = program("\"hello\"");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            String refusal = "asyncio4j: cannot serve at http://127.0.0.1:" + port + ": Cannot listen on /127.0.0.1:"
                    + port + ": the port is in use; choose another, or end who listens there (--port " + port + ")\n";
            Launch.Ended ended = serve("serve", file, "--port", port).end();
            assertThat(ended.complaints()).isEqualTo(refusal);
            assertThat(ended.exitCode()).isEqualTo(1);
            Launch.Ended reloading =
                    serve("serve", file, "--port", port, "--reload").end();
            assertThat(reloading.complaints()).isEqualTo(refusal);
            assertThat(reloading.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aHostThatDoesNotResolveIsTold() throws Exception {
        Launch.Ended ended = serve("serve", program("\"hello\""), "--host", "no-such-host.invalid", "--port", 0)
                .end();
        assertThat(ended.complaints())
                .isEqualTo("asyncio4j: cannot serve at http://no-such-host.invalid:0: The host name"
                        + " 'no-such-host.invalid' does not resolve (--host no-such-host.invalid --port 0)\n");
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    @Test
    void aProgramThatDoesNotServeIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("App.java"), """
            import io.asyncio4j.web.*;

            void main() {
                WebApp.create().get("/", request -> "x");
            }
            """);
        Launch.Ended ended = serve("serve", file).end();
        assertThat(ended.complaints())
                .isEqualTo("asyncio4j: App.java has ended without a call of WebApp.serve; have its main call"
                        + " app.serve(8000), say\n");
        assertThat(ended.exitCode()).isZero();
        try (Launch.Running reloading = serve("serve", file, "--reload").startWithErrors()) {
            reloading.awaitLine("java.lang.IllegalStateException: main has ended without serving; it is to call"
                    + " app.serve(8000), say");
            reloading.awaitLine("asyncio4j: " + file + " cannot be started; it is tried again when a source changes");
            reloading.interrupt().end();
        }
    }

    @Test
    void aProgramWithoutMainIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("App.java"), """
            import io.asyncio4j.web.*;

            class App {}
            """);
        Launch.Ended ended = serve("serve", file).end();
        assertThat(ended.complaints()).startsWith("error: can't find main(String[]) or main() method in class: App");
        assertThat(ended.exitCode()).isEqualTo(1);
        try (Launch.Running reloading = serve("serve", file, "--reload").startWithErrors()) {
            reloading.awaitLine(
                    "asyncio4j: " + file + " has no main that can be started; it is tried again when a source changes");
            reloading.interrupt().end();
        }
    }

    // ------------------------------------------------------------------ signals

    @Test
    void sigtermAnswersWhatIsUnderWay() throws Exception {
        Path file = Files.writeString(folder.resolve("App.java"), """
            import io.asyncio4j.Asyncio;
            import io.asyncio4j.web.*;

            void main() {
                WebApp app = WebApp.create();
                app.get("/", request -> {
                    IO.println("asked");
                    Asyncio.toThread(() -> IO.readln());
                    return Response.text("late");
                });
                app.serve(8000);
            }
            """);
        try (Launch.Running running = serve("serve", file, "--port", 0).start()) {
            String service = running.awaitValue("  Service  ");
            CompletableFuture<String> answer = asked(service, running);
            running.terminate().awaitLine(ENDING);
            running.enter("go on");
            assertThat(answer.get()).isEqualTo("late");
            assertThat(running.end().exitCode()).isZero();
        }
    }

    @Test
    void aSecondCtrlCEndsItAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("App.java"), """
            import io.asyncio4j.Asyncio;
            import io.asyncio4j.web.*;
            import java.time.Duration;

            void main() {
                WebApp app = WebApp.create();
                app.get("/", request -> {
                    IO.println("asked");
                    Asyncio.sleep(Duration.ofDays(1));
                    return Response.text("never");
                });
                app.serve(8000);
            }
            """);
        try (Launch.Running running = serve("serve", file, "--port", 0).start()) {
            String service = running.awaitValue("  Service  ");
            CompletableFuture<String> answer = asked(service, running);
            running.interrupt().awaitLine(ENDING);
            assertThat(running.interrupt().end().exitCode()).isEqualTo(130);
            assertThat(answer).failsWithin(Duration.ofMinutes(1));
        }
    }

    private static final String ENDING =
            "asyncio4j answers what is under way, and ends; another Ctrl-C ends it at once";

    /// Sends a request, and waits until the program says that it is there.
    private static CompletableFuture<String> asked(String service, Launch.Running running) throws IOException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(get(service));
            } catch (IOException | InterruptedException failure) {
                answer.completeExceptionally(failure);
            }
        });
        running.awaitLine("asked");
        return answer;
    }
}
