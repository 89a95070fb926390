package io.asyncio4j.threads;

import io.asyncio4j.kernel.Loop;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The executor of a loop for work that needs a processor, made at first use. Closing the loop
/// shuts it down. Confined to the thread that holds the loop.
public final class DefaultExecutor {
    /// The calls in it that have not ended.
    public final DefaultCalls calls = new DefaultCalls();

    private @Nullable ExecutorService executor;

    private DefaultExecutor(Loop loop) {
        loop.attachments.atClose(this::shutdown);
    }

    /// Returns the default executor of a loop.
    public static DefaultExecutor of(Loop loop) {
        return loop.attachments.get(DefaultExecutor.class, () -> new DefaultExecutor(loop));
    }

    /// Returns the executor: as many threads as there are processors, unless the program has set
    /// another.
    public ExecutorService get() {
        ExecutorService made = executor;
        if (made == null) {
            made = Executors.newFixedThreadPool(
                    Runtime.getRuntime().availableProcessors(),
                    Thread.ofPlatform().daemon().name("asyncio4j-executor-", 0).factory());
            executor = made;
        }
        return made;
    }

    public void set(ExecutorService other) {
        executor = other;
    }

    /// Returns the executor, if it was ever used or set.
    @Nullable
    public ExecutorService used() {
        return executor;
    }

    private void shutdown() {
        if (executor != null) {
            executor.shutdown();
        }
    }
}
