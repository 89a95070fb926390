package io.asyncio4j.streams.bytes;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.TimeoutException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The way a connection is opened.
///
/// @param timeout for all of it; null for none
/// @param localAddress where to connect from; null for any
/// @param serverName whom the server must prove to be; null for the host connected to
public record ConnectSettings(
        @Nullable Duration timeout,
        Duration happyEyeballsDelay,
        @Nullable SocketAddress localAddress,
        boolean keepAlive,
        boolean noDelay,
        Limits limits,
        @Nullable Encryption tls,
        @Nullable String serverName) {
    /// Gets a connection; may suspend.
    public interface Opener {
        ConnectionTransport open() throws IOException;
    }

    /// Returns a connection for the program, unless that takes too long. Suspends.
    public ConnectionTransport openInTime(String target, Opener opener) throws IOException {
        try {
            ConnectionTransport opened = Asyncio.timeout(timeout, () -> {
                if (tls != null) {
                    tls.prepareInThread();
                }
                return opener.open();
            });
            opened.mustBeClosed(EventLoop.access());
            return opened;
        } catch (TimeoutException expired) {
            throw ConnectionErrors.withCause(
                    new SocketTimeoutException(
                            "Connecting to " + target + " took longer than " + timeout + ", the connect timeout"),
                    expired);
        }
    }
}
