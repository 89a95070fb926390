package io.asyncio4j.streams.netty;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Looks up host names without blocking the loop.
///
/// The system's resolver blocks the thread it is called in, a native call: so it gets platform
/// threads of its own, of which there are as many as look-ups in progress.
public final class Resolver {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("asyncio4j-resolver-", 0).factory());

    private Resolver() {}

    /// Returns the addresses of a host, as the system orders them; suspends.
    public static List<InetAddress> resolve(String host) throws UnknownHostException {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            // a name
        }
        try {
            return List.of(Asyncio.runInExecutor(THREADS, () -> InetAddress.getAllByName(host))
                    .await());
        } catch (Throwable thrown) {
            if (thrown instanceof UnknownHostException unknown) {
                throw ConnectionErrors.unknownHost(host, unknown);
            }
            throw thrown;
        }
    }

    /// Returns the addresses with the two families in turn, beginning with that of the first, so
    /// that one family which does not work costs a single attempt.
    public static List<InetAddress> interleaved(List<InetAddress> addresses) {
        List<InetAddress> first = new ArrayList<>();
        List<InetAddress> second = new ArrayList<>();
        for (InetAddress address : addresses) {
            (address.getClass() == addresses.getFirst().getClass() ? first : second).add(address);
        }
        List<InetAddress> mixed = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                mixed.add(first.get(i));
            }
            if (i < second.size()) {
                mixed.add(second.get(i));
            }
        }
        return mixed;
    }
}
