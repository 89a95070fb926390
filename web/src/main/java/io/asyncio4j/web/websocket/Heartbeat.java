package io.asyncio4j.web.websocket;

import io.asyncio4j.TimerHandle;
import io.asyncio4j.spi.LoopAccess;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The pings of a WebSocket, and what notices that nothing comes back: the client has gone when
/// nothing was read from one ping to the next.
final class Heartbeat {
    private static final long NOTHING_READ = -1;

    private final LoopAccess loop;
    private final Duration interval;
    private final Incomer incomer;
    private final Outgoing outgoing;
    private final Runnable onSilence;
    private @Nullable TimerHandle timer;

    /// The number of reads when the last ping was sent, if its answer is waited for.
    private long readsAtPing = NOTHING_READ;

    Heartbeat(LoopAccess loop, Duration interval, Incomer incomer, Outgoing outgoing, Runnable onSilence) {
        this.loop = loop;
        this.interval = interval;
        this.incomer = incomer;
        this.outgoing = outgoing;
        this.onSilence = onSilence;
    }

    void begin() {
        timer = loop.callAt(loop.time() + interval.toNanos(), this::beat);
    }

    void end() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void beat() {
        long reads = incomer.reads();
        if (reads >= 0 && reads == readsAtPing) {
            onSilence.run();
            return;
        }
        begin();
        // Nothing is read while the handler does not receive: no pong is seen then.
        readsAtPing = NOTHING_READ;
        try {
            if (outgoing.tryPing()) {
                readsAtPing = reads;
            }
        } catch (IOException gone) {
            onSilence.run();
        }
    }
}
