package io.asyncio4j.examples;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A call of the launcher, as a user makes it in a shell.
final class Launch {
    /// The folder of the checkout.
    static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .getParent();

    static final Path LAUNCHER = ROOT.resolve("asyncio4j");

    /// Long enough for the launcher to build the library, should it find that necessary.
    private static final int TIME_LIMIT_SECONDS = 120;

    /// For programs that live a second or two, on a machine that may have other work: nothing is
    /// said of a loop that gets no processor.
    private static final String SHORT_LIVED =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dasyncio4j.slowCallbackMillis=0";

    private final ProcessBuilder builder;

    private Launch(List<String> command) {
        builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().put("ASYNCIO4J_JAVA_OPTS", SHORT_LIVED);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment()
                .put("XDG_CACHE_HOME", ROOT.resolve("examples/target/cache").toString());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
    }

    /// Calls the launcher with arguments.
    static Launch of(Object... arguments) {
        return of(LAUNCHER, arguments);
    }

    /// Calls another launcher with arguments.
    static Launch of(Path launcher, Object... arguments) {
        var command = new ArrayList<String>();
        if (ctrlCIsIgnored()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(launcher.toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Launch(command);
    }

    /// A shell has its background jobs ignore Ctrl-C, and so do all they start: this build, maybe.
    private static boolean ctrlCIsIgnored() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(signals -> (signals & 1 << 1) != 0);
        } catch (IOException e) {
            return false; // no Linux
        }
    }

    Launch on(String engine) {
        return with("ASYNCIO4J_JAVA_OPTS", SHORT_LIVED + " -Dasyncio4j.engine=" + engine);
    }

    Launch with(String variable, String value) {
        builder.environment().put(variable, value);
        return this;
    }

    Launch in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    /// Starts the process and waits for its end.
    Ended end() throws IOException, InterruptedException {
        return start().end();
    }

    Running start() throws IOException {
        Path errors = Files.createTempFile("asyncio4j", ".err");
        return new Running(builder.redirectError(errors.toFile()).start(), errors);
    }

    /// A process that has been started.
    static final class Running implements AutoCloseable {
        private final Process process;
        private final Path errors;
        private final BufferedReader reader;
        private final List<String> out = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();

        private Running(Process process, Path errors) {
            this.process = process;
            this.errors = errors;
            this.reader = process.inputReader(StandardCharsets.UTF_8);
            CompletableFuture.delayedExecutor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)
                    .execute(process::destroyForcibly);
        }

        /// Reads until the program has printed `line`.
        Running awaitLine(String line) throws IOException {
            for (String read; (read = read()) != null; ) {
                if (read.equals(line)) {
                    return this;
                }
            }
            throw new AssertionError("The program ended without '" + line + "': " + out + Files.readString(errors));
        }

        /// Reads until the program has printed a line that begins with `prefix`, and returns its
        /// rest.
        String awaitValue(String prefix) throws IOException {
            for (String read; (read = read()) != null; ) {
                if (read.startsWith(prefix)) {
                    return read.substring(prefix.length());
                }
            }
            throw new AssertionError("The program ended without '" + prefix + "': " + out + Files.readString(errors));
        }

        private String read() throws IOException {
            String line = reader.readLine();
            if (line != null) {
                times.add(System.nanoTime());
                out.add(line);
            }
            return line;
        }

        /// The program's process, which the launcher becomes.
        long pid() {
            return process.pid();
        }

        /// Presses Ctrl-C.
        Running interrupt() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            return this;
        }

        /// Writes a line to its standard input.
        Running enter(String line) throws IOException {
            BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8);
            in.write(line + "\n");
            in.flush();
            return this;
        }

        /// Ends the process at once, if it has not ended.
        @Override
        public void close() {
            process.destroyForcibly();
        }

        /// Waits for the end.
        Ended end() throws IOException, InterruptedException {
            while (read() != null) {}
            int exitCode = process.waitFor();
            String err = Files.readString(errors);
            Files.delete(errors);
            return new Ended(exitCode, List.copyOf(out), err, List.copyOf(times));
        }
    }

    /// What a process left.
    ///
    /// @param out the lines of standard output
    /// @param err standard error
    /// @param times when each of these lines was read, in nanoseconds
    record Ended(int exitCode, List<String> out, String err, List<Long> times) {
        /// Returns the time that passed between two lines.
        Duration between(String from, String to) {
            return Duration.ofNanos(times.get(out.indexOf(to)) - times.get(out.indexOf(from)));
        }
    }
}
