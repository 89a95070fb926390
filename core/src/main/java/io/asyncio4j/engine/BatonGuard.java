package io.asyncio4j.engine;

import java.util.concurrent.TimeUnit;

/// The guard that notices a baton that was handed on and is not taken.
///
/// Virtual threads need a carrier to run. A task that waits with a native frame or a class
/// initialiser on its stack is pinned and keeps one. When pinned tasks keep them all, the next task
/// never gets to run. Then one of the pinned tasks is given the baton instead, with an error that
/// says so.
///
/// Confined to the [Watchdog]'s thread.
final class BatonGuard {
    /// How long nothing must have moved.
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final BatonEngine engine;

    /// The hand-over that was in progress at the last look, and for how long.
    private BatonEngine.Handover last = BatonEngine.Handover.NONE;

    private long lasted;

    BatonGuard(BatonEngine engine) {
        this.engine = engine;
    }

    /// Sees where the baton is.
    ///
    /// @param passed the time since the last look
    void look(long passed) {
        BatonEngine.Handover now = engine.handoverInProgress();
        if (now.equals(BatonEngine.Handover.NONE) || !now.equals(last)) {
            last = now;
            lasted = 0;
            return;
        }
        lasted += passed;
        if (lasted >= PATIENCE_NANOS) {
            last = BatonEngine.Handover.NONE;
            engine.relievePinned(now.to());
        }
    }
}
