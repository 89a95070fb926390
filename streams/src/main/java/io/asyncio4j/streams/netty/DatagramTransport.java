package io.asyncio4j.streams.netty;

import io.asyncio4j.Future;
import io.asyncio4j.streams.Datagram;
import io.asyncio4j.streams.bytes.Addresses;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.Unclosed;
import io.asyncio4j.streams.bytes.WaitingTasks;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A socket for datagrams: the handler of its channel, and the datagrams that wait to be sent or to
/// be received.
///
/// Tasks leave here what they want; [#flush] does it, on the loop's own thread.
public final class DatagramTransport {
    /*
     * What is sent gathers in `outgoing`. flush(), on the loop's own thread, hands it to Netty, no more than a
     * chunk that the system has not taken yet. What is received gathers in `received`; a receiver that waits is
     * woken for each datagram and takes it itself, so that one which is cancelled meanwhile loses nothing.
     */
    private static final int CHUNK = 256 * 1024;

    /// UDP's own header, so that empty datagrams count, too.
    private static final int HEADER = 8;

    private static final int LARGEST_IPV4 = 65_507;
    private static final int LARGEST_IPV6 = 65_527;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Outgoing(byte[] data, InetSocketAddress to) {
        int size() {
            return data.length + HEADER;
        }
    }

    private final NettyPoller poller;
    private final DatagramSettings settings;
    private final @Nullable SocketProtocolFamily family;
    private final @Nullable InetSocketAddress remote;

    private @Nullable Channel channel;
    private @Nullable SocketAddress local;

    private final ArrayDeque<Datagram> received = new ArrayDeque<>();
    private final ArrayDeque<Future<@Nullable Void>> receivers = new ArrayDeque<>();

    /// Whether no more is read until half of what is held was received.
    private boolean full;

    private final ArrayDeque<Outgoing> outgoing = new ArrayDeque<>();
    private final WaitingTasks drainers;

    /// How much waits to be sent, and how much of that Netty has got.
    private long pending;

    private long inFlight;
    private boolean congested;

    /// Whether [#sendNext] is at work.
    private boolean sending;

    /// What [#receive] or [#drain] is to throw, once.
    private @Nullable IOException trouble;

    /// What [#drain] is to throw, once: a datagram to one peer of many could not be sent.
    private @Nullable IOException sendTrouble;

    private final NettyPoller.Flushable flush = this::flush;
    private Runnable forgetLoop = Unclosed.NOTHING;
    private boolean dirty;
    private boolean closed;

    DatagramTransport(
            NettyPoller poller,
            DatagramSettings settings,
            @Nullable SocketProtocolFamily family,
            @Nullable InetSocketAddress remote) {
        this.poller = poller;
        this.settings = settings;
        this.family = family;
        this.remote = remote;
        this.drainers = new WaitingTasks(poller.loop) {
            @Override
            public String name() {
                return DatagramTransport.this.name();
            }

            @Override
            public String state() {
                return "draining: " + pending + " bytes to send";
            }
        };
    }

    // ------------------------------------------------------------------ sending

    /// Takes a datagram to be sent to the remote address.
    public void send(byte[] data) {
        if (remote == null) {
            throw new IllegalStateException("Cannot send from " + describe()
                    + " without saying where to: use send(data, address), or open it with a remote address");
        }
        enqueue(data, remote);
    }

    /// Takes a datagram to be sent to an address.
    public void send(byte[] data, SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException(
                    "Cannot send a datagram to " + address + ": it is not an address of the Internet");
        }
        if (inet.isUnresolved()) {
            throw new IllegalArgumentException("Cannot send a datagram to " + address
                    + ": its host name is not resolved; use Streams.resolve(...)");
        }
        if (remote != null && !remote.equals(inet)) {
            throw new IllegalArgumentException("Cannot send a datagram to " + address + " from " + describe()
                    + ": it sends to " + remote + " only");
        }
        boolean ipv4 = inet.getAddress() instanceof Inet4Address;
        if (family != null && ipv4 != (family == SocketProtocolFamily.INET)) {
            throw new IllegalArgumentException("Cannot send a datagram to " + address + " from " + describe()
                    + ": it is for " + (ipv4 ? "IPv6" : "IPv4") + " only");
        }
        enqueue(data, inet);
    }

    private void enqueue(byte[] data, InetSocketAddress to) {
        requireHeld("send from");
        int largest = to.getAddress() instanceof Inet4Address ? LARGEST_IPV4 : LARGEST_IPV6;
        if (data.length > largest) {
            throw new IllegalArgumentException(
                    "A datagram to " + to + " cannot carry more than " + largest + " bytes, but has " + data.length);
        }
        if (data.length == 0 && !EmptyDatagrams.canSend(poller.kind, remote != null)) {
            throw new UnsupportedOperationException("Cannot send an empty datagram from " + describe()
                    + ": the JDK's sockets do not where there is a remote address; open it without one and use"
                    + " send(data, address), or add the jar of Netty's epoll transport");
        }
        if (closed) {
            throw new IllegalStateException("Cannot send from " + describe() + ": it is closed");
        }
        if (pending > settings.limits().hard()) {
            throw new IllegalStateException("Cannot send another datagram from " + describe() + ": " + pending
                    + " bytes are waiting to be sent, and the limit is "
                    + settings.limits().hard()
                    + "; call drain() after sending, which waits until the system has taken them");
        }
        Outgoing datagram = new Outgoing(data.clone(), to);
        outgoing.add(datagram);
        pending += datagram.size();
        congested |= pending > settings.limits().high();
        mark();
    }

    /// Suspends while more bytes wait to be sent than the high-water mark.
    public void drain() throws IOException {
        requireHeld("drain");
        throwTrouble(true);
        if (congested) {
            drainers.await();
            throwTrouble(true);
        }
    }

    // ------------------------------------------------------------------ receiving

    /// Suspends until there is a datagram, and takes it.
    public Datagram receive() throws IOException {
        requireHeld("receive from");
        while (true) {
            throwTrouble(false);
            Datagram next = received.poll();
            if (next != null) {
                resumeReading();
                return next;
            }
            if (closed) {
                throw new SocketException("Cannot receive from " + describe() + ": it is closed");
            }
            awaitArrival();
        }
    }

    private void awaitArrival() {
        Future<@Nullable Void> arrival = poller.loop.createFuture(() -> "datagrams at " + Addresses.text(local));
        receivers.add(arrival);
        try {
            arrival.await();
        } catch (Throwable cancelled) {
            receivers.remove(arrival);
            if (!received.isEmpty()) {
                wakeReceiver(); // it may have been woken for one that it leaves to another now
            }
            throw cancelled;
        }
    }

    private void throwTrouble(boolean ofSending) throws IOException {
        IOException told = trouble;
        trouble = null;
        if (told == null && ofSending) {
            told = sendTrouble;
            sendTrouble = null;
        }
        if (told != null) {
            throw ConnectionErrors.here(told);
        }
    }

    private void resumeReading() {
        if (full && received.size() <= settings.receiveQueue() / 2) {
            full = false;
            mark();
        }
    }

    // ------------------------------------------------------------------ the socket

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) Objects.requireNonNull(local);
    }

    public @Nullable InetSocketAddress remoteAddress() {
        return remote;
    }

    public boolean isClosed() {
        return closed;
    }

    /// Closes it, after what was sent has been taken by the system.
    public void close() {
        if (closed) {
            return;
        }
        requireHeld("close");
        end();
        mark();
    }

    private void end() {
        forgetLoop.run();
        closed = true;
        received.clear();
        receivers.forEach(DatagramTransport::complete);
        receivers.clear();
    }

    private void mark() {
        if (!dirty) {
            dirty = true;
            poller.markDirty(flush);
        }
    }

    private void requireHeld(String what) {
        if (!poller.loop.isHeld()) {
            throw ConnectionErrors.notHeld(what, describe());
        }
    }

    /// The program has opened this, in the calling task, and must close it.
    void mustBeClosed() {
        forgetLoop = Unclosed.register(poller.loop, this::name);
    }

    private String name() {
        return "datagram endpoint at " + Addresses.text(local);
    }

    private String describe() {
        return "the datagram endpoint at " + local;
    }

    /// Returns where it is, how many datagrams wait to be received and how many bytes to be sent.
    @Override
    public String toString() {
        return local + (remote == null ? "" : ", with " + remote) + ", " + received.size() + " received, " + pending
                + " bytes pending" + (closed ? ", closed" : "");
    }

    // ------------------------------------------------------------------ on the loop's own thread

    ChannelHandler handler() {
        return new Handler();
    }

    private void flush() {
        dirty = false;
        if (!open().isOpen()) {
            return;
        }
        if (!full) {
            open().config().setAutoRead(true);
        }
        sendNext();
    }

    private void sendNext() {
        if (sending) {
            return; // called back from below
        }
        sending = true;
        while (inFlight < CHUNK && !outgoing.isEmpty()) {
            do {
                Outgoing next = outgoing.remove();
                try {
                    send(next);
                } catch (Throwable thrown) {
                    sent(next, thrown); // no memory for it, say
                }
            } while (inFlight < CHUNK && !outgoing.isEmpty());
            open().flush();
        }
        sending = false;
        if (closed && pending == 0) {
            open().close();
        }
    }

    private void send(Outgoing datagram) {
        inFlight += datagram.size();
        if (datagram.data.length == 0) {
            sendEmpty(datagram);
            return;
        }
        ByteBuf bytes = open().alloc().directBuffer(datagram.data.length).writeBytes(datagram.data);
        open().write(remote == null ? new DatagramPacket(bytes, datagram.to) : bytes)
                .addListener(sent -> sent(datagram, sent.cause()));
    }

    private void sendEmpty(Outgoing datagram) {
        open().flush(); // what comes before
        @Nullable IOException failure = null;
        try {
            EmptyDatagrams.send(open(), remote == null ? datagram.to : null);
        } catch (IOException e) {
            failure = e;
        }
        sent(datagram, failure);
    }

    private void sent(Outgoing datagram, @Nullable Throwable failure) {
        inFlight -= datagram.size();
        pending -= datagram.size();
        if (failure != null && !(failure instanceof ClosedChannelException)) {
            failed(ConnectionErrors.ofDatagram(failure, datagram.to), remote == null);
        }
        if (open().isOpen()) {
            sendNext();
        }
        if (congested && pending <= settings.limits().low()) {
            congested = false;
            drainers.wakeAll();
        }
    }

    /// Keeps an error until it is told; of several the first.
    private void failed(IOException failure, boolean sendingToOneOfMany) {
        if (sendingToOneOfMany) {
            sendTrouble = sendTrouble == null ? failure : sendTrouble;
        } else if (!closed && trouble == null) {
            trouble = failure;
            wakeReceiver();
        }
    }

    private void arrived(DatagramPacket packet) {
        if (closed) {
            return;
        }
        ByteBuf content = packet.content();
        byte[] data = new byte[content.readableBytes()];
        content.readBytes(data);
        received.add(new Datagram(data, plain(packet.sender())));
        if (received.size() >= settings.receiveQueue() && !full) {
            full = true;
            open().config().setAutoRead(false);
        }
        wakeReceiver();
    }

    private void wakeReceiver() {
        for (Future<@Nullable Void> receiver; (receiver = receivers.poll()) != null; ) {
            if (complete(receiver)) {
                return;
            }
        }
    }

    private static boolean complete(Future<@Nullable Void> waiter) {
        if (waiter.isDone()) {
            return false;
        }
        waiter.setResult(null);
        return true;
    }

    private Channel open() {
        return Objects.requireNonNull(channel);
    }

    /// Returns an IPv4 address as such, where a socket for both families has it within an IPv6
    /// address.
    private static InetSocketAddress plain(InetSocketAddress address) {
        if (address.getAddress() instanceof Inet4Address) {
            return address;
        }
        try {
            InetAddress perhapsIpv4 =
                    InetAddress.getByAddress(address.getAddress().getAddress());
            return perhapsIpv4 instanceof Inet4Address
                    ? new InetSocketAddress(perhapsIpv4, address.getPort())
                    : address;
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            local = channel.localAddress();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            try {
                arrived(packet);
            } finally {
                packet.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(ConnectionErrors.ofDatagram(cause, remote), false);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!closed) {
                end();
            }
            outgoing.clear();
            pending = inFlight;
            congested = false;
            drainers.wakeAll();
        }
    }
}
