package io.asyncio4j.testing.memory;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The link between two hosts of the network in memory, or of a host with itself.
public final class MemoryLink {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /// The quality of a link; a value that is null is as everywhere.
    public static final class Qualities {
        private @Nullable Duration latency;
        private @Nullable Duration jitter;

        /// In bytes a second.
        private @Nullable Long bandwidth;

        static Qualities best() {
            Qualities best = new Qualities();
            best.latency = Duration.ZERO;
            best.jitter = Duration.ZERO;
            return best;
        }

        public void latency(Duration each) {
            latency = requireNotNegative("latency", each);
        }

        public void jitter(Duration most) {
            jitter = requireNotNegative("jitter", most);
        }

        public void bandwidth(long bytesPerSecond) {
            if (bytesPerSecond <= 0) {
                throw new IllegalArgumentException(
                        "The bandwidth must be positive, in bytes a second, but is " + bytesPerSecond);
            }
            bandwidth = bytesPerSecond;
        }

        private static Duration requireNotNegative(String what, Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("The " + what + " must not be negative, but is " + value);
            }
            return value;
        }
    }

    private final Qualities qualities = new Qualities();
    private final MemoryFabric fabric;

    /// The ends of connections that are not over, in the order in which these were made.
    private final Set<MemoryWire> wires = new LinkedHashSet<>();

    /// What has something under way.
    private final Set<MemoryLane> busy = new LinkedHashSet<>();

    /// When each direction has sent what it was given.
    private final long[] freeAt = new long[2];

    private boolean cut;

    MemoryLink(MemoryFabric fabric) {
        this.fabric = fabric;
    }

    public Qualities qualities() {
        return qualities;
    }

    // ------------------------------------------------------------------ what passes

    void add(MemoryWire client, MemoryWire server) {
        wires.add(client);
        wires.add(server);
    }

    void remove(MemoryWire wire) {
        wires.remove(wire);
    }

    void busy(MemoryLane lane) {
        busy.add(lane);
    }

    void idle(MemoryLane lane) {
        busy.remove(lane);
    }

    /// Returns when `size` bytes will arrive that are sent now.
    long arrival(long now, int direction, int size) {
        Long bandwidth = qualities.bandwidth == null ? fabric.everywhere().bandwidth : qualities.bandwidth;
        long sent = now;
        if (bandwidth != null) {
            sent = Math.max(now, freeAt[direction]) + Math.ceilDiv(size * SECOND, bandwidth);
            freeAt[direction] = sent;
        }
        long jitter = nanos(qualities.jitter, fabric.everywhere().jitter);
        long chance = jitter == 0 ? 0 : fabric.random.nextLong(jitter + 1);
        return sent + nanos(qualities.latency, fabric.everywhere().latency) + chance;
    }

    private static long nanos(@Nullable Duration own, @Nullable Duration everywhere) {
        Duration duration = own == null ? everywhere : own;
        return duration == null ? 0 : duration.toNanos();
    }

    // ------------------------------------------------------------------ what goes wrong

    boolean isCut() {
        return cut;
    }

    public void cut() {
        cut = true;
    }

    public void heal() {
        if (cut) {
            cut = false;
            freeAt[0] = 0;
            freeAt[1] = 0;
            List.copyOf(busy).forEach(MemoryLane::resend);
        }
    }

    public void breakConnections() {
        List.copyOf(wires).forEach(MemoryWire::breakIfOpen);
    }
}
