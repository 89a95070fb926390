package io.asyncio4j.testing.junit;

import io.asyncio4j.testing.outcome.Thrown;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The thread that runs the loop of a test, so that JUnit's own can go on should it hang.
final class TestThread extends Thread {
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    /// Something to do; without an action, the end.
    private record Job(Thrown.@Nullable Action action, CompletableFuture<@Nullable Void> done) {}

    TestThread(String name) {
        super(name);
        setDaemon(true);
    }

    /// Has `action` run after those before. Any thread.
    CompletableFuture<@Nullable Void> submit(Thrown.Action action) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        jobs.add(new Job(action, done));
        return done;
    }

    /// Ends the thread after what was submitted. Any thread.
    void end() {
        jobs.add(new Job(null, new CompletableFuture<>()));
    }

    @Override
    public void run() {
        while (true) {
            Job job;
            try {
                job = jobs.take();
            } catch (InterruptedException late) {
                continue; // meant for what was running
            }
            if (job.action == null) {
                return;
            }
            try {
                job.action.run();
                job.done.complete(null);
            } catch (Throwable thrown) {
                job.done.completeExceptionally(thrown);
            }
        }
    }
}
