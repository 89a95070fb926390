package io.asyncio4j.examples;

import io.asyncio4j.Asyncio;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A call of the launcher, as a user makes it in a shell.
final class Launch {
    /// The folder of the checkout.
    static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .getParent();

    static final Path LAUNCHER = ROOT.resolve("asyncio4j");

    /// For a program that hangs.
    private static final int TIME_LIMIT_SECONDS = 300;

    private static final String OPTIONS = "ASYNCIO4J_JAVA_OPTS";

    /// For programs that live a second or two, on a machine that may have other work: nothing is
    /// said of a loop that gets no processor.
    private static final String SHORT_LIVED =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dasyncio4j.slowCallbackMillis=0";

    /// The bits of HUP, INT and TERM in a set of signals.
    private static final long ENDING = 1 | 1 << 1 | 1 << 14;

    private final ProcessBuilder builder;

    private Launch(List<String> command) {
        builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().put(OPTIONS, SHORT_LIVED);
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
        if (signalsAreIgnored()) {
            command.addAll(List.of("env", "--default-signal=HUP,INT,TERM"));
        }
        command.add(launcher.toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Launch(command);
    }

    /// A shell has its background jobs ignore Ctrl-C, nohup has its command ignore HUP, and so do
    /// all that these start: this build, maybe. A JVM that ignores a signal from its start does not
    /// handle it.
    private static boolean signalsAreIgnored() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(signals -> (signals & ENDING) != 0);
        } catch (IOException e) {
            return false; // no Linux
        }
    }

    Launch on(String engine) {
        return option("-Dasyncio4j.engine=" + engine);
    }

    /// Has time pass in the program only when it waits for nothing but a timer, as
    /// `io.asyncio4j.spi.SystemClock` beside this says. For programs without streams.
    Launch onVirtualTime() {
        return option("-cp " + place(Launch.class) + File.pathSeparator + place(Asyncio.class));
    }

    /// Returns where a class is from, as the launcher takes it: without the checkout's own path,
    /// which may have blanks in it.
    private static Path place(Class<?> type) {
        Path path = Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
        return ROOT.relativize(path);
    }

    /// Puts the jar or the folder of a class on the program's class path.
    Launch withClasses(Class<?> type) {
        return option("-cp "
                + Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString())));
    }

    private Launch option(String option) {
        builder.environment().merge(OPTIONS, option, (before, more) -> before + " " + more);
        return this;
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

    /// Starts the process, whose errors are among its output.
    Running startWithErrors() throws IOException {
        builder.redirectErrorStream(true);
        return new Running(builder.start(), Files.createTempFile("asyncio4j", ".err"));
    }

    /// A process that has been started.
    static final class Running implements AutoCloseable {
        private final Process process;
        private final Path errors;
        private final BufferedReader reader;
        private final List<String> out = new ArrayList<>();

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
            return signal("-INT");
        }

        /// Asks for its end as a service manager does.
        Running terminate() throws IOException, InterruptedException {
            return signal("-TERM");
        }

        private Running signal(String signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
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
            return new Ended(exitCode, List.copyOf(out), err);
        }
    }

    /// The output and the exit code of a process.
    ///
    /// @param out the lines of standard output
    /// @param err standard error
    record Ended(int exitCode, List<String> out, String err) {
        /// An entry of the log: a line with the time, one or more that are indented.
        private static final Pattern SLOW_STEP = Pattern.compile(
                "(?m)^.*\\RWARNING: .*( blocks? | no longer blocks? | ran for | cannot go on, for ).*\\R( {4}.*\\R)*");

        /// Returns standard error without what the library says of steps that take long: on a
        /// machine that has other things to do, many do.
        String complaints() {
            return SLOW_STEP.matcher(err).replaceAll("");
        }
    }
}
