package io.asyncio4j;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Programs in JVMs of their own, on the engine of this one.
public final class ChildJvm {
    /// A program that takes as long as this hangs.
    private static final int TIME_LIMIT_SECONDS = 120;

    private ChildJvm() {}

    /// The outcome of a program.
    ///
    /// @param output what it wrote, line by line, errors too
    public record Ended(int exitCode, List<String> output) {
        Ended(int exitCode, String... output) {
            this(exitCode, List.of(output));
        }
    }

    /// Runs a class of the tests to its end.
    ///
    /// @param options further ones for `java`
    public static Ended run(Class<?> main, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (ctrlCIsIgnored()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String engine = System.getProperty("asyncio4j.engine", "carrier");
        if (engine.equals("carrier")) {
            command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        command.addAll(List.of("-Dasyncio4j.engine=" + engine, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-javaagent:") && option.contains("jacoco"))
                .forEach(command::add); // what it covers counts, too
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        CompletableFuture.delayedExecutor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output.lines().toList());
    }

    /// A shell has its background jobs ignore Ctrl-C, and so do all they start: this build, maybe.
    private static boolean ctrlCIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(line -> Long.parseUnsignedLong(
                                line.substring("SigIgn:".length()).strip(), 16))
                        .anyMatch(signals -> (signals & 1 << 1) != 0);
    }
}
