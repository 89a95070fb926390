package io.asyncio4j.diagnose;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Asks the JVM who holds a lock. All use of module `java.management`, which may be absent.
final class LockOwners {
    /// How long a thread may take to start: it is a step that blocks which waits for this.
    private static final long MAX_PROBE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private LockOwners() {}

    /// Returns the monitor for which a platform thread waits; null if the JVM does not tell, which
    /// is so if a virtual thread holds it.
    static @Nullable BlockedOn ofMonitor(Thread platform) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(platform.threadId());
        LockInfo lock = info == null ? null : info.getLockInfo();
        return lock == null || info == null
                ? null
                : new BlockedOn("the monitor of " + lock, info.getLockOwnerId(), name(info));
    }

    private static String name(ThreadInfo info) {
        return Objects.requireNonNullElse(info.getLockOwnerName(), "");
    }

    /// Returns a lock with its owner. The JVM tells that only of locks for which a platform thread
    /// waits; so one is made that seems to.
    static BlockedOn ofLock(AbstractOwnableSynchronizer lock) {
        Thread probe = Thread.ofPlatform()
                .daemon()
                .name("asyncio4j-watchdog-probe")
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    LockSupport.setCurrentBlocker(lock);
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.park();
                    }
                });
        try {
            long giveUp = System.nanoTime() + MAX_PROBE_NANOS;
            while (probe.getState() != Thread.State.WAITING && System.nanoTime() < giveUp) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
            ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(probe.threadId());
            return info == null
                    ? new BlockedOn(Objects.toIdentityString(lock), -1, "")
                    : new BlockedOn(Objects.toIdentityString(lock), info.getLockOwnerId(), name(info));
        } finally {
            probe.interrupt();
        }
    }
}
