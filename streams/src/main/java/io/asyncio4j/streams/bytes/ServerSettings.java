package io.asyncio4j.streams.bytes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The way a server listens and sets up its connections.
public record ServerSettings(
        int backlog,
        boolean reuseAddress,
        boolean reusePort,
        boolean keepAlive,
        boolean noDelay,
        int maxConnections,
        Limits limits,
        boolean startServing,
        boolean cleanUpSocket,
        @Nullable Encryption tls,
        Duration handshakeTimeout) {}
