package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.streams.Redirect.INHERIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The effect of signals on a program: one of another JVM, which this one starts.
final class GracefulEndTest {
    /// A server with a client connected to it, and nothing to do.
    static final class Serving {
        public static void main(String[] args) throws IOException {
            run(() -> {
                Server server = Streams.startServer(
                        (reader, writer) -> {
                            try {
                                reader.readLine();
                            } finally {
                                sleep(Duration.ZERO);
                                System.out.println("connection ended");
                            }
                        },
                        "127.0.0.1",
                        0);
                try (Connection _ = Streams.openConnection("127.0.0.1", server.port())) {
                    sleep(Duration.ofMillis(1));
                    Task<String> signal =
                            createTask(() -> args.length > 0 ? Signals.await(args) : await(createFuture()));
                    sleep(Duration.ZERO);
                    Subprocess.exec("echo", "serving").waitFor();
                    System.out.println(await(signal));
                } finally {
                    server.close();
                    sleep(Duration.ofMillis(1));
                    System.out.println("server closed");
                }
            });
            System.out.println("main returned");
        }
    }

    /// Two workers with nothing to do, and a shutdown hook that waits for the thread that runs
    /// them.
    static final class Working {
        public static void main(String[] args) {
            Thread caller = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    caller.join();
                    System.out.println("hook");
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
            Workers.run(2, _ -> {
                try {
                    Server server = Streams.startServer((_, _) -> {}, "127.0.0.1", 0);
                    System.out.println("working on " + (server.port() > 0));
                    await(createFuture());
                } finally {
                    sleep(Duration.ZERO);
                    System.out.println("cleaned");
                }
            });
        }
    }

    /// Says why a signal cannot be handled.
    static final class Refused {
        public static void main(String[] args) {
            run(() -> {
                try {
                    Signals.await(args);
                } catch (UnsupportedOperationException e) {
                    System.out.println(e.getMessage());
                }
            });
        }
    }

    private static Subprocess java(String option, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        if (ctrlCIsIgnored()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (System.getProperty("asyncio4j.engine", "carrier").equals("carrier")) {
            command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        for (String property : List.of("asyncio4j.engine", "asyncio4j.io")) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        SubprocessOptions options = SubprocessOptions.pipes().stderr(INHERIT);
        return Subprocess.exec(
                options, command.getFirst(), command.stream().skip(1).toArray(String[]::new));
    }

    /// A shell has its background jobs ignore Ctrl-C, and so do all they start: this build, maybe.
    static boolean ctrlCIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(line -> Long.parseUnsignedLong(
                                line.substring("SigIgn:".length()).strip(), 16))
                        .anyMatch(signals -> (signals & 1 << 1) != 0);
    }

    @Test
    void ctrlCEndsAProgramThatWaitsForItsConnections() throws IOException {
        run(() -> {
            try (Subprocess program = java("-Da=b", Serving.class)) {
                assertThat(program.stdout().readLine()).isEqualTo("serving");
                program.signal("INT");
                assertThat(new String(program.stdout().readAll(), UTF_8).lines())
                        .containsExactlyInAnyOrder("server closed", "connection ended");
                assertThat(program.waitFor()).isEqualTo(130);
            }
        });
    }

    @Test
    void ctrlCEndsAllWorkersAndAHookMayWaitForTheirCaller() throws IOException {
        run(() -> {
            try (Subprocess program = java("-Da=b", Working.class)) {
                assertThat(program.stdout().readLine()).isEqualTo("working on true");
                assertThat(program.stdout().readLine()).isEqualTo("working on true");
                program.signal("INT");
                assertThat(new String(program.stdout().readAll(), UTF_8).lines())
                        .containsExactly("cleaned", "cleaned", "hook");
                assertThat(program.waitFor()).isEqualTo(130);
            }
        });
    }

    @Test
    void aProgramThatAwaitsTermEndsAsItWants() throws IOException {
        run(() -> {
            try (Subprocess program = java("-Da=b", Serving.class, "TERM")) {
                assertThat(program.stdout().readLine()).isEqualTo("serving");
                program.terminate();
                assertThat(new String(program.stdout().readAll(), UTF_8).lines())
                        .startsWith("TERM")
                        .contains("server closed", "connection ended")
                        .endsWith("main returned");
                assertThat(program.waitFor()).isZero();
            }
        });
    }

    @Test
    @Tag("slow")
    void theJvmsOptionThatForbidsItIsNamed() throws IOException {
        run(() -> {
            Output output = java("-Xrs", Refused.class, "TERM").communicate();
            assertThat(output.stdoutText())
                    .isEqualTo("Cannot handle SIGTERM: the JVM was started with -Xrs, which leaves it to the operating"
                            + " system; TERM, INT, HUP and USR1 can be handled\n");
            assertThat(output.exitCode()).isZero();
        });
    }
}
