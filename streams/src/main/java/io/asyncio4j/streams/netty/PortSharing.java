package io.asyncio4j.streams.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way in which servers of several loops listen on one port.
public interface PortSharing {
    /// Opens a server's sockets, or has it share in those that are open; suspends.
    ///
    /// @param host as the program gave it; null for all addresses
    /// @param wanted the addresses to listen on
    void listen(Binder server, @Nullable String host, List<InetSocketAddress> wanted) throws IOException;
}
