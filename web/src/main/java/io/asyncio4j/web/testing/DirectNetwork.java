package io.asyncio4j.web.testing;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Wire;
import io.asyncio4j.streams.spi.WireEnd;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A network with one server, which any name and port lead to.
final class DirectNetwork implements Network, Network.Port {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int FIRST_PORT = 49_152;
    private static final int PORTS = 16_384;

    private final LoopAccess loop = EventLoop.access();
    private final Context context;
    private final ArrayDeque<DirectWire> waiting = new ArrayDeque<>();
    private @Nullable Function<Wire, WireEnd> accept;
    private InetSocketAddress address = new InetSocketAddress(HERE, 80);
    private int room;
    private int connections;

    DirectNetwork(Context context) {
        this.context = context;
    }

    @Override
    public List<InetAddress> resolve(String host) {
        return List.of(HERE);
    }

    @Override
    public Wire connect(InetSocketAddress target, WireEnd end) {
        InetSocketAddress from = new InetSocketAddress(HERE, FIRST_PORT + connections++ % PORTS);
        DirectWire client = new DirectWire(loop, from, address);
        DirectWire server = new DirectWire(loop, address, from);
        client.join(server);
        client.usedBy(end);
        loop.callAt(loop.time(), () -> {
            waiting.add(client);
            waiting.add(server);
            takeWaiting();
        });
        return client;
    }

    @Override
    public Port listen(@Nullable String host, int port, int backlog, Function<Wire, WireEnd> accepting) {
        accept = accepting;
        address = new InetSocketAddress(HERE, port);
        return this;
    }

    @Override
    public Context contextAt(@Nullable String host) {
        return context.copy();
    }

    // ------------------------------------------------------------------ the server's port

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void accept(int atMost) {
        room = atMost;
        takeWaiting();
    }

    private void takeWaiting() {
        Function<Wire, WireEnd> accepting = accept;
        while (!waiting.isEmpty() && (room > 0 || accepting == null)) {
            DirectWire client = waiting.remove();
            DirectWire server = waiting.remove();
            if (accepting == null) {
                client.fail(new ConnectException("Connection refused"));
            } else {
                room--;
                WireEnd end = accepting.apply(server); // which calls accept(int)
                server.usedBy(end);
                server.open();
                client.open();
            }
        }
    }

    @Override
    public void close() {
        accept = null;
        takeWaiting();
    }
}
