package io.asyncio4j.diagnose;

import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.LiveTasks;
import io.asyncio4j.kernel.Strand;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The lock that a blocked thread waits for, and its holder: as much as the JDK tells.
///
/// @param what the lock, or the object whose monitor it is
/// @param owner the id of the thread that holds it; -1 if nobody does, or nobody knows
/// @param ownerName that thread's name
public record BlockedOn(String what, long owner, String ownerName) {
    /// With more tasks than this, no thread dump is made: it takes a tenth of a millisecond for
    /// each.
    private static final int MAX_TASKS = 10_000;

    /// Returns a line such as `waiting for the monitor of Object@1b, held by task 'x'`; empty if
    /// the thread waits for nothing that has a name.
    public static String describe(Thread thread) {
        BlockedOn found = of(thread);
        if (found == null) {
            return "";
        }
        return "waiting for " + found.what + (found.owner < 0 ? "" : ", held by " + found.holder());
    }

    private static @Nullable BlockedOn of(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        try {
            if (thread.getState() == Thread.State.BLOCKED) {
                return ofMonitor(thread);
            }
            if (blocker instanceof AbstractOwnableSynchronizer lock) {
                return LockOwners.ofLock(lock);
            }
        } catch (LinkageError | RuntimeException | OutOfMemoryError unable) {
            // java.management is not there, or no thread can be made to ask it
        }
        return blocker == null ? null : new BlockedOn(Objects.toIdentityString(blocker), -1, "");
    }

    private static BlockedOn ofMonitor(Thread thread) {
        BlockedOn found = thread.isVirtual() ? null : LockOwners.ofMonitor(thread);
        if (found == null && taskCount() <= MAX_TASKS) {
            found = ThreadDump.ofMonitor(thread.threadId());
        }
        return found == null ? new BlockedOn("a monitor", -1, "") : found;
    }

    private static long taskCount() {
        return Watchdog.running().stream()
                .mapToLong(watch -> watch.loop.tasks.size())
                .sum();
    }

    private String holder() {
        Fiber<?> task = taskOf(owner);
        if (task == null) {
            return ownerName.isEmpty() ? "thread #" + owner : "thread '" + ownerName + "'";
        }
        List<StackTraceElement> frames = ProgramFrames.ofProgram(task.stack());
        return task.describe() + (frames.isEmpty() ? "" : " at " + frames.getFirst());
    }

    /// Returns the task, of any loop that runs, which lives on a thread.
    private static @Nullable Fiber<?> taskOf(long threadId) {
        for (LoopWatch watch : Watchdog.running()) {
            LiveTasks tasks = watch.loop.tasks;
            int left = tasks.size(); // the loop may be changing the list
            for (Fiber<?> task = tasks.first(); task != null && left-- > 0; task = task.nextLive()) {
                Strand strand = task.strand();
                if (strand != null && strand.thread().threadId() == threadId) {
                    return task;
                }
            }
        }
        return null;
    }
}
