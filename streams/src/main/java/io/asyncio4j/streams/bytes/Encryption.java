package io.asyncio4j.streams.bytes;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// TLS by given rules, for any number of connections.
public interface Encryption {
    /// How long a handshake may take, unless the program says otherwise.
    Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(60);

    /// Reads its files in a thread, if they were not read before; suspends the calling task.
    void prepareInThread() throws IOException;

    /// Puts TLS at the beginning of a channel's pipeline. Called after [#prepareInThread], on the
    /// loop's own thread.
    ///
    /// @param serverName whom a client expects; null for the host of the address
    void addTo(Channel channel, @Nullable String serverName, @Nullable SocketAddress peer, Duration timeout);
}
