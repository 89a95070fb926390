package io.asyncio4j.streams;

/// What each worker of [Workers#run(int, WorkerBody)] runs as its main task.
@FunctionalInterface
public interface WorkerBody {
    /// Runs; may suspend.
    ///
    /// @param index the worker's number, from 0
    /// @throws Exception to fail, which ends the other workers, too
    void run(int index) throws Exception;
}
