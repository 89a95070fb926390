package io.asyncio4j.streams;

import io.asyncio4j.EventLoop;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.workers.SharedPorts;
import io.asyncio4j.streams.workers.Team;
import java.util.Objects;

/// Several event loops, each on a thread of its own, for a program that one processor is not enough
/// for.
///
/// They share nothing: each runs the same main coroutine, with its own tasks, and what they have to
/// do with each other goes through `runCoroutineThreadsafe` or concurrent collections. Only ports
/// are shared: a server that is started in each worker with the same host and port listens on one
/// port for all, and every connection goes to one of them. With port 0, all get the port that is
/// chosen for the first; the workers must then start such servers in the same order.
///
/// On Linux each worker has a socket of its own (`SO_REUSEPORT`), and the system chooses by a hash
/// of the client's address. Elsewhere there is one socket, in a thread of its own that accepts
/// connections and deals them to the workers in turn. A worker whose server is closed gets none
/// from then on; when the last one's is, the port is closed.
public final class Workers {
    private Workers() {}

    /// Runs a coroutine in several event loops and blocks until it is done in all. The first worker
    /// that fails has the main tasks of the others cancelled. So has an interrupt of the calling
    /// thread, and Ctrl-C if that is the thread that started `main`; this waits for them to clean
    /// up all the same.
    ///
    /// Throws what the first worker to fail has thrown, checked or not, with what others threw
    /// after that as suppressed.
    ///
    /// @param count how many loops, positive; `Runtime.getRuntime().availableProcessors()`, say
    /// @throws io.asyncio4j.CancelledError if no worker failed and one was cancelled
    /// @throws IllegalStateException if an event loop runs in the calling thread
    public static void run(int count, VoidCoroutine main) {
        Objects.requireNonNull(main, "main");
        run(count, _ -> main.run());
    }

    /// Runs a coroutine that is told the worker's number.
    public static void run(int count, WorkerBody main) {
        run(count, main, SharedPorts.dealingIsNeeded());
    }

    /// @param dealing whether connections are dealt out, instead of left to the system
    static void run(int count, WorkerBody main, boolean dealing) {
        Objects.requireNonNull(main, "main");
        if (count <= 0) {
            throw new IllegalArgumentException("The number of workers must be positive, but is " + count);
        }
        if (isInLoop()) {
            throw new IllegalStateException("Workers.run(...) was called in a running event loop, which it would"
                    + " block; call it outside, or by toThread(() -> Workers.run(...))");
        }
        new Team(count, main, dealing).run();
    }

    private static boolean isInLoop() {
        try {
            EventLoop.access();
            return true;
        } catch (IllegalStateException noLoop) {
            return false;
        }
    }
}
