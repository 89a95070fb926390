package io.asyncio4j.spi;

/// Waits for events from outside on behalf of one event loop, and delivers them: readiness of
/// sockets, say. Every loop has one; until a module installs its own
/// ([LoopAccess#poller]), a loop has one that only waits.
///
/// All methods but [#wakeup] are called on the loop's own thread, never by a task.
public interface Poller {
    /// Sends what tasks have left to send, and calls the handlers of the events there are; waits
    /// for one if there is none. Handlers may complete futures and create tasks; they cannot
    /// suspend. Called once an iteration, before what became ready is run.
    ///
    /// Before it blocks, and after it has made sure that [#wakeup] will end the wait, it asks
    /// [LoopAccess#mayBlock].
    ///
    /// It should not throw. What it throws all the same, an `Error` included, is reported to the
    /// loop's exception handler, at most once a second and ever less often while it goes on; the
    /// run goes on, and this is called again in the next iteration. It must be fit for that:
    /// what it had not delivered yet is delivered then.
    ///
    /// @param nanos how long to wait at most: 0 for not at all, [Clock#NEVER] for any time
    void poll(long nanos);

    /// Ends a [#poll] that waits, now or as soon as it begins. Any thread.
    void wakeup();

    /// Returns whether an event may still come: a socket is open, say. If not, and nothing else can
    /// wake the loop either, its tasks are in a deadlock.
    default boolean isWatching() {
        return true;
    }

    /// Frees what this holds. Called once, when the loop is closed.
    void close();
}
