package io.asyncio4j.testing;

/// The time that the loop of an [AsyncTest] runs by.
public enum TestClock {
    /// A [VirtualClock]: time jumps as soon as nothing can run.
    VIRTUAL,
    /// Real time, as in production: for tests of what is outside, such as a server that is none of
    /// the test's own.
    REAL
}
