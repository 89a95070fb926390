package io.asyncio4j;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The memory of interrupts of a loop's own thread that arrive while a task is mounted on it.
///
/// When the JDK unmounts a virtual thread, it clears the interrupt flag of the thread below. So the
/// flag alone would lose such an interrupt. But `Thread.interrupt` also tells the I/O operation in
/// which the thread is blocked, and that is what this poses as.
final class InterruptHook {
    /// For how long a flag that was seen first stands for the call that belongs to it.
    private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Loop loop;
    private final Thread thread;
    private final Object blocker = CarrierAccess.newBlocker(this::interrupted);

    /// Whether the flag, if it is set, is of an interrupt that this knows of.
    private boolean told;

    /// When a flag was seen that this had not been told of; null if none was.
    private @Nullable Long seen;

    private InterruptHook(Loop loop, Thread thread) {
        this.loop = loop;
        this.thread = thread;
    }

    /// Returns the hook of the calling thread, or null if this JDK has none.
    static @Nullable InterruptHook install(Loop loop) {
        if (!CarrierAccess.hasBlockers()) {
            return null;
        }
        InterruptHook hook = new InterruptHook(loop, Thread.currentThread());
        hook.ensure();
        return hook;
    }

    /// Sees to it that the thread has this: its own I/O takes the place for a while.
    void ensure() {
        if (CarrierAccess.blocker(thread) == null) {
            CarrierAccess.setBlocker(thread, blocker);
        }
    }

    void remove() {
        if (CarrierAccess.blocker(thread) == blocker) {
            CarrierAccess.setBlocker(thread, null);
        }
    }

    /// Called by the JDK in the thread that interrupts the loop's.
    private synchronized void interrupted() {
        if (loop.watch.callback != null) {
            return; // a callback of the program, whose code may take the interrupt; else the flag stays
        }
        Long before = seen;
        seen = null;
        if (before == null || System.nanoTime() - before > SAME_NANOS) {
            told = true;
            loop.interrupted(this::forgetFlag);
        }
    }

    private synchronized void forgetFlag() {
        told = false;
        if (Thread.currentThread() == thread) {
            var _ = Thread.interrupted();
        }
    }

    /// The thread's flag was found set, and is clear now.
    ///
    /// @return whether that is an interrupt this was not told of: one by the thread itself
    synchronized boolean isNews() {
        if (told) {
            told = false;
            return false;
        }
        seen = System.nanoTime();
        return true;
    }
}
