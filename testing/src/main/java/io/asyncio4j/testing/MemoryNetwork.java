package io.asyncio4j.testing;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionHandler;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.ServerOptions;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.spi.Networks;
import io.asyncio4j.testing.memory.MemoryFabric;
import io.asyncio4j.testing.memory.MemoryMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network of hosts in memory, for programs that use [Streams]: connections that are slow, that
/// break, hosts that do not reach each other, all in the time of the loop's clock.
///
/// ```java
/// MemoryNetwork network = new MemoryNetwork();
/// network.host("db.example").run(() -> Streams.startServer(database, null, 5432));
/// network.latency(ofMillis(20));
/// network.install();
/// // Streams.openConnection("db.example", 5432) connects to it from here on
/// ```
///
/// [#install] puts it in the place of the machine's network for all tasks of the loop, so that a
/// program under test runs unchanged. Without, [#openConnection] and [#startServer] use it.
/// Readers, writers, servers and exceptions are those of [Streams], with their limits, marks and
/// texts. There are TCP connections and servers only: no TLS, Unix sockets or datagrams, which it
/// refuses.
///
/// What happens depends on the program and the seed alone: nothing here is real but the bytes.
/// Nothing of it wakes a loop from outside, so tasks that wait for a peer which will never send
/// are in a deadlock, and told so.
///
/// A network belongs to the loop it is first used in, and is used by its tasks and callbacks.
@SuppressWarnings("exports") // who uses this has streams, and requires them
public final class MemoryNetwork {
    private final MemoryFabric fabric;
    private final Map<MemoryMachine, MemoryHost> hosts = new HashMap<>();

    /// Creates a network without latency and of unlimited bandwidth.
    public MemoryNetwork() {
        this(0);
    }

    /// Creates a network whose chance is drawn from `seed`.
    public MemoryNetwork(long seed) {
        this.fabric = new MemoryFabric(seed);
    }

    /// Puts this in the place of the machine's network for all tasks of the caller's loop.
    public void install() {
        fabric.loop();
        Networks.install(fabric);
    }

    /// Returns the host of that name, which is added to the network if it is new.
    ///
    /// A task is at the host in whose [MemoryHost#run] it is or was created, or at `localhost`.
    /// There, the name `localhost` means the task's own host, as everywhere.
    public MemoryHost host(String name) {
        return hosts.computeIfAbsent(fabric.addHost(name), MemoryHost::new);
    }

    // ------------------------------------------------------------------ connections

    /// Opens a connection on this network, as [Streams#openConnection(String, int)] does; suspends.
    ///
    /// @throws java.net.UnknownHostException if there is no such host
    /// @throws java.net.ConnectException if nobody listens there
    /// @throws java.net.SocketTimeoutException if it takes longer than 30 seconds
    public Connection openConnection(String host, int port) throws IOException {
        return openConnection(host, port, ConnectionOptions.defaults());
    }

    /// Opens a connection with options.
    ///
    /// @throws UnsupportedOperationException if they ask for TLS or for a local address
    public Connection openConnection(String host, int port, ConnectionOptions options) throws IOException {
        return Networks.with(fabric, () -> Streams.openConnection(host, port, options));
    }

    /// Listens on this network, as [Streams#startServer(ConnectionHandler, String, int)] does.
    /// Handlers are at the server's host.
    ///
    /// @param host null or `localhost` for the caller's own
    /// @throws java.net.UnknownHostException if there is no such host
    /// @throws java.net.BindException if the port is in use
    public Server startServer(ConnectionHandler handler, @Nullable String host, int port) throws IOException {
        return startServer(handler, host, port, ServerOptions.defaults());
    }

    /// Listens with options.
    ///
    /// @throws UnsupportedOperationException if they ask for TLS
    public Server startServer(ConnectionHandler handler, @Nullable String host, int port, ServerOptions options)
            throws IOException {
        return Networks.with(fabric, () -> Streams.startServer(handler, host, port, options));
    }

    // ------------------------------------------------------------------ how it is

    /// Sets how long bytes are under way between any two hosts, and within one. A connection is
    /// open for a client after twice that.
    ///
    /// @param each not negative; for one direction
    public MemoryNetwork latency(Duration each) {
        fabric.everywhere().latency(each);
        return this;
    }

    /// Sets how long bytes are under way between two hosts.
    public MemoryNetwork latency(String host, String other, Duration each) {
        fabric.link(host, other).qualities().latency(each);
        return this;
    }

    /// Sets by how much the latency may be longer, drawn for each piece that is sent. The bytes of
    /// a connection keep their order.
    ///
    /// @param most not negative
    public MemoryNetwork jitter(Duration most) {
        fabric.everywhere().jitter(most);
        return this;
    }

    /// Sets by how much the latency between two hosts may be longer.
    public MemoryNetwork jitter(String host, String other, Duration most) {
        fabric.link(host, other).qualities().jitter(most);
        return this;
    }

    /// Sets how many bytes pass in a second between any two hosts, in each direction; their
    /// connections share that.
    ///
    /// @param bytesPerSecond positive
    public MemoryNetwork bandwidth(long bytesPerSecond) {
        fabric.everywhere().bandwidth(bytesPerSecond);
        return this;
    }

    /// Sets how many bytes pass in a second between two hosts.
    public MemoryNetwork bandwidth(String host, String other, long bytesPerSecond) {
        fabric.link(host, other).qualities().bandwidth(bytesPerSecond);
        return this;
    }

    // ------------------------------------------------------------------ what goes wrong

    /// Cuts two hosts off from each other: nothing arrives until [#heal]. What is under way and
    /// what is sent meanwhile is kept, as TCP does, which sends it again and again; nobody is told.
    /// Connections that are being made wait until their timeout.
    ///
    /// @throws IllegalArgumentException if there is no such host
    public void partition(String host, String other) {
        fabric.link(host, other).cut();
    }

    /// Lets two hosts reach each other again: what was kept leaves now. Does nothing if they do.
    ///
    /// @throws IllegalArgumentException if there is no such host
    public void heal(String host, String other) {
        fabric.link(host, other).heal();
    }

    /// Resets every open connection between two hosts: both ends are told at once that the peer has
    /// reset it, and what is under way is lost. New ones can be made.
    ///
    /// @throws IllegalArgumentException if there is no such host
    public void breakConnections(String host, String other) {
        fabric.link(host, other).breakConnections();
    }

    /// Returns the names of the hosts.
    @Override
    public String toString() {
        return "MemoryNetwork" + fabric.hostNames();
    }
}
