package io.asyncio4j.engine;

import io.asyncio4j.base.CarrierAccess;
import io.asyncio4j.kernel.Loop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The memory of interrupts of a loop's own thread that arrive while a task is mounted on it.
///
/// When the JDK mounts or unmounts a virtual thread, it clears the interrupt flag of the thread
/// below. So the flag alone would lose such an interrupt. But `Thread.interrupt`, called by another
/// thread, first sets the flag and then tells the I/O operation in which the thread is blocked, and
/// that is what this poses as.
///
/// While only the kernel runs in the thread, this is told of each interrupt and the flag says
/// nothing more. Code of the program that runs in the thread itself (a callback, a poller) may take
/// the place of this, and may set the flag or clear it: after that, the flag counts.
///
/// The thread that interrupts may be held up between the flag and the call, for longer than the run
/// goes on. So each flag that is cleared is remembered, over the end of the run, as counted or as
/// left to the call. A call that finds the flag clear and counted already says nothing new.
final class InterruptHook {
    /// For how long a counted flag stands for the call that belongs to it, which need not come.
    private static final long COUNTED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// The last hook of a thread, if its call for a counted flag may yet come.
    private static final ThreadLocal<InterruptHook> LAST = new ThreadLocal<>();

    private final Loop loop;
    private final Thread thread = Thread.currentThread();
    private final Object blocker = CarrierAccess.newBlocker(this::interrupted);

    /// Whether the loop has been told of an interrupt and has not dealt with it.
    private boolean pending;

    /// When a flag was counted that this had not been told of; null if none was.
    private @Nullable Long counted;

    /// Whether a flag was cleared and not counted, since the call that belongs to it counts.
    private boolean left;

    private boolean removed;

    private InterruptHook(Loop loop) {
        this.loop = loop;
    }

    /// Returns the hook of the calling thread, or null if this JDK has none.
    static @Nullable InterruptHook install(Loop loop) {
        if (!CarrierAccess.hasBlockers()) {
            return null;
        }
        InterruptHook hook = new InterruptHook(loop);
        InterruptHook last = LAST.get();
        if (last != null) {
            LAST.remove();
            hook.counted = last.counted;
        }
        hook.ensure();
        return hook;
    }

    /// Sees to it that the thread has this: its own I/O takes the place for a while.
    void ensure() {
        if (CarrierAccess.blocker(thread) == null) {
            CarrierAccess.setBlocker(thread, blocker);
        }
    }

    synchronized void remove() {
        removed = true;
        if (CarrierAccess.blocker(thread) == blocker) {
            CarrierAccess.setBlocker(thread, null);
        }
        if (left) { // the call may now go elsewhere
            left = false;
            counted = System.nanoTime();
            thread.interrupt();
        }
        if (counted != null) {
            LAST.set(this);
        }
    }

    /// Called by the JDK in the thread that interrupts the loop's.
    private synchronized void interrupted() {
        boolean old =
                !left && counted != null && System.nanoTime() - counted <= COUNTED_NANOS && !thread.isInterrupted();
        left = false;
        counted = null;
        if (old) {
            return;
        }
        if (removed) {
            thread.interrupt(); // the run has ended meanwhile, and may have cleared the flag
        } else if (loop.runningCallback() == null && !pending) { // else the flag stays
            pending = true;
            loop.interruption.arrived(this::dealtWith);
        }
    }

    private synchronized void dealtWith() {
        pending = false;
        if (Thread.currentThread() == thread) {
            var _ = Thread.interrupted();
        }
    }

    /// The thread's flag was found set, and is clear now.
    ///
    /// @return whether that is an interrupt this was not told of
    synchronized boolean isNews() {
        if (pending) {
            return false;
        }
        counted = System.nanoTime();
        return true;
    }

    /// Clears the flag of the thread, the calling one, in which no code of the program has run
    /// since [#ensure]. A call comes after that or before it, not in between.
    synchronized void leave() {
        if (Thread.interrupted()) {
            left = !pending;
        }
    }
}
