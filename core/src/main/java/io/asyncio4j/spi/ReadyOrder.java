package io.asyncio4j.spi;

import io.asyncio4j.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order in which comes what is ready at the same time: of one event loop, which is FIFO
/// without it. For tests that look for what goes wrong in another order.
///
/// When an iteration of the loop begins, the order is asked what comes first, what comes then, and
/// so on, until all that is ready has its place. Steps of different tasks may come in any order.
/// Callbacks, timers and what the loop has to do itself keep their order among each other; so at
/// any time the first of these is a candidate, besides every task that is ready.
public interface ReadyOrder {
    /// The answer of [#next] that ends the loop's run with this iteration, as
    /// [stop()][io.asyncio4j.EventLoop#stop] does. What is left comes in FIFO order.
    int STOP = -1;

    /// Returns which of `candidates` comes next. They are listed in FIFO order, so 0 is what comes
    /// without any [ReadyOrder]; if there is a single one, nothing else is allowed.
    ///
    /// The caller may be any thread that holds the loop, a task's included; this must not throw or
    /// suspend.
    ///
    /// @param candidates at least one; valid during the call only
    int next(List<Step> candidates);

    /// Something that is ready.
    ///
    /// @param task the task whose step it is, or null if it is not a step of a task
    /// @param isOfProgram whether code of the program runs in it; otherwise it is the loop's own
    ///     affair
    /// @param description what it is, such as `task 'writer'` or `a callback`
    record Step(@Nullable Task<?> task, boolean isOfProgram, String description) {
        /// Returns the description.
        @Override
        public String toString() {
            return description;
        }
    }
}
