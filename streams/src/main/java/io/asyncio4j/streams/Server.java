package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.bytes.Acceptor;
import io.asyncio4j.streams.bytes.Addresses;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.ConnectionTransport;
import io.asyncio4j.streams.bytes.Listener;
import io.asyncio4j.streams.bytes.Unclosed;
import io.asyncio4j.streams.bytes.WaitingTasks;
import io.asyncio4j.streams.netty.Binder;
import io.asyncio4j.streams.netty.NettyPoller;
import io.asyncio4j.streams.netty.PortSharing;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.wire.NetworkBinder;
import io.asyncio4j.streams.workers.SharedPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Accepts connections and runs a handler for each, in a task of its own.
///
/// It listens from the time it is made until it is closed. Used by tasks and callbacks of the event
/// loop in which it was made. asyncio: `Server`.
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j.streams");

    private final LoopAccess loop;

    /// Does what is to be done on the loop's own thread.
    private final Executor errands;

    private final ConnectionHandler handler;
    private final ServerOptions options;

    /// What connections call: shared, as there may be many.
    private final ConnectionTransport.Opening whenReady;

    private final Consumer<ConnectionTransport> whenOver = this::gone;

    /// What handlers run in a copy of.
    private final Context context;

    /// What listens; empty when closed.
    private final List<Listener> listeners = new ArrayList<>();

    private List<SocketAddress> addresses = List.of();

    /// The open connections and the tasks that serve them; a null task before TLS is agreed on.
    private final Map<ConnectionTransport, @Nullable Task<?>> clients = new LinkedHashMap<>();

    /// Connections above the maximum, which wait for others to end.
    private final Queue<ConnectionTransport> surplus = new ArrayDeque<>();

    private final WaitingTasks waiters;
    private @Nullable Future<@Nullable Void> servingForever;
    private Runnable forgetLoop = Unclosed.NOTHING;
    private boolean serving;
    private boolean closed;

    /// Until the sockets that listen are closed, too.
    private boolean listening = true;

    /// Starts a server on the machine's own network; suspends.
    static Server onHost(ConnectionHandler handler, @Nullable String host, int port, ServerOptions options)
            throws IOException {
        NettyPoller poller = NettyPoller.current();
        Server server = onMachine(poller, handler, options);
        PortSharing sharing = SharedPorts.of(poller.loop, port);
        new Binder(poller, server.acceptor(), options.settings()).listen(host, port, sharing);
        return server;
    }

    /// Starts a server on a Unix socket; suspends.
    static Server onPath(ConnectionHandler handler, Path path, ServerOptions options) throws IOException {
        NettyPoller poller = NettyPoller.current();
        Server server = onMachine(poller, handler, options);
        new Binder(poller, server.acceptor(), options.settings()).listen(path);
        return server;
    }

    private static Server onMachine(NettyPoller poller, ConnectionHandler handler, ServerOptions options) {
        return new Server(poller.loop, poller::execute, Context.copyCurrent(), handler, options);
    }

    /// Starts a server on a network that stands in for the machine's.
    static Server onNetwork(
            Network network, ConnectionHandler handler, @Nullable String host, int port, ServerOptions options)
            throws IOException {
        NetworkBinder binder = new NetworkBinder(network, options.settings(), host, port);
        Server server = new Server(EventLoop.access(), Runnable::run, binder.context(), handler, options);
        binder.listen(server.acceptor());
        return server;
    }

    private Server(
            LoopAccess loop, Executor errands, Context context, ConnectionHandler handler, ServerOptions options) {
        this.loop = loop;
        this.errands = errands;
        this.context = context;
        this.handler = Objects.requireNonNull(handler, "handler");
        this.options = options;
        this.serving = options.startServing;
        this.waiters = new WaitingTasks(loop) {
            @Override
            public String name() {
                return "the end of " + Server.this.name();
            }

            @Override
            public String state() {
                return connectionsOpen();
            }
        };
        this.whenReady = (failure, client) -> {
            if (failure == null) {
                serve(client);
            } else if (client.input.failure() != null) {
                log(client, failure);
            }
        };
    }

    // ------------------------------------------------------------------ public

    /// Accepts connections from now on, if the server was made not to at once. Does nothing if it
    /// does already. asyncio: `start_serving`.
    ///
    /// @throws IllegalStateException if the server is closed
    public void startServing() {
        requireOpen();
        serving = true;
        errands.execute(this::updateAccepting);
    }

    /// Accepts connections until the calling task is cancelled, then closes the server and its
    /// connections, and waits for their handlers. Suspends. Closing the server meanwhile ends this
    /// with a [CancelledError], too. asyncio: `serve_forever`.
    ///
    /// @throws IllegalStateException if the server is closed, or another task is here already
    public void serveForever() {
        requireOpen();
        if (servingForever != null) {
            throw new IllegalStateException(this + " is serving forever already; one task can wait there");
        }
        startServing();
        Future<@Nullable Void> never = loop.createFuture(() -> name() + ", serving forever");
        servingForever = never;
        try {
            never.await();
        } catch (CancelledError cancelled) {
            close();
            closeClients();
            waitClosed();
            throw cancelled;
        } finally {
            servingForever = null;
        }
    }

    /// Stops listening. Connections that are open go on, for the time that
    /// [ServerOptions#closeTimeout] gives them. Does not suspend; [#waitClosed] does. Closing twice
    /// is harmless. asyncio: `close`.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        forgetLoop.run();
        closed = true;
        serving = false;
        listeners.forEach(Listener::close);
        listeners.clear();
        if (servingForever != null) {
            servingForever.cancel();
        }
        errands.execute(() -> {
            listening = false;
            wakeIfOver();
        });
        Duration limit = options.closeTimeout;
        if (!clients.isEmpty() && limit != null) {
            EventLoop.access().markOwn(Asyncio.createTask("closing of " + this, () -> endClients(limit)));
        }
    }

    private boolean isOver() {
        return closed && !listening && clients.isEmpty();
    }

    private void wakeIfOver() {
        if (isOver()) {
            waiters.wakeAll();
        }
    }

    /// Gives the connections some time to end, then cancels the handlers, then takes the
    /// connections away from those that go on.
    private void endClients(Duration limit) {
        if (!allGoneWithin(limit)) {
            clients.values().stream().filter(Objects::nonNull).toList().forEach(Task::cancel);
            if (!allGoneWithin(limit)) {
                abortClients();
            }
        }
    }

    private boolean allGoneWithin(Duration limit) {
        try {
            Asyncio.timeout(limit, this::waitClosed);
            return true;
        } catch (TimeoutException late) {
            return false;
        }
    }

    /// Closes the connections that are open, after what was written to them is sent. Their handlers
    /// go on and read the end. asyncio: `close_clients`.
    public void closeClients() {
        List.copyOf(clients.keySet()).forEach(client -> client.output.closeByServer(false));
    }

    /// Closes the connections that are open at once. asyncio: `abort_clients`.
    public void abortClients() {
        List.copyOf(clients.keySet()).forEach(client -> client.output.closeByServer(true));
    }

    /// Suspends until the server is closed, its connections are, too, and their handlers have
    /// ended. asyncio: `wait_closed`.
    public void waitClosed() {
        if (!isOver()) {
            waiters.await();
        }
    }

    /// Returns the addresses at which the server listens, with the ports that the system chose;
    /// empty when it is closed. asyncio: `sockets`.
    public List<SocketAddress> addresses() {
        return closed ? List.of() : addresses;
    }

    /// Returns the port of the first address, for a server made with port 0.
    ///
    /// @throws IllegalStateException if it is closed, or listens on a Unix socket
    public int port() {
        if (closed || !(addresses.getFirst() instanceof InetSocketAddress inet)) {
            throw new IllegalStateException(this + " has no port");
        }
        return inet.getPort();
    }

    /// Returns whether the server accepts connections. asyncio: `is_serving`.
    public boolean isServing() {
        return serving;
    }

    private String name() {
        return "server " + addresses.stream().map(Addresses::text).collect(Collectors.joining(", "));
    }

    private String connectionsOpen() {
        return clients.size() + (clients.size() == 1 ? " connection open" : " connections open");
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed; start a new one");
        }
    }

    /// Returns where it listens, and how many connections are open.
    @Override
    public String toString() {
        return "Server[" + addresses + (closed ? ", closed" : serving ? "" : ", not serving") + ", " + clients.size()
                + " connections]";
    }

    // ------------------------------------------------------------------ on the loop's own thread

    /// Returns this as what opens its sockets and brings its connections sees it.
    Acceptor acceptor() {
        return new Taking();
    }

    private final class Taking implements Acceptor {
        @Override
        public void opened(List<Listener> from, List<SocketAddress> at) {
            listeners.addAll(from);
            addresses = List.copyOf(at);
            forgetLoop = Unclosed.register(loop, Server.this::name);
            errands.execute(Server.this::updateAccepting);
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public ConnectionTransport.Opening whenReady() {
            return whenReady;
        }

        @Override
        public void add(ConnectionTransport client) {
            client.whenOver(whenOver);
            clients.put(client, null);
            updateAccepting();
        }

        @Override
        public String toString() {
            return Server.this.toString();
        }
    }

    private void serve(ConnectionTransport client) {
        if (!clients.containsKey(client)) {
            return;
        }
        if (clients.size() - surplus.size() > options.maxConnections) {
            client.pauseReading(); // accepted all the same: some transports take several at a time
            surplus.add(client);
            return;
        }
        TaskOptions taskOptions =
                TaskOptions.named("connection with " + client.peerAddress()).context(context.copy());
        Task<@Nullable Void> task = Asyncio.createTask(
                taskOptions, () -> handler.handle(new StreamReader(client.input), new StreamWriter(client.output)));
        EventLoop.access().markOwn(task);
        clients.put(client, task);
        task.addDoneCallback(ended -> handled(client, ended), context);
    }

    /// A client did not agree on TLS, or left before: no handler will ever hear of it.
    private void log(ConnectionTransport client, IOException failure) {
        String text = "No connection with " + client.peerAddress() + " for " + name() + ": "
                + ConnectionErrors.brief(failure);
        if (loop.isDebug()) {
            LOG.log(System.Logger.Level.INFO, text, failure);
        } else {
            LOG.log(System.Logger.Level.INFO, text);
        }
    }

    private void handled(ConnectionTransport client, Future<?> ended) {
        Throwable failure = ended.isCancelled() ? null : ended.exception();
        boolean expected = client.output.isClosedByServer() && failure instanceof IOException;
        if (failure != null && !expected) {
            EventLoop.ExceptionContext problem = new EventLoop.ExceptionContext(
                    "The handler of " + client.describe() + " failed", failure, ended, null);
            if (client.isDoingOfPeer(failure)) {
                loop.reportMinor(problem);
            } else {
                loop.report(problem);
            }
        }
        client.output.close();
        gone(client);
    }

    /// A connection is over, or its handler is: it is forgotten when both are.
    private void gone(ConnectionTransport client) {
        Task<?> task = clients.get(client);
        if (client.isOver() && (task == null || task.isDone()) && clients.containsKey(client)) {
            clients.remove(client);
            updateAccepting();
            serveNext();
            wakeIfOver();
        }
    }

    /// A connection that had to wait is served now.
    private void serveNext() {
        ConnectionTransport next = surplus.poll();
        while (next != null && next.isOver()) {
            next = surplus.poll();
        }
        if (next != null) {
            next.resumeReading();
            serve(next);
        }
    }

    private void updateAccepting() {
        int room = serving ? options.maxConnections - clients.size() : 0;
        listeners.forEach(listener -> listener.accept(room));
    }

    int connections() {
        return clients.size();
    }
}
