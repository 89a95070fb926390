package io.asyncio4j.streams.process;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.WaitingTasks;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Starts a subprocess in a thread.
///
/// Its output must be under way before it ends (see [PipeSource]): the thread that starts it goes
/// on to read one pipe, and the one that reads the other is there already. A third waits for the
/// end. They tell the loop, to which all else belongs.
public final class ProcessStart implements Resource {
    private final LoopAccess loop = EventLoop.access();
    private final WaitingTasks waiters = new WaitingTasks(loop) {
        @Override
        public String name() {
            return describe();
        }
    };
    private final ProcessSettings settings;
    private final List<String> command;

    private final @Nullable PipeSource stdout;
    private final @Nullable PipeSource stderr;

    /// What was started, for the thread that reads standard error; null if nothing was.
    private final CompletableFuture<@Nullable Process> process = new CompletableFuture<>();

    /// Whether the loop was closed before it heard of the start; read by the thread.
    private volatile boolean abandoned;

    /// One of the two is set when the start is over.
    private @Nullable ChildProcess started;

    private @Nullable IOException failure;

    private ProcessStart(ProcessSettings settings, List<String> command) {
        this.settings = settings;
        this.command = command;
        int limit = settings.limits().read();
        String of = " of '" + command.getFirst() + "'";
        this.stdout = settings.stdout() == ProcessBuilder.Redirect.PIPE
                ? new PipeSource(loop, limit, "the standard output" + of)
                : null;
        this.stderr = settings.stderr() == ProcessBuilder.Redirect.PIPE && !settings.merged()
                ? new PipeSource(loop, limit, "the standard error" + of)
                : null;
    }

    /// Starts a subprocess; suspends. Cancelled, it leaves none.
    public static ChildProcess start(ProcessSettings settings, List<String> command) throws IOException {
        for (String word : command) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "A subprocess's command cannot contain the character NUL: " + command);
            }
        }
        if (Asyncio.currentTask() == null) {
            throw new IllegalStateException(
                    "Cannot start " + command + " in a callback, which cannot suspend;" + " create a task for it");
        }
        return new ProcessStart(settings, command).await();
    }

    private ChildProcess await() throws IOException {
        ProcessBuilder builder = builder();
        Runnable forgetLoop = loop.register(this);
        if (stderr != null) {
            PipeThreads.run(() -> readErrors(stderr));
        }
        PipeThreads.run(() -> run(builder));
        try {
            waiters.await();
            if (started != null) {
                started.register();
            }
        } catch (CancelledError cancelled) {
            undo();
            throw cancelled;
        } finally {
            forgetLoop.run();
        }
        if (failure != null) {
            throw ConnectionErrors.withCause(explained(failure), failure);
        }
        return Objects.requireNonNull(started);
    }

    /// The caller was cancelled: a start cannot be interrupted, but takes some milliseconds only.
    private void undo() {
        while (started == null && failure == null) {
            try {
                waiters.await();
            } catch (CancelledError again) {
                if (!loop.post(() -> {})) {
                    return; // the loop is closed, and the thread kills the process
                }
            }
        }
        if (started != null) {
            started.close();
        }
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(settings.stdin())
                .redirectOutput(settings.stdout())
                .redirectError(settings.stderr())
                .redirectErrorStream(settings.merged());
        if (settings.folder() != null) {
            builder.directory(settings.folder().toFile());
        }
        if (settings.environment() != null) {
            builder.environment().clear();
            builder.environment().putAll(settings.environment());
        }
        builder.environment().putAll(settings.variables());
        return builder;
    }

    // ------------------------------------------------------------------ in the thread

    private void run(ProcessBuilder builder) {
        Process running;
        try {
            FreeDescriptors.require();
            running = builder.start();
        } catch (IOException | RuntimeException thrown) {
            process.complete(null);
            IOException cause = thrown instanceof IOException io ? io : new IOException(thrown);
            loop.post(() -> failed(cause));
            return;
        }
        process.complete(running);
        if (stdout != null) {
            stdout.pump(running.getInputStream(), () -> tell(running));
        } else {
            tell(running);
        }
    }

    private void readErrors(PipeSource source) {
        Process running = process.join();
        if (running != null) {
            source.pump(running.getErrorStream(), () -> {});
        }
    }

    private void tell(Process running) {
        boolean told = loop.post(() -> started(running));
        if (!told || abandoned) {
            running.toHandle().destroyForcibly();
        }
        PipeThreads.run(() -> {
            int exitCode = awaitEnd(running);
            loop.post(() -> Objects.requireNonNull(started).exited(exitCode));
        });
    }

    private static int awaitEnd(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException impossible) {
                // Nobody knows this thread.
            }
        }
    }

    // ------------------------------------------------------------------ on the loop

    private void started(Process running) {
        started = new ChildProcess(loop, running, settings, command.getFirst(), stdout, stderr);
        waiters.wakeAll();
    }

    @Override
    public String describe() {
        return "the start of " + command;
    }

    @Override
    public boolean reportsBack() {
        return true;
    }

    @Override
    public void loopClosed() {
        abandoned = true;
        Process running = process.getNow(null);
        if (running != null && started == null) {
            running.toHandle().destroyForcibly();
        }
    }

    private void failed(IOException cause) {
        failure = cause;
        waiters.wakeAll();
    }

    /// Says what the JDK's message leaves to guess.
    private IOException explained(IOException cause) {
        String program = command.getFirst();
        String text = String.valueOf(cause.getMessage());
        if (settings.folder() != null && !Files.isDirectory(settings.folder())) {
            return new FileNotFoundException("Cannot run '" + program + "' in the folder '" + settings.folder()
                    + "': there is no such folder; create it, or give another");
        }
        if (text.contains("No such file") || text.contains("CreateProcess error=2")) {
            return new FileNotFoundException("Cannot run '" + program + "': " + whyMissing(program));
        }
        if (text.contains("Permission denied")) {
            return new IOException("Cannot run '" + program
                    + "': it is not executable by this user (permission denied); try chmod +x, or give its interpreter"
                    + " as the program");
        }
        return new IOException("Cannot run '" + program + "': " + text);
    }

    private static String whyMissing(String program) {
        if (!program.contains(File.separator)) {
            return "there is no such program in PATH; install it, or give its full path";
        }
        return Files.exists(new File(program).toPath())
                ? "the file is there, but not the interpreter that its first line names"
                : "there is no such file; check the path";
    }
}
