package io.asyncio4j.streams.netty;

import io.asyncio4j.Future;
import io.asyncio4j.streams.bytes.Addresses;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.ConnectionTransport;
import io.asyncio4j.streams.bytes.Encryption;
import io.asyncio4j.streams.bytes.Limits;
import io.asyncio4j.streams.bytes.PendingBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A socket, which carries the bytes of a connection: the last handler of its channel's pipeline.
///
/// Tasks leave here what they want; [#flush] does it, on the loop's own thread. The handler's
/// methods are called by Netty on that thread, too.
public final class SocketTransport extends ConnectionTransport implements NettyPoller.Flushable {
    /*
     * Bytes that tasks write gather in `outgoing`. flush() hands them to Netty a chunk at a time: the next one
     * when the socket has taken the last, so that no more than a chunk is copied into Netty's memory. When the
     * end was asked for, it follows the last chunk.
     */
    private static final int CHUNK = 128 * 1024;

    /// Something done between two pieces of what is written.
    private interface Interlude {
        /// Does it, and completes `done` when it has ended well.
        void begin(Future<@Nullable Void> done);
    }

    private final NettyPoller poller;
    private final ChannelFutureListener chunkSent = this::chunkSent;

    private @Nullable Channel channel;
    private @Nullable SocketAddress localAs;
    private @Nullable SocketAddress peerAs;

    /// The name of the host that was connected to, which it has to prove with TLS.
    private @Nullable String host;

    /// What waits to be handed to Netty.
    private final PendingBytes outgoing = new PendingBytes();

    /// How much Netty has got and not yet sent.
    private int inFlight;

    private final Wanted wanted = new Wanted();

    /// Whether [#flush] will be called.
    private boolean dirty;

    /// Whether Netty has got something that it has not sent yet.
    private boolean sending;

    /// What is to be done when everything written was sent, before more is.
    private @Nullable Runnable atInterlude;

    /// What waits for that.
    private @Nullable Future<@Nullable Void> interlude;

    /// What waits for TLS to be agreed on, started on the open connection.
    private @Nullable Future<@Nullable Void> handshake;

    /// Why the channel is about to be closed.
    private @Nullable IOException failure;

    SocketTransport(NettyPoller poller, Limits limits, Opening opening) {
        super(poller.loop, limits, opening);
        this.poller = poller;
    }

    /// Has [#localAddress] return an address that the system does not know of.
    void calledLocally(SocketAddress address) {
        localAs = address;
    }

    /// Has [#peerAddress] return what the program calls the address, once connected.
    void calledRemotely(SocketAddress address) {
        peerAs = address;
    }

    /// Notes the name of the host that is connected to.
    void expect(@Nullable String name) {
        host = name;
    }

    /// Returns what to put at the end of the channel's pipeline.
    ChannelHandler handler() {
        return new Handler();
    }

    // ------------------------------------------------------------------ what tasks ask for

    @Override
    public void write(byte[] bytes, int offset, int length) {
        outgoing.add(bytes, offset, length);
        mark();
    }

    @Override
    public long pending() {
        return (long) inFlight + outgoing.size();
    }

    @Override
    public void writeEof() {
        wanted.eof();
        mark();
    }

    @Override
    public boolean canWriteEof() {
        return tlsHandler() == null;
    }

    @Override
    public void close() {
        closedByProgram();
        wanted.close();
        mark();
    }

    @Override
    public void abort() {
        closedByProgram();
        wanted.abort();
        mark();
    }

    @Override
    public void pauseReading() {
        wanted.read(false);
        mark();
    }

    @Override
    public void resumeReading() {
        wanted.read(true);
        mark();
    }

    private void mark() {
        if (!dirty) {
            dirty = true;
            poller.markDirty(this);
        }
    }

    @Override
    @Nullable
    public SocketAddress peerAddress() {
        return channel == null || peerAs != null ? peerAs : Addresses.of(channel.remoteAddress());
    }

    @Override
    @Nullable
    public SocketAddress localAddress() {
        return channel == null || localAs != null ? localAs : Addresses.of(channel.localAddress());
    }

    @Override
    @Nullable
    public SSLSession tlsSession() {
        SslHandler tls = tlsHandler();
        return tls == null ? null : tls.engine().getSession();
    }

    private @Nullable SslHandler tlsHandler() {
        return channel == null ? null : channel.pipeline().get(SslHandler.class);
    }

    @Override
    public void startTls(Encryption tls, @Nullable String serverName) throws IOException {
        if (tlsHandler() != null) {
            throw new IllegalStateException("Cannot start TLS on " + describe() + ": it is encrypted already");
        }
        boolean prepared = false;
        try {
            tls.prepareInThread();
            prepared = true;
        } finally {
            if (!prepared) {
                abort();
            }
        }
        afterPending("TLS was to start", "agreeing on TLS", (Future<@Nullable Void> done) -> {
            handshake = done;
            addTls(tls, serverName == null ? host : serverName);
        });
    }

    private void addTls(Encryption tls, @Nullable String serverName) {
        byte[] early = input.takeAll();
        open().config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator());
        tls.addTo(open(), serverName, peerAddress(), Encryption.HANDSHAKE_TIMEOUT);
        if (early.length > 0) {
            // The peer did not wait: what came belongs to its side of the handshake.
            open().pipeline().fireChannelRead(Unpooled.wrappedBuffer(early));
            open().pipeline().fireChannelReadComplete();
        }
        if (input.hasEnded()) {
            inputEnded();
        }
    }

    /// The peer has ended its direction.
    private void inputEnded() {
        if (failure != null) {
            return; // Netty tells of an end after it has told of a failure
        }
        SslHandler tls = tlsHandler();
        if (tls == null) {
            input.feedEof();
        } else if (!tls.handshakeFuture().isDone()) {
            failed(new SocketException("The peer closed " + describe() + " before TLS was agreed on"));
        } else if (!tls.engine().isInboundDone()) {
            tlsEnded();
            Farewell.giveUp(open());
        } // or TLS tells itself, when what came before was read
    }

    /// The peer has ended its direction under TLS, without the farewell that nobody can forge.
    private void tlsEnded() {
        if (input.hasEnded() || wanted.isEnd() || TlsHandlers.mayBeTruncated(open())) {
            input.feedEof();
        } else {
            input.feedTruncation(ConnectionErrors.ofTruncation(describe()));
        }
    }

    @Override
    public boolean canSendFile() {
        return tlsHandler() == null && poller.kind != IoKind.IO_URING;
    }

    @Override
    @Nullable
    public String applicationProtocol() {
        SslHandler tls = tlsHandler();
        return tls == null ? null : tls.applicationProtocol();
    }

    @Override
    public void sendFile(FileChannel file, long position, long count) throws IOException {
        afterPending("a file was to be sent", "sending a file", (Future<@Nullable Void> done) -> {
            sending = true;
            open().writeAndFlush(new OpenFileRegion(file, position, count)).addListener(sent -> fileSent(sent, done));
        });
    }

    private void fileSent(io.netty.util.concurrent.Future<?> sent, Future<@Nullable Void> done) {
        sending = false;
        if (!sent.isSuccess()) {
            failed(Objects.requireNonNull(sent.cause()));
        } else {
            complete(done);
            flush();
        }
    }

    private static void complete(@Nullable Future<@Nullable Void> done) {
        if (done != null && !done.isDone()) {
            done.setResult(null);
        }
    }

    /// Has `action` called when everything written has been sent, and suspends until it completes
    /// the future it is given. If that is cancelled or fails, the connection is closed.
    private void afterPending(String what, String doing, Interlude action) throws IOException {
        if (isOver() || interlude != null) {
            throw new SocketException(
                    isOver()
                            ? "The connection was lost: " + describe() + " is closed"
                            : "Something else is under way on " + describe() + " when " + what);
        }
        Future<@Nullable Void> done = poller.loop.createFuture(() -> name() + ", " + doing);
        interlude = done;
        atInterlude = () -> action.begin(done);
        mark();
        boolean finished = false;
        try {
            done.await();
            finished = true;
        } finally {
            interlude = null;
            handshake = null;
            if (!finished) {
                abort();
            }
        }
        if (failure != null) {
            throw ConnectionErrors.here(failure);
        }
        if (isOver()) {
            throw new SocketException("The connection was closed when " + what + ": " + describe());
        }
    }

    // ------------------------------------------------------------------ on the loop's own thread

    @Override
    public void flush() {
        dirty = false;
        if (channel == null || isOver()) {
            return;
        }
        try {
            doWhatIsWanted();
        } catch (Throwable thrown) {
            failed(thrown); // no memory for what is to be sent, say
        }
    }

    private void doWhatIsWanted() {
        if (wanted.isAbort()) {
            open().unsafe().close(open().newPromise()); // TLS would wait until its farewell is sent
            return;
        }
        wanted.applyReading(open());
        if (!sending) {
            sendNext();
        }
    }

    private void sendNext() {
        int size = Math.min(outgoing.size(), CHUNK);
        if (size > 0) {
            ByteBuf chunk = outgoing.moveTo(poller.sendBuffer(size), size);
            sending = true;
            inFlight = size;
            open().writeAndFlush(chunk).addListener(chunkSent);
        } else if (atInterlude != null) {
            Runnable action = atInterlude;
            atInterlude = null;
            action.run();
        } else if (wanted.isClose()) {
            open().config().setAutoRead(true); // TLS waits for the peer's farewell
            open().close();
        } else if (wanted.takeEof()) {
            ((DuplexChannel) open()).shutdownOutput();
        }
    }

    private void chunkSent(io.netty.util.concurrent.Future<? super Void> sent) {
        if (!sent.isSuccess()) {
            failed(Objects.requireNonNull(sent.cause()));
        }
        sending = false;
        inFlight = 0;
        if (!sent.isSuccess()) {
            return;
        }
        if (!isOver()) {
            sendNext();
        }
        output.progressed();
    }

    private Channel open() {
        return Objects.requireNonNull(channel);
    }

    /// Notes why the connection ends, and ends it.
    private void failed(Throwable cause) {
        Throwable first = cause instanceof ClosedChannelException ? cause.getCause() : cause;
        if (failure == null && first != null) {
            failure = ConnectionErrors.ofConnection(first, peerAddress());
        }
        if (pending() > 0 || sending) {
            ConnectionErrors.refuseProperEnd(open());
        }
        Farewell.giveUp(open());
        open().close();
    }

    /// The channel is closed. If nobody here has asked for that, and the peer has not ended its
    /// direction, the connection was cut off.
    private void ended() {
        outgoing.clear();
        SslHandler tls = tlsHandler();
        if (failure == null && tls != null && tls.handshakeFuture().isSuccess()) {
            tlsEnded();
        }
        boolean expected = wanted.isEnd() || input.hasEnded() || poller.isClosing();
        if (failure == null && !expected) {
            failure = new SocketException(
                    "The connection" + (peerAddress() == null ? "" : " with " + peerAddress()) + " was cut off");
        }
        lost(failure);
        complete(interlude); // who waits looks at the failure
        tellOver(failure);
    }

    /// The end of the channel's pipeline.
    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            // Or Netty closes the channel when the peer has ended its direction, and the answer is lost.
            ((DuplexChannelConfig) context.channel().config()).setAllowHalfClosure(true);
            RecvByteBufAllocator scratch = poller.intoScratch();
            if (scratch != null && context.pipeline().get(SslHandler.class) == null) {
                context.channel().config().setRecvByteBufAllocator(scratch);
            }
            if (!poller.kind.allowsHalfClosure(context.channel())) {
                EndNoticing.addTo(context.channel());
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            channel.remoteAddress(); // from now on it knows them, also when it is closed
            channel.localAddress();
            poller.opened(channel);
            if (tlsHandler() == null) {
                ready();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                if (wanted.isEnd()) {
                    return; // nobody reads it
                }
                int length = bytes.readableBytes();
                int at = input.reserve(length);
                bytes.readBytes(input.buffer(), at, length);
                input.fed(length);
            } finally {
                bytes.release();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            switch (event) {
                case ChannelInputShutdownEvent _ -> inputEnded();
                case SslCloseCompletionEvent farewell when farewell.isSuccess() -> input.feedEof();
                case SslHandshakeCompletionEvent completion -> handshakeEnded(completion);
                default -> {
                    // nothing that matters here
                }
            }
        }

        private void handshakeEnded(SslHandshakeCompletionEvent completion) {
            Throwable wrong = completion.isSuccess()
                    ? DatedTrust.problemWith(
                            Objects.requireNonNull(tlsHandler()).engine())
                    : completion.cause();
            if (wrong != null) {
                failed(wrong);
                if (failure != null) {
                    input.fail(failure); // at once: nothing of such a peer is to be read
                }
            } else if (handshake != null) {
                complete(handshake);
            } else if (!isReady()) {
                ready();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended();
        }
    }
}
