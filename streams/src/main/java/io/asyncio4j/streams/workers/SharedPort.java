package io.asyncio4j.streams.workers;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.bytes.Listener;
import io.asyncio4j.streams.netty.Binder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A port on which servers of several workers listen.
///
/// The first worker opens it, or has the system choose its number, while the others wait. If that
/// fails, it is the next one's turn.
final class SharedPort {
    /// A member that keeps the port open.
    private static final Object KEEPER = new Object();

    private final SharedPorts ports;
    private final @Nullable String host;

    /// The number; 0 until it is chosen. Guarded by this, as is what follows.
    private int port;

    /// Completed when the worker that opens the port has done so, or could not; null if none does.
    private @Nullable CompletableFuture<@Nullable Void> opening;

    /// The workers, or loops, that listen here, each with its share of what is dealt; null if
    /// nothing is.
    private final Map<Object, @Nullable DealtListener> members = new HashMap<>();

    /// What accepts connections and deals them, one for each address.
    private List<Dealer> dealers = List.of();

    /// Completed when the port is free after its last use.
    private CompletableFuture<?> free = CompletableFuture.completedFuture(null);

    SharedPort(SharedPorts ports, @Nullable String host, int port) {
        this.ports = ports;
        this.host = host;
        this.port = port;
    }

    /// Opens a server's sockets, or has it share in those that are open; suspends.
    void listen(Object worker, Binder listening, List<InetSocketAddress> wanted) throws IOException {
        boolean first = enter(worker);
        boolean complete = false;
        try {
            if (ports.dealing) {
                share(worker, listening, first ? openDealers(listening, wanted) : dealers());
            } else {
                int chosen = listening.bindAll(wanted, port(), true);
                listening.add(leaver(worker));
                opened(chosen, List.of());
            }
            complete = true;
        } finally {
            if (!complete) {
                leave(worker);
            }
            if (first) {
                endOpening();
            }
        }
    }

    /// Takes part; suspends while another worker opens the port.
    ///
    /// @return whether the caller is to open it
    private boolean enter(Object worker) throws BindException {
        while (true) {
            CompletableFuture<@Nullable Void> others;
            synchronized (this) {
                if (members.containsKey(worker)) {
                    throw new BindException("Cannot listen on port " + port
                            + ": this worker has a server there already; close it before");
                }
                if (opening == null) {
                    boolean open = ports.dealing ? !dealers.isEmpty() : port != 0;
                    members.put(worker, null);
                    opening = open ? null : new CompletableFuture<>();
                    return !open;
                }
                others = opening;
            }
            Asyncio.await(others.copy()); // a copy, since cancelling the task would cancel it
        }
    }

    private synchronized int port() {
        return port;
    }

    private synchronized List<Dealer> dealers() {
        return dealers;
    }

    private synchronized CompletableFuture<?> free() {
        return free;
    }

    private List<Dealer> openDealers(Binder listening, List<InetSocketAddress> wanted) throws IOException {
        List<Dealer> open = new ArrayList<>();
        boolean complete = false;
        int chosen = port();
        Asyncio.await(free().copy());
        try {
            for (InetSocketAddress address : wanted) {
                Dealer dealer = Dealer.open(listening, new InetSocketAddress(address.getAddress(), chosen), ports);
                open.add(dealer);
                chosen = dealer.address().getPort();
            }
            complete = true;
        } finally {
            if (!complete) {
                open.forEach(Dealer::close);
            }
        }
        opened(chosen, open);
        return open;
    }

    private void share(Object worker, Binder listening, List<Dealer> open) {
        DealtListener listener = new DealtListener(listening, open, () -> leave(worker));
        synchronized (this) {
            members.put(worker, listener);
        }
        listening.add(listener);
        for (Dealer dealer : open) {
            listening.add(dealer.address());
            dealer.add(listener);
        }
    }

    private void opened(int chosen, List<Dealer> open) {
        synchronized (this) {
            port = chosen;
            dealers = open;
            if (ports.keeping) {
                members.put(KEEPER, null);
            }
        }
        ports.chosen(host, chosen, this);
    }

    private void endOpening() {
        CompletableFuture<@Nullable Void> ended;
        synchronized (this) {
            ended = opening;
            opening = null;
        }
        if (ended != null) {
            ended.complete(null);
        }
    }

    /// A worker does not listen here any longer. The last one closes what deals.
    void leave(Object worker) {
        DealtListener listener;
        List<Dealer> open;
        synchronized (this) {
            listener = members.remove(worker);
            open = dealers;
            if (members.isEmpty() && !dealers.isEmpty()) {
                free = CompletableFuture.allOf(
                        dealers.stream().map(Dealer::close).toArray(CompletableFuture[]::new));
                dealers = List.of();
            }
        }
        if (listener != null) {
            open.forEach(dealer -> dealer.remove(listener));
        }
    }

    /// Sees to it that the servers that began last get all connections.
    List<CompletableFuture<@Nullable Void>> handOver() {
        return dealers().stream().map(Dealer::handOver).toList();
    }

    /// Closes it if it is only kept; returns whether it was.
    boolean closeIfUnused() {
        synchronized (this) {
            if (opening != null || members.keySet().stream().anyMatch(member -> member != KEEPER)) {
                return false;
            }
        }
        leave(KEEPER);
        return true;
    }

    /// Returns what ends the worker's part with its server, whose sockets are its own.
    private Listener leaver(Object worker) {
        return new Listener() {
            @Override
            public void accept(int atMost) {}

            @Override
            public void close() {
                leave(worker);
            }
        };
    }
}
