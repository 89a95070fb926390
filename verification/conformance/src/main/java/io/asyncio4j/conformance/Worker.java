package io.asyncio4j.conformance;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Runs programs one after the other on a thread of its own, and gives up one that hangs: its trace
/// ends with `hang`, which no program's does.
final class Worker {
    private static final int SECONDS = 20;

    private ExecutorService thread = newThread();

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("programs").factory());
    }

    /// Returns the trace of a program.
    List<List<@Nullable Object>> run(Program program) {
        Execution execution = new Execution(program);
        Future<List<List<@Nullable Object>>> trace = thread.submit(execution::run);
        try {
            return trace.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hanging) {
            thread = newThread();
            return execution.abandon("hang");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Program " + program.id() + " broke the interpreter", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
