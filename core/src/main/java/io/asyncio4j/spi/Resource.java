package io.asyncio4j.spi;

/// Something outside that a loop has to do with: a connection, a program that runs, a signal
/// handler. See [LoopAccess#register].
public interface Resource {
    /// Returns what it is, for messages, such as `subprocess 'make' (pid 12)`. Any thread.
    String describe();

    /// Frees it, if there is something to free: the loop is being closed, by the calling thread.
    /// Nothing can be awaited or posted.
    default void loopClosed() {}

    /// Returns whether it is at work, as long as it is registered, for the loop and will report
    /// when that is done. Time that can be made to pass, as in tests, stands still until then.
    default boolean reportsBack() {
        return false;
    }

    /// Returns whether it may wake the loop as long as it is registered. What the [Poller] watches,
    /// or what other tasks of the loop alone can set going, need not.
    default boolean mayWake() {
        return true;
    }

    /// Returns whether it is an error of the program to leave this open: debug mode tells so.
    default boolean mustBeClosed() {
        return false;
    }
}
