package io.asyncio4j.streams;

import io.asyncio4j.spi.ProcessSignals;
import io.asyncio4j.streams.process.ChildProcess;
import io.asyncio4j.streams.process.PipeSource;
import io.asyncio4j.streams.process.PipeTransport;
import io.asyncio4j.streams.process.ProcessStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program that runs beside this one, started by it.
///
/// ```java
/// try (Subprocess ls = Subprocess.exec(SubprocessOptions.defaults().stdout(Redirect.PIPE), "ls",
/// "-l")) { for (String line : ls.stdout().lines()) { IO.println(line); } }
/// ```
///
/// It belongs to the event loop in which it was started and is used by its tasks and callbacks.
/// Closing it, or the loop, kills the program if it still runs; it is reaped in any case. asyncio:
/// `Process`.
public final class Subprocess implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final ChildProcess process;
    private final @Nullable StreamWriter stdin;
    private final @Nullable StreamReader stdout;
    private final @Nullable StreamReader stderr;

    /// What [#communicate] has not sent yet, from `sent` on; null if none was called with input.
    private byte @Nullable [] input;

    private int sent;

    private Subprocess(ChildProcess process) {
        this.process = process;
        PipeTransport in = process.stdin();
        this.stdin = in == null ? null : new StreamWriter(in.output);
        this.stdout = reader(process.stdout());
        this.stderr = reader(process.stderr());
    }

    private static @Nullable StreamReader reader(@Nullable PipeSource source) {
        return source == null ? null : new StreamReader(source.input);
    }

    // ------------------------------------------------------------------ starting one

    /// Starts a program, which shares the standard streams of this one. Suspends; cancelled, it
    /// leaves no process behind. asyncio: `create_subprocess_exec`.
    ///
    /// @param program a name that is looked for in `PATH`, or a path
    /// @param args as the program gets them: no shell changes them
    /// @throws java.io.FileNotFoundException if there is no such program
    /// @throws IOException if it cannot be started, also because fewer than 20 file descriptors are
    ///     free
    public static Subprocess exec(String program, String... args) throws IOException {
        return exec(SubprocessOptions.defaults(), program, args);
    }

    /// Starts a program, with options. Suspends; cancelled, it leaves no process behind.
    ///
    /// @param program a name that is looked for in `PATH`, or a path
    /// @param args as the program gets them: no shell changes them
    /// @throws java.io.FileNotFoundException if there is no such program, or no such folder
    /// @throws IOException if it cannot be started, also because fewer than 20 file descriptors are
    ///     free
    public static Subprocess exec(SubprocessOptions options, String program, String... args) throws IOException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(program, "program");
        return new Subprocess(ProcessStart.start(
                options.settings(),
                Stream.concat(Stream.of(program), Arrays.stream(args)).toList()));
    }

    /// Has the system's shell run a command: `/bin/sh -c`, or `cmd.exe /c`. Whatever a stranger may
    /// have written into the command is run, too: prefer [#exec] where no shell is needed. asyncio:
    /// `create_subprocess_shell`.
    ///
    /// @throws IOException if it cannot be started; a command that is not found ends with exit code
    ///     127
    public static Subprocess shell(String command) throws IOException {
        return shell(SubprocessOptions.defaults(), command);
    }

    /// Has the system's shell run a command, with options.
    public static Subprocess shell(SubprocessOptions options, String command) throws IOException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(command, "command");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        List<String> words = windows ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        return new Subprocess(ProcessStart.start(options.settings(), words));
    }

    // ------------------------------------------------------------------ its streams

    /// Returns what leads to the program's standard input. asyncio: `stdin`.
    ///
    /// @throws IllegalStateException if that is not a pipe
    public StreamWriter stdin() {
        if (stdin == null) {
            throw noPipe("stdin");
        }
        return stdin;
    }

    /// Returns what comes from the program's standard output. asyncio: `stdout`.
    ///
    /// @throws IllegalStateException if that is not a pipe
    public StreamReader stdout() {
        if (stdout == null) {
            throw noPipe("stdout");
        }
        return stdout;
    }

    /// Returns what comes from the program's standard error. asyncio: `stderr`.
    ///
    /// @throws IllegalStateException if that is not a pipe of its own
    public StreamReader stderr() {
        if (stderr == null) {
            throw noPipe("stderr");
        }
        return stderr;
    }

    private IllegalStateException noPipe(String stream) {
        return new IllegalStateException(
                "There is no " + stream + " of " + process.describe() + " here: it is not a pipe;"
                        + " start it with SubprocessOptions.defaults()." + stream + "(Redirect.PIPE)");
    }

    // ------------------------------------------------------------------ its end

    /// Closes the program's standard input, if that is a pipe, and collects all that it writes
    /// until it has ended. asyncio: `communicate`.
    ///
    /// Cancelled, it loses nothing: what has come stays in [#stdout] and [#stderr], and another
    /// `communicate()` goes on.
    ///
    /// @throws IllegalStateException if another task reads one of the streams
    /// @throws IOException if a stream was lost
    public Output communicate() throws IOException {
        return communicateWith(null);
    }

    /// Sends bytes to the program's standard input, closes it, and collects all that the program
    /// writes until it has ended. Does not mind a program that ends, or closes its input, before it
    /// has read everything.
    ///
    /// @throws IllegalStateException if standard input is not a pipe, if an earlier call was given
    ///     input, or if another task reads one of the streams
    /// @throws IOException if a stream was lost
    public Output communicate(byte[] input) throws IOException {
        return communicateWith(Objects.requireNonNull(input, "input"));
    }

    /// Sends text in UTF-8 to the program's standard input, and collects what it writes.
    public Output communicate(String input) throws IOException {
        return communicateWith(input.getBytes(StandardCharsets.UTF_8));
    }

    private Output communicateWith(byte @Nullable [] given) throws IOException {
        process.requireHeld("communicate with");
        if (given != null) {
            stdin();
            if (input != null) {
                throw new IllegalStateException(
                        "Cannot give " + process.describe() + " another input: communicate(...) was"
                                + " called with one before; call communicate() without to go on with that");
            }
            input = given;
        }
        process.sources().forEach(source -> source.input.setUnlimited(true));
        try {
            sendInput();
            awaitEof(stdout);
            awaitEof(stderr);
            int code = waitFor();
            return new Output(code, takeAll(stdout), takeAll(stderr));
        } finally {
            process.sources().forEach(source -> source.input.setUnlimited(false));
        }
    }

    private void sendInput() {
        if (stdin == null) {
            return;
        }
        StreamWriter writer = stdin;
        try {
            while (input != null && sent < input.length && !writer.isClosing()) {
                int length = Math.min(PIECE, input.length - sent);
                writer.write(input, sent, length);
                sent += length;
                writer.drain();
            }
        } catch (IOException broken) {
            // It does not want to read more, as `head`; its output and exit code tell whether that is well.
        }
        writer.close();
    }

    private static void awaitEof(@Nullable StreamReader reader) throws IOException {
        if (reader != null) {
            reader.input.awaitEof();
        }
    }

    private static byte[] takeAll(@Nullable StreamReader reader) {
        return reader == null ? NOTHING : reader.input.takeAll();
    }

    /// Suspends until the program has ended; returns at once if it has. Its output may be read
    /// before and after. A program that writes to a pipe which nobody reads never ends:
    /// [#communicate()] reads. What its own children write after it has ended can be read, too,
    /// unless it ended in the very moment in which it was started. asyncio: `wait`.
    ///
    /// @return the exit code; 128 and the signal's number if a signal ended it, such as 143 for
    ///     `TERM`
    public int waitFor() {
        return process.waitFor();
    }

    /// Returns the exit code, as [#waitFor] does; empty while the program runs. asyncio:
    /// `returncode`.
    public OptionalInt exitCode() {
        return process.exitCode();
    }

    /// Returns the process's number in the operating system. asyncio: `pid`.
    public long pid() {
        return process.pid();
    }

    /// Asks the program to end: `TERM`. Does nothing if it has ended. asyncio: `terminate`.
    public void terminate() {
        process.terminate();
    }

    /// Ends the program at once, whether it wants to or not: `KILL`. What it has started itself
    /// goes on. Does nothing if it has ended. asyncio: `kill`.
    public void kill() {
        process.kill();
    }

    /// Sends the program a signal. Does nothing if it has ended. Signals other than `TERM` and
    /// `KILL` need native access, of which the JVM warns unless it was started with
    /// `--enable-native-access`. asyncio: `send_signal`.
    ///
    /// @param name such as `INT` or `SIGINT`
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if this system has no signals
    public void signal(String name) {
        process.requireHeld("signal");
        int number = ProcessSignals.number(name);
        switch (ProcessSignals.plain(name)) {
            case "TERM" -> terminate();
            case "KILL" -> kill();
            default -> process.signal(number);
        }
    }

    /// Kills the program if it still runs, suspends until it has ended, and closes the pipes, with
    /// what is in them. Closing twice is harmless.
    @Override
    public void close() {
        process.close();
    }

    /// Returns the program, the process's number, and whether it has ended.
    @Override
    public String toString() {
        return "Subprocess[" + process + "]";
    }
}
