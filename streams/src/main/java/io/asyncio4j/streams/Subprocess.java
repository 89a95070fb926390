package io.asyncio4j.streams;

import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.ProcessSignals;
import io.asyncio4j.spi.Resource;
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

    private final LoopAccess loop;
    private final Process process;
    private final String program;
    private final @Nullable PipeTransport stdin;
    private final @Nullable PipeSource stdout;
    private final @Nullable PipeSource stderr;

    private final Waiters exitWaiters;
    private OptionalInt exitCode = OptionalInt.empty();

    /// Takes back the wish to hear of the loop's end.
    private Runnable forgetLoop = () -> {};

    /// What [#communicate] has not sent yet, from `sent` on; null if none was called with input.
    private byte @Nullable [] input;

    private int sent;

    Subprocess(
            LoopAccess loop,
            Process process,
            SubprocessOptions options,
            String program,
            @Nullable PipeSource stdout,
            @Nullable PipeSource stderr) {
        this.loop = loop;
        this.process = process;
        this.program = program;
        this.exitWaiters = new Waiters(loop) {
            @Override
            public String name() {
                return "the end of subprocess " + describe();
            }
        };
        this.stdin = options.stdin == ProcessBuilder.Redirect.PIPE
                ? new PipeTransport(
                        loop, process.getOutputStream(), options.limits, "the standard input of " + describe())
                : null;
        this.stdout = stdout;
        this.stderr = stderr;
        sources().forEach(source -> source.whenOver(this::forgetLoopIfOver));
        if (stdin != null) {
            stdin.whenOver(this::forgetLoopIfOver);
        }
    }

    /// Has the loop wait for it, and free it in the end. Called by the task that has started it.
    void register() {
        forgetLoop = loop.register(new Resource() {
            @Override
            public String describe() {
                return "subprocess " + Subprocess.this.describe();
            }

            @Override
            public boolean reportsBack() {
                return true;
            }

            @Override
            public boolean mustBeClosed() {
                return exitCode.isEmpty();
            }

            @Override
            public void loopClosed() {
                Subprocess.this.loopClosed();
            }
        });
        forgetLoopIfOver();
    }

    private String describe() {
        return "'" + program + "' (process " + process.pid() + ")";
    }

    private Stream<PipeSource> sources() {
        return Stream.of(stdout, stderr).filter(Objects::nonNull).map(Objects::requireNonNull);
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
        return Starting.start(
                options, Stream.concat(Stream.of(program), Arrays.stream(args)).toList());
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
        return Starting.start(options, windows ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command));
    }

    // ------------------------------------------------------------------ its streams

    /// Returns what leads to the program's standard input. asyncio: `stdin`.
    ///
    /// @throws IllegalStateException if that is not a pipe
    public StreamWriter stdin() {
        if (stdin == null) {
            throw noPipe("stdin");
        }
        return stdin.writer;
    }

    /// Returns what comes from the program's standard output. asyncio: `stdout`.
    ///
    /// @throws IllegalStateException if that is not a pipe
    public StreamReader stdout() {
        if (stdout == null) {
            throw noPipe("stdout");
        }
        return stdout.reader;
    }

    /// Returns what comes from the program's standard error. asyncio: `stderr`.
    ///
    /// @throws IllegalStateException if that is not a pipe of its own
    public StreamReader stderr() {
        if (stderr == null) {
            throw noPipe("stderr");
        }
        return stderr.reader;
    }

    private IllegalStateException noPipe(String stream) {
        return new IllegalStateException("There is no " + stream + " of " + describe() + " here: it is not a pipe;"
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
        requireHeld("communicate with");
        if (given != null) {
            stdin();
            if (input != null) {
                throw new IllegalStateException("Cannot give " + describe() + " another input: communicate(...) was"
                        + " called with one before; call communicate() without to go on with that");
            }
            input = given;
        }
        sources().forEach(source -> source.reader.setUnlimited(true));
        try {
            sendInput();
            awaitEof(stdout);
            awaitEof(stderr);
            int code = waitFor();
            return new Output(code, takeAll(stdout), takeAll(stderr));
        } finally {
            sources().forEach(source -> source.reader.setUnlimited(false));
        }
    }

    private void sendInput() {
        if (stdin == null) {
            return;
        }
        StreamWriter writer = stdin.writer;
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

    private static void awaitEof(@Nullable PipeSource source) throws IOException {
        if (source != null) {
            source.reader.awaitEof();
        }
    }

    private static byte[] takeAll(@Nullable PipeSource source) {
        return source == null ? NOTHING : source.reader.takeAll();
    }

    /// Suspends until the program has ended; returns at once if it has. Its output may be read
    /// before and after. A program that writes to a pipe which nobody reads never ends:
    /// [#communicate()] reads. What its own children write after it has ended can be read, too,
    /// unless it ended in the very moment in which it was started. asyncio: `wait`.
    ///
    /// @return the exit code; 128 and the signal's number if a signal ended it, such as 143 for
    ///     `TERM`
    public int waitFor() {
        requireHeld("wait for");
        if (exitCode.isEmpty()) {
            exitWaiters.await();
        }
        return exitCode.getAsInt();
    }

    /// Returns the exit code, as [#waitFor] does; empty while the program runs. asyncio:
    /// `returncode`.
    public OptionalInt exitCode() {
        return exitCode;
    }

    /// Returns the process's number in the operating system. asyncio: `pid`.
    public long pid() {
        return process.pid();
    }

    /// Asks the program to end: `TERM`. Does nothing if it has ended. asyncio: `terminate`.
    public void terminate() {
        requireHeld("terminate");
        if (exitCode.isEmpty()) {
            // Not process.destroy(), which closes the pipes with what is in them.
            var _ = process.toHandle().destroy();
        }
    }

    /// Ends the program at once, whether it wants to or not: `KILL`. What it has started itself
    /// goes on. Does nothing if it has ended. asyncio: `kill`.
    public void kill() {
        requireHeld("kill");
        if (exitCode.isEmpty()) {
            var _ = process.toHandle().destroyForcibly();
        }
    }

    /// Sends the program a signal. Does nothing if it has ended. Signals other than `TERM` and
    /// `KILL` need native access, of which the JVM warns unless it was started with
    /// `--enable-native-access`. asyncio: `send_signal`.
    ///
    /// @param name such as `INT` or `SIGINT`
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if this system has no signals
    public void signal(String name) {
        requireHeld("signal");
        int number = ProcessSignals.number(name);
        switch (ProcessSignals.plain(name)) {
            case "TERM" -> terminate();
            case "KILL" -> kill();
            default -> {
                if (exitCode.isEmpty() && process.toHandle().isAlive()) {
                    NativeKill.kill(process.pid(), number);
                }
            }
        }
    }

    /// Kills the program if it still runs, suspends until it has ended, and closes the pipes, with
    /// what is in them. Closing twice is harmless.
    @Override
    public void close() {
        kill();
        closePipes();
        waitFor();
    }

    private void closePipes() {
        if (stdin != null) {
            stdin.writer.abort();
        }
        sources().forEach(PipeSource::stop);
    }

    // ------------------------------------------------------------------ for those who watch it, on the loop

    void exited(int code) {
        exitCode = OptionalInt.of(code);
        if (stdin != null) {
            stdin.processEnded();
        }
        exitWaiters.wakeAll();
        forgetLoopIfOver();
    }

    private void forgetLoopIfOver() {
        boolean allSent = stdin == null || stdin.isOver(); // or its thread has still to say so
        if (exitCode.isPresent() && allSent && sources().allMatch(PipeSource::isOver)) {
            forgetLoop.run();
        }
    }

    private void loopClosed() {
        closePipes();
        if (exitCode.isEmpty() && process.toHandle().destroyForcibly() && !loop.isDebug()) {
            loop.report(new EventLoop.ExceptionContext("The event loop was closed while its subprocess " + describe()
                    + " still ran, which was killed; wait for it with waitFor(), or close it"));
        }
    }

    private void requireHeld(String what) {
        if (!loop.isHeld()) {
            throw new IllegalStateException("Cannot " + what + " " + describe() + " from " + Thread.currentThread()
                    + ": its event loop runs in another thread; use callSoonThreadsafe(...)");
        }
    }

    /// Returns the program, the process's number, and whether it has ended.
    @Override
    public String toString() {
        return "Subprocess[" + describe() + (exitCode.isPresent() ? ", exit code " + exitCode.getAsInt() : ", running")
                + "]";
    }
}
