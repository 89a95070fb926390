package io.asyncio4j.streams;

/// The main coroutine of each worker of [Workers#run(int, WorkerBody)].
@FunctionalInterface
public interface WorkerBody {
    /// Runs; may suspend.
    ///
    /// @param index the worker's number, from 0
    /// @throws Exception to fail, which ends the other workers, too
    void run(int index) throws Exception;
}
