package io.asyncio4j.streams.process;

import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.streams.bytes.WaitingTasks;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A process that was started, its pipes, and those who wait for its end.
///
/// Belongs to the loop.
public final class ChildProcess {
    private final LoopAccess loop;
    private final Process process;
    private final String program;
    private final @Nullable PipeTransport stdin;
    private final @Nullable PipeSource stdout;
    private final @Nullable PipeSource stderr;

    private final WaitingTasks exitWaiters;
    private OptionalInt exitCode = OptionalInt.empty();

    /// Takes back the wish to hear of the loop's end.
    private Runnable forgetLoop = () -> {};

    ChildProcess(
            LoopAccess loop,
            Process process,
            ProcessSettings settings,
            String program,
            @Nullable PipeSource stdout,
            @Nullable PipeSource stderr) {
        this.loop = loop;
        this.process = process;
        this.program = program;
        this.exitWaiters = new WaitingTasks(loop) {
            @Override
            public String name() {
                return "the end of subprocess " + describe();
            }
        };
        this.stdin = settings.stdin() == ProcessBuilder.Redirect.PIPE
                ? new PipeTransport(
                        loop, process.getOutputStream(), settings.limits(), "the standard input of " + describe())
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
                return "subprocess " + ChildProcess.this.describe();
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
                ChildProcess.this.loopClosed();
            }
        });
        forgetLoopIfOver();
    }

    /// Returns the program and the number of its process, for messages.
    public String describe() {
        return "'" + program + "' (process " + process.pid() + ")";
    }

    /// Returns what carries its standard input; null if that is no pipe.
    public @Nullable PipeTransport stdin() {
        return stdin;
    }

    /// Returns what carries its standard output; null if that is no pipe.
    public @Nullable PipeSource stdout() {
        return stdout;
    }

    /// Returns what carries its standard error; null if that is no pipe of its own.
    public @Nullable PipeSource stderr() {
        return stderr;
    }

    /// Returns what carries its output and errors, as far as these are pipes.
    public Stream<PipeSource> sources() {
        return Stream.of(stdout, stderr).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    /// Suspends until it has ended.
    ///
    /// @return the exit code
    public int waitFor() {
        requireHeld("wait for");
        if (exitCode.isEmpty()) {
            exitWaiters.await();
        }
        return exitCode.getAsInt();
    }

    public OptionalInt exitCode() {
        return exitCode;
    }

    public long pid() {
        return process.pid();
    }

    /// Sends it `TERM`; does nothing if it has ended.
    public void terminate() {
        requireHeld("terminate");
        if (exitCode.isEmpty()) {
            // Not process.destroy(), which closes the pipes with what is in them.
            var _ = process.toHandle().destroy();
        }
    }

    /// Sends it `KILL`; does nothing if it has ended.
    public void kill() {
        requireHeld("kill");
        if (exitCode.isEmpty()) {
            var _ = process.toHandle().destroyForcibly();
        }
    }

    /// Sends it a signal by its number; does nothing if it has ended.
    public void signal(int number) {
        if (exitCode.isEmpty() && process.toHandle().isAlive()) {
            NativeKill.kill(process.pid(), number);
        }
    }

    /// Kills it if it still runs, suspends until it has ended, and closes the pipes.
    public void close() {
        kill();
        closePipes();
        waitFor();
    }

    private void closePipes() {
        if (stdin != null) {
            stdin.output.abort();
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

    /// Checks that the caller runs in the loop.
    ///
    /// @param what is to be done, for the message
    public void requireHeld(String what) {
        if (!loop.isHeld()) {
            throw new IllegalStateException("Cannot " + what + " " + describe() + " from " + Thread.currentThread()
                    + ": its event loop runs in another thread; use callSoonThreadsafe(...)");
        }
    }

    /// Returns the program, the process's number, and whether it has ended.
    @Override
    public String toString() {
        return describe() + (exitCode.isPresent() ? ", exit code " + exitCode.getAsInt() : ", running");
    }
}
