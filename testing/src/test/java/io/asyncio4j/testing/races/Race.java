package io.asyncio4j.testing.races;

/// A program with a race across an await, and the same program without it.
///
/// None of them fails in FIFO order. Each is a class in which the broken and the corrected code
/// stand side by side; a scenario runs either and checks what came of it.
interface Race {
    /// Runs the scenario on the broken code.
    void broken();

    /// Runs the scenario on the corrected code.
    void corrected();
}
