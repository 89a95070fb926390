package io.asyncio4j.threads;

import io.asyncio4j.Context;
import io.asyncio4j.VoidBody;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.base.Times;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The calls in a loop's default executor that have not ended, also if nobody waits for them any
/// longer. Any thread.
final class DefaultCalls {
    private static final int MAX_CALLS = 10;
    private static final int MAX_FRAMES = 20;

    private final Set<Entry> calls = ConcurrentHashMap.newKeySet();

    /// One call. Each is equal to itself only.
    final class Entry {
        private final @Nullable Fiber<?> caller;

        /// The thread that makes the call, once one does, and since when.
        private volatile @Nullable Thread thread;

        private volatile long since;

        private Entry(@Nullable Fiber<?> caller) {
            this.caller = caller;
        }

        /// The calling thread begins to make the call.
        void begin() {
            since = System.nanoTime();
            thread = Thread.currentThread();
        }

        /// The call has ended, or will never begin.
        void end() {
            calls.remove(this);
        }

        private String describe() {
            Thread runs = thread;
            String by = caller == null ? "called by a callback" : "called by " + caller.describe();
            if (runs == null) {
                return "  a call that no thread is free for, " + by;
            }
            StringBuilder text = new StringBuilder("  ")
                    .append(Caller.name(runs))
                    .append(", ")
                    .append(by)
                    .append(", for ")
                    .append(Times.text(System.nanoTime() - since));
            Arrays.stream(runs.getStackTrace())
                    .takeWhile(frame -> !isOurs(frame.getClassName()))
                    .limit(MAX_FRAMES)
                    .forEach(frame -> text.append(System.lineSeparator())
                            .append("      at ")
                            .append(frame));
            return text.toString();
        }

        private static boolean isOurs(String className) {
            return className.equals(Context.class.getName())
                    || className.equals(VoidCoroutine.class.getName())
                    || className.equals(VoidBody.class.getName())
                    || className.startsWith(Offload.class.getName());
        }
    }

    /// Adds a call that `caller` makes, or a callback.
    Entry add(@Nullable Fiber<?> caller) {
        Entry entry = new Entry(caller);
        calls.add(entry);
        return entry;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /// Returns how many there are and, line by line, where they are; those that run for the longest
    /// time come first.
    ///
    /// @param verb what they do, such as `has not ended` and `have not ended`
    String describe(String verb, String verbOfSeveral) {
        List<Entry> found = new ArrayList<>(calls);
        found.sort(Comparator.<Entry>comparingInt(entry -> entry.thread == null ? 1 : 0)
                .thenComparingLong(entry -> entry.since));
        StringBuilder text = new StringBuilder();
        text.append(found.size() == 1 ? "1 call " + verb : found.size() + " calls " + verbOfSeveral)
                .append(found.isEmpty() ? "" : ":");
        found.stream()
                .limit(MAX_CALLS)
                .forEach(entry -> text.append(System.lineSeparator()).append(entry.describe()));
        if (found.size() > MAX_CALLS) {
            text.append(System.lineSeparator())
                    .append("  and ")
                    .append(found.size() - MAX_CALLS)
                    .append(" more");
        }
        return text.toString();
    }
}
