package io.asyncio4j.inspect;

import io.asyncio4j.TaskSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loop as it stood at one moment, for whoever looks at the process from outside.
///
/// @param id the loop's number in the process
/// @param thread the thread it runs in, or null if it does not run
/// @param state what it was about
/// @param blockade what blocked it, or null
/// @param tasks its tasks that were not done, in the order of creation
/// @param omitted how many more there were
/// @param circles the ids of tasks each of which waits for the next, and the last for the first
/// @param trouble why something may be missing or wrong, or null
record LoopSnapshot(
        long id,
        @Nullable String thread,
        State state,
        @Nullable Blockade blockade,
        List<TaskSnapshot> tasks,
        int omitted,
        List<List<Long>> circles,
        @Nullable String trouble) {
    /// The state of a loop.
    enum State {
        /// It runs tasks and callbacks.
        BUSY,
        /// It waits.
        IDLE,
        /// A task or callback keeps it.
        BLOCKED,
        /// No thread runs it.
        STOPPED
    }

    /// The step or callback that blocks a loop.
    ///
    /// @param by who it is, such as `task 'mailer'`
    /// @param lasted for how long, to about a quarter of a second
    /// @param reason such as `waiting for the monitor of Account@1b`; empty if it has no name
    /// @param stack its frames, innermost first
    record Blockade(String by, Duration lasted, String reason, List<StackTraceElement> stack) {}
}
