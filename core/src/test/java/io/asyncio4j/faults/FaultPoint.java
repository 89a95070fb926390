package io.asyncio4j.faults;

import org.jspecify.annotations.Nullable;

/// The place that instrumented code of the library calls before each allocation and each call of
/// the JDK that may allocate. The one it is armed for throws.
@SuppressWarnings("StaticAssignmentOfThrowable") // one run at a time; the next forgets it
public final class FaultPoint {
    private static int left;
    private static int passed;
    private static @Nullable OutOfMemoryError injected;

    private FaultPoint() {}

    /// Has the n-th point from now on throw; 0 to have none throw, and only count.
    static synchronized void arm(int number) {
        left = number;
        passed = 0;
        injected = null;
    }

    /// Ends the counting. Returns how many points were passed.
    static synchronized int disarm() {
        int count = passed;
        left = -1;
        passed = -1;
        return count;
    }

    /// Returns what was thrown, or null.
    static synchronized @Nullable OutOfMemoryError injected() {
        return injected;
    }

    /// Called by instrumented code.
    public static synchronized void pass() {
        if (passed < 0 || isService(Thread.currentThread())) {
            return;
        }
        passed++;
        if (passed == left) {
            OutOfMemoryError error = new OutOfMemoryError("injected");
            injected = error;
            throw error;
        }
    }

    /// Whether the thread is none of the loop's: the watchdog, a pool.
    private static boolean isService(Thread thread) {
        return thread.isDaemon() && !thread.isVirtual();
    }
}
