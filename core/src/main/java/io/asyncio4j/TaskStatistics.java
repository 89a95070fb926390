package io.asyncio4j;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of a task so far, or when it ended: any thread may keep and read them. See
/// [Task#statistics].
///
/// Steps are always counted. Times are kept while accounting is on, see [EventLoop#setAccounting],
/// and are those of the loop's clock: in virtual time a wait takes as long as the program asked
/// for, and running takes no time but what the clock is told to advance.
///
/// @param steps how often it ran until it awaited something or ended, a step that goes on included
/// @param running how long it ran, without the steps that other tasks made within its own
/// @param ready how long it could have run and waited for its turn
/// @param waiting how long it waited for something
/// @param waits the same by what it waited for, such as `a sleep`, `lock 'db'` or `task 'user'`, in
///     the order of the first wait; beyond 32 names the rest is under `other`
public record TaskStatistics(
        long steps, Duration running, Duration ready, Duration waiting, Map<String, Duration> waits) {
    /// Creates one with a copy of the map.
    public TaskStatistics {
        waits = Collections.unmodifiableMap(new LinkedHashMap<>(waits));
    }
}
