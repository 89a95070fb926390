package io.asyncio4j;

import java.time.Duration;

/// The figures of a loop, done and to do: any thread may keep and read them. See
/// [EventLoop#statistics].
///
/// @param tasks how many tasks are not done
/// @param tasksCreated how many tasks were created
/// @param iterations how many iterations it has begun
/// @param steps how many steps of tasks and callbacks it has taken from its queue and run, its own
///     included
/// @param ready how many are in the queue
/// @param timers how many timers are set, the loop's own for sleeps and timeouts included
/// @param polls how often it has asked its poller for events, or waited
/// @param outsideCalls how many calls in other threads, by `toThread` or in executors, and stages
///     of other threads it waits for
/// @param busy how long tasks and callbacks ran, and events were looked for without waiting;
///     counted while accounting is on
/// @param idle how long it had nothing to run and waited, until what it waited for was there;
///     counted while accounting is on
public record LoopStatistics(
        int tasks,
        long tasksCreated,
        long iterations,
        long steps,
        int ready,
        int timers,
        long polls,
        int outsideCalls,
        Duration busy,
        Duration idle) {
    /// Returns how many tasks have ended.
    public long tasksEnded() {
        return tasksCreated - tasks;
    }
}
