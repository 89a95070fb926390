package io.asyncio4j.streams.process;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// The threads that wait for subprocesses, so that a loop need not: a read of a pipe blocks.
///
/// Platform threads: a virtual one started by a task would run on the task's loop, and a pipe's
/// read would keep its carrier.
final class PipeThreads {
    private static final Executor THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).name("asyncio4j-subprocess-", 0)
                    ::unstarted);

    private PipeThreads() {}

    static void run(Runnable action) {
        THREADS.execute(action);
    }
}
