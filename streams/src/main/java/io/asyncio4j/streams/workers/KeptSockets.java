package io.asyncio4j.streams.workers;

import io.asyncio4j.streams.spi.KeptPorts;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The listening sockets of [KeptPorts]. Any thread.
final class KeptSockets implements KeptPorts.Keeper {
    private final SharedPorts ports = SharedPorts.keeping();

    private KeptSockets() {}

    private static final class Made {
        static final KeptSockets ONE = new KeptSockets();
    }

    /// Returns the ports that a server listens on which chooses its port itself; null if they are
    /// not kept.
    static @Nullable SharedPorts ports(int port) {
        if (port == 0 || !KeptPorts.areKept()) {
            return null;
        }
        KeptPorts.keeper(Made.ONE);
        return Made.ONE.ports;
    }

    @Override
    public CompletableFuture<@Nullable Void> handOver() {
        return CompletableFuture.allOf(ports.all().stream()
                        .flatMap(port -> port.handOver().stream())
                        .toArray(CompletableFuture[]::new))
                .thenApply(_ -> null);
    }

    @Override
    public void closeUnused() {
        ports.closeUnused();
    }
}
