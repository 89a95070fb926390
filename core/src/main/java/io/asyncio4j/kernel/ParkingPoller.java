package io.asyncio4j.kernel;

import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.Poller;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waits for other threads and for time only. Unlike other pollers, it may be called by any thread
/// that holds the loop, a task's included.
final class ParkingPoller implements Poller {
    private final LoopIo io;

    /// The thread in [#poll].
    private volatile @Nullable Thread sleeper;

    ParkingPoller(LoopIo io) {
        this.io = io;
    }

    @Override
    public void poll(long nanos) {
        sleeper = Thread.currentThread();
        if (io.mayBlock()) {
            if (nanos == Clock.NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        sleeper = null;
    }

    @Override
    public void wakeup() {
        LockSupport.unpark(sleeper);
    }

    @Override
    public boolean isWatching() {
        return false;
    }

    @Override
    public void close() {}
}
