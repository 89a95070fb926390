package io.asyncio4j.streams.netty;

import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Poller;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.RecvByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The poller by which an event loop does I/O through Netty, on its own thread.
///
/// Only that thread touches Netty, in [#poll]. What tasks want done waits until then: an errand
/// ([#execute]), or the bytes of a connection ([#markDirty]), so that everything a task writes in
/// one go leaves in one system call.
public final class NettyPoller implements Poller {
    /// How long a loop that is busy may go on without a look at its sockets.
    private static final long BUSY_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    /// How long Netty is to wait: not at all, or for any time.
    private static final long AT_ONCE = -1;
    private static final long FOR_EVER = 0;

    /// How long the system may take to tell that a closed socket is closed.
    private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int MAX_SETTLING_ROUNDS = 100;

    /// A connection that has something to do at the end of an iteration.
    public interface Flushable {
        void flush();
    }

    public final LoopAccess loop;
    public final IoKind kind;
    private final NettyIo netty;
    private final Scratch received = new Scratch(Scratch.READ_SIZE);
    private final RecvByteBufAllocator intoScratch = received.forReading();
    private final Scratch outgoing = new Scratch(Scratch.SEND_SIZE);
    private final Interruption interruption = new Interruption(this::wakeup);
    private final ArrayDeque<Runnable> errands = new ArrayDeque<>();
    private List<Flushable> dirty = new ArrayList<>();
    private List<Flushable> flushing = new ArrayList<>();

    /// What is open or about to be, to be closed with the loop.
    private final Set<Channel> channels = new LinkedHashSet<>();

    /// Whether other libraries have got the loop, whose channels nobody here knows.
    private boolean lent;

    /// Whether Netty may have got something to do since it last ran to its end.
    private boolean unsettled;

    private boolean closing;

    private long lastPoll;

    private NettyPoller(LoopAccess loop) {
        this.loop = loop;
        this.kind = IoKind.chosen();
        NettyVersion.warnOf(kind);
        this.netty = new NettyIo(loop, kind);
    }

    /// Netty's event loop, which asks ours.
    private static final class NettyIo extends ManualIoEventLoop {
        private static final long NONE = -1;
        private final LoopAccess loop;

        NettyIo(LoopAccess loop, IoKind kind) {
            super(loop.thread(), kind.handlers());
            this.loop = loop;
        }

        @Override
        protected boolean canBlock() {
            // Asked again after Netty has armed its wake-up, and before it would swallow an interrupt.
            return loop.mayBlock();
        }

        /// Whether something is to be done at some time, such as giving up a handshake.
        boolean hasTimers() {
            return nextScheduledTaskDeadlineNanos() != NONE;
        }
    }

    /// Returns the poller of the loop that the caller runs in.
    public static NettyPoller current() {
        return of(EventLoop.access());
    }

    public static NettyPoller of(LoopAccess loop) {
        return loop.poller(NettyPoller.class, NettyPoller::new);
    }

    public ManualIoEventLoop netty() {
        return netty;
    }

    /// Returns Netty's event loop for other libraries, whose channels may bring events from now on.
    public ManualIoEventLoop lend() {
        lent = true;
        return netty;
    }

    // ------------------------------------------------------------------ for tasks, on the loop

    /// Has `errand` done with Netty, on the loop's own thread, before the loop next waits.
    public void execute(Runnable errand) {
        errands.add(errand);
    }

    /// Has `errand` done likewise; what it throws goes to `failed`, so that whoever waits for it
    /// does not wait in vain.
    public void execute(Runnable errand, Consumer<Throwable> failed) {
        errands.add(() -> {
            try {
                errand.run();
            } catch (Throwable thrown) {
                failed.accept(thrown);
            }
        });
    }

    /// Has `connection` flushed at the end of the iteration.
    public void markDirty(Flushable connection) {
        dirty.add(connection);
    }

    // ------------------------------------------------------------------ on the loop's own thread

    /// Notes a channel that is open or being opened. Called with Netty.
    void opened(Channel channel) {
        if (channel.isOpen() && channels.add(channel)) {
            channel.closeFuture().addListener(_ -> channels.remove(channel));
        }
    }

    /// Notes a channel that is being opened, and has `action` called when it is, or cannot be.
    void whenOpened(ChannelFuture opening, Runnable action) {
        opened(opening.channel());
        if (opening.isDone()) {
            action.run(); // a listener would be called in a thread of Netty's if there never was a socket
        } else {
            opening.addListener(_ -> action.run());
        }
    }

    /// Whether a channel is open or about to be, or something of Netty's is to be done later, or
    /// tasks have left something to be done now.
    @Override
    public boolean isWatching() {
        return unsettled || !errands.isEmpty() || !dirty.isEmpty() || hasOpen();
    }

    private boolean hasOpen() {
        return lent || !channels.isEmpty() || netty.hasTimers();
    }

    @Override
    public void poll(long nanos) {
        boolean watched = isWatching();
        doErrands();
        if (nanos == 0) {
            long now = System.nanoTime();
            if (now - lastPoll >= BUSY_POLL_NANOS) {
                lastPoll = now;
                runNetty(AT_ONCE);
            }
            return;
        }
        if (watched && !hasOpen()) {
            runNetty(AT_ONCE); // the last was closed: the loop is to look again whether it has to wait at all
            return;
        }
        interruption.enter();
        try {
            runNetty(nanos == Clock.NEVER ? FOR_EVER : nanos);
        } finally {
            interruption.leave();
        }
        lastPoll = System.nanoTime();
    }

    /// If this throws, what Netty did not come to is still there for its next run: events are told
    /// again by the system, and its tasks stay in their queue.
    private void runNetty(long wait) {
        unsettled = true;
        netty.run(wait, 0);
        unsettled = false;
    }

    /// Does all that tasks have left; what one of them throws does not keep the others from it.
    private void doErrands() {
        unsettled |= !errands.isEmpty() || !dirty.isEmpty();
        Throwable failure = null;
        for (Runnable errand; (errand = errands.poll()) != null; ) {
            try {
                errand.run();
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
        while (!dirty.isEmpty()) {
            List<Flushable> batch = dirty;
            dirty = flushing;
            flushing = batch;
            for (int i = 0; i < batch.size(); i++) {
                try {
                    batch.get(i).flush();
                } catch (Throwable thrown) {
                    failure = thrown;
                }
            }
            batch.clear();
        }
        if (failure != null) {
            throwUnchecked(failure);
        }
    }

    /// Throws what Netty has thrown, which declares nothing and throws checked exceptions as well.
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /// Returns an empty buffer for bytes to be sent, to be written to a channel and flushed at
    /// once.
    ByteBuf sendBuffer(int size) {
        return sharesMemory() && size <= Scratch.SEND_SIZE
                ? outgoing.take()
                : ByteBufAllocator.DEFAULT.directBuffer(size);
    }

    /// Whether the system is done with a buffer when a call returns; io_uring goes on with it.
    private boolean sharesMemory() {
        return kind != IoKind.IO_URING;
    }

    /// Returns where a connection without TLS reads into; null if the system reads while the
    /// program goes on, so that each needs memory of its own.
    @Nullable
    RecvByteBufAllocator intoScratch() {
        return sharesMemory() ? intoScratch : null;
    }

    @Override
    public void wakeup() {
        netty.wakeup();
    }

    /// Closes what is open, and what turns out to have been opened meanwhile, such as a connection
    /// that was accepted just now.
    private void closeChannels() {
        for (int round = 0; round < MAX_SETTLING_ROUNDS; round++) {
            List.copyOf(channels).forEach(Channel::close);
            if (netty.run(SETTLING_NANOS, 0) == 0 && channels.isEmpty()) {
                return;
            }
        }
    }

    /// Whether all is being closed.
    boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
        try (Closing _ = this::freeMemory;
                Closing _ = this::closeNetty;
                Closing _ = this::closeChannels) {
            doErrands();
        }
    }

    /// One step of closing; each is taken, whatever those before it have thrown.
    private interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    private void closeNetty() {
        netty.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!netty.isTerminated()) {
            netty.runNow(0);
        }
        doErrands();
    }

    private void freeMemory() {
        received.free();
        outgoing.free();
        interruption.dispose();
    }
}
