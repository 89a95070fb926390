package io.asyncio4j.streams.workers;

import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.netty.IoKind;
import io.asyncio4j.streams.netty.PortSharing;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The ports on which the workers of a team listen together. Any thread.
public final class SharedPorts {
    /// Says how ports are shared, or is absent for what fits the system.
    static final String PROPERTY = "asyncio4j.sharing";

    /// The values that the workers must state alike.
    ///
    /// @param number which of the servers that leave the port to the system; 0 if it is given
    private record Key(@Nullable String host, int port, int number) {}

    /// Whether one thread accepts all connections and deals them out.
    final boolean dealing;

    /// Whether a port stays open when the last server has left it.
    final boolean keeping;

    /// Guarded by this, as is what follows.
    private final Map<Key, SharedPort> ports = new HashMap<>();

    private @Nullable EventLoopGroup acceptor;

    SharedPorts(boolean dealing) {
        this(dealing, false);
    }

    private SharedPorts(boolean dealing, boolean keeping) {
        this.dealing = dealing;
        this.keeping = keeping;
    }

    /// Returns ports that stay open while servers come and go.
    static SharedPorts keeping() {
        return new SharedPorts(true, true);
    }

    /// Whether the system does not balance connections between sockets with `SO_REUSEPORT`, or has
    /// no such thing: only Linux has, of the systems that the JDK runs on and lets use it.
    public static boolean dealingIsNeeded() {
        String wanted = System.getProperty(PROPERTY);
        return switch (wanted) {
            case null -> !System.getProperty("os.name").startsWith("Linux");
            case "reuseport" -> false;
            case "deal" -> true;
            default ->
                throw new IllegalArgumentException(
                        "System property " + PROPERTY + " must be reuseport or deal, not '" + wanted + "'");
        };
    }

    /// Returns how a server that is started in `loop` listens on a port together with those of
    /// other loops; null if it does so alone.
    public static @Nullable PortSharing of(LoopAccess loop, int port) {
        Worker worker = Worker.of(loop);
        if (worker != null) {
            return (server, host, wanted) ->
                    worker.team.ports.port(worker, host, port).listen(worker, server, wanted);
        }
        SharedPorts kept = KeptSockets.ports(port);
        return kept == null
                ? null
                : (server, host, wanted) -> kept.port(host, port, 0).listen(loop, server, wanted);
    }

    /// Returns the port on which a server is to listen together with those of other workers.
    private SharedPort port(Worker worker, @Nullable String host, int port) {
        return port(host, port, port == 0 ? worker.numberOfServerWithoutPort(host) : 0);
    }

    /// @param number which of the servers that leave the port to the system; 0 if it is given
    synchronized SharedPort port(@Nullable String host, int port, int number) {
        return ports.computeIfAbsent(new Key(host, port, number), _ -> new SharedPort(this, host, port));
    }

    synchronized List<SharedPort> all() {
        return List.copyOf(new LinkedHashSet<>(ports.values()));
    }

    /// Closes those on which no server listens.
    synchronized void closeUnused() {
        ports.values().removeIf(SharedPort::closeIfUnused);
    }

    /// A port has its number, by which it can be asked for from now on.
    synchronized void chosen(@Nullable String host, int number, SharedPort port) {
        ports.putIfAbsent(new Key(host, number, 0), port);
    }

    /// A worker gets no more connections.
    void leave(Worker worker) {
        all().forEach(port -> port.leave(worker));
    }

    /// Returns what accepts connections, made at first use.
    synchronized EventLoopGroup acceptor(IoKind kind) {
        if (acceptor == null) {
            ThreadFactory threads = work -> {
                Thread thread = new FastThreadLocalThread(work, "asyncio4j-acceptor");
                thread.setDaemon(true);
                return thread;
            };
            acceptor = new MultiThreadIoEventLoopGroup(1, threads, kind.handlers());
        }
        return acceptor;
    }

    /// Closes what is left. All workers have ended.
    synchronized void close() {
        if (acceptor != null) {
            acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
