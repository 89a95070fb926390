package io.asyncio4j.testing.memory;

import io.asyncio4j.TimerHandle;
import io.asyncio4j.spi.LoopAccess;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One direction of a connection on a network in memory: brings what one end sends to the other, in
/// order.
final class MemoryLane {
    /*
     * Segments stand in the order in which they were sent; a single timer waits for the first. One that is sent
     * while the link is cut, or would arrive then, is lost, and all behind it wait: healing sends again what was
     * lost. So nothing overtakes, and whatever the link does, bytes arrive once.
     */

    /// As much may be under way or arrived without having been read. It bounds what a reader that
    /// does not read takes of its peer; the sender knows without delay what was read.
    private static final int WINDOW = 256 * 1024;

    private static final byte[] NOTHING = {};

    /// The purpose of a segment.
    enum Kind {
        CONNECT,
        ACCEPT,
        REFUSE,
        /// The client's answer to ACCEPT, by which the server knows that the connection is open.
        OPEN,
        DATA(true),
        END(true),
        RESET(true);

        /// Whether it is there as soon as it is sent, if nothing slows it down.
        final boolean mayComeAtOnce;

        Kind() {
            this(false);
        }

        Kind(boolean mayComeAtOnce) {
            this.mayComeAtOnce = mayComeAtOnce;
        }
    }

    private static final class Segment {
        final Kind kind;
        final byte[] data;
        long arrival;
        boolean lost;

        Segment(Kind kind, byte[] data) {
            this.kind = kind;
            this.data = data;
        }
    }

    private final LoopAccess loop;
    private final MemoryLink link;
    private final int direction;
    private final MemoryWire from;
    private final MemoryWire to;
    private final ArrayDeque<Segment> underway = new ArrayDeque<>();

    /// Bytes that are under way or have arrived and were not read.
    private int untaken;

    private @Nullable TimerHandle timer;

    MemoryLane(LoopAccess loop, MemoryLink link, int direction, MemoryWire from, MemoryWire to) {
        this.loop = loop;
        this.link = link;
        this.direction = direction;
        this.from = from;
        this.to = to;
    }

    /// Returns how many more bytes may be sent now.
    int room() {
        return WINDOW - untaken;
    }

    /// The other end has read bytes, so that more may come.
    void taken(int bytes) {
        untaken -= bytes;
        from.mark();
    }

    void send(Kind kind) {
        send(kind, NOTHING);
    }

    void send(Kind kind, byte[] data) {
        Segment segment = new Segment(kind, data);
        untaken += data.length;
        post(segment);
        if (kind.mayComeAtOnce && underway.isEmpty() && isDue(segment, loop.time())) {
            to.arrived(kind, data);
            return;
        }
        underway.add(segment);
        if (underway.size() == 1) {
            link.busy(this);
            awaitFirst();
        }
    }

    private void post(Segment segment) {
        segment.arrival = link.arrival(loop.time(), direction, segment.data.length);
        segment.lost = link.isCut();
    }

    private void awaitFirst() {
        Segment first = underway.peek();
        if (first == null) {
            link.idle(this);
        } else if (!first.lost) {
            timer = loop.callAt(first.arrival, this::arrive);
        }
    }

    private void arrive() {
        timer = null;
        long now = loop.time();
        while (isDue(underway.peek(), now)) {
            Segment first = Objects.requireNonNull(underway.poll());
            to.arrived(first.kind, first.data);
        }
        awaitFirst();
    }

    private boolean isDue(@Nullable Segment segment, long now) {
        if (segment == null || segment.arrival > now) {
            return false;
        }
        segment.lost |= link.isCut();
        return !segment.lost;
    }

    /// The link is healed.
    void resend() {
        long now = loop.time();
        for (Segment segment : underway) {
            if (segment.lost || segment.arrival <= now) {
                post(segment);
            }
        }
        stopTimer();
        awaitFirst();
    }

    /// Drops all that is under way.
    void clear() {
        underway.clear();
        stopTimer();
        link.idle(this);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
