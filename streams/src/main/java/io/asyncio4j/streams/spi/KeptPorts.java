package io.asyncio4j.streams.spi;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The ports of a process that serves one version of a program after the other, and keeps them open
/// meanwhile: what a client connects to between two versions waits until the next one accepts.
///
/// A server that listens on a port on which an earlier one listens, in another loop, shares it. New
/// connections go to the one that began last. Any thread.
public final class KeptPorts {
    private static volatile boolean kept;
    private static volatile @Nullable Keeper keeper;

    private KeptPorts() {}

    /// The keeper of the ports.
    public interface Keeper {
        /// Has new connections go to the servers that began last alone. Completes the future
        /// returned when all that were accepted for earlier ones have come to them, so that these
        /// can be closed.
        CompletableFuture<@Nullable Void> handOver();

        /// Closes the ports on which no server listens.
        void closeUnused();
    }

    /// Has ports kept from now on, those excepted that the system chooses, and those of workers.
    public static void keep() {
        kept = true;
    }

    /// Returns whether ports are kept.
    public static boolean areKept() {
        return kept;
    }

    /// Returns what keeps the ports; null while there are none.
    public static @Nullable Keeper keeper() {
        return keeper;
    }

    /// Says what keeps the ports.
    public static void keeper(Keeper made) {
        keeper = made;
    }
}
