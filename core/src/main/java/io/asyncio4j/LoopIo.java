package io.asyncio4j;

import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Poller;
import io.asyncio4j.spi.Resource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What reaches a loop from outside: callbacks that other threads leave, and events that its
/// [Poller] delivers.
///
/// Confined like [Loop], but for [#post].
final class LoopIo implements LoopAccess {
    private final Loop loop;
    private final Inbox inbox = new Inbox();
    private final PollFailures failures;
    private Poller poller = new ParkingPoller(this);

    /// What modules keep for the loop, by type.
    private final Map<Class<?>, Object> attachments = new LinkedHashMap<>(0);

    /// The thread that must call the poller, if a module has installed one; null for the loop's
    /// own, which any thread may call.
    private @Nullable Thread pollerThread;

    /// How often the poller was asked. Read by other threads, which may see an older number.
    private long polls;

    /// For how long the poller was last allowed to wait. Read as [#polls] is.
    private long waitNanos;

    /// Whether the poller may block, so that who posts must wake it.
    private volatile boolean waiting;

    LoopIo(Loop loop) {
        this.loop = loop;
        this.failures = new PollFailures(loop);
    }

    // ------------------------------------------------------------------ for the loop

    /// Whether iterations must begin on the loop's own thread, since a poller is called there.
    boolean pollsInEveryIteration() {
        return pollerThread != null;
    }

    /// Returns why the calling thread cannot run the loop, or null if it can.
    @Nullable
    String refusal() {
        Thread owner = pollerThread;
        return owner == null || owner == Thread.currentThread()
                ? null
                : "its I/O was opened in " + Caller.name(owner) + ", which alone can go on with it";
    }

    /// Whether the poller may yet have something to deliver.
    boolean isWatching() {
        return poller.isWatching();
    }

    /// Whether the loop may be waiting for something from outside. Any thread.
    boolean isWaiting() {
        return waiting;
    }

    long polls() {
        return polls;
    }

    /// Whether the loop waits, rightly: nothing has come that it should wait for no longer. Any
    /// thread.
    ///
    /// @param waited for how long it has waited already, in real time
    boolean isIdle(long waited) {
        return waiting && inbox.isEmpty() && (waitNanos == Clock.NEVER || waited < waitNanos);
    }

    /// Delivers what there is from outside.
    ///
    /// @param nanos how long to wait for something if there is nothing
    void poll(long nanos) {
        boolean told = loop.hearsInterrupts();
        if (nanos > 0) {
            await(nanos, told && pollerThread == null);
        } else if (pollerThread != null) {
            polls++;
            pollNow();
        }
        inbox.drainTo(loop.ready);
    }

    private void pollNow() {
        try {
            if (loop.debug) {
                loop.slowSteps.poll(poller);
            } else {
                poller.poll(0);
            }
            failures.none();
        } catch (Throwable thrown) {
            failures.contain(thrown);
        }
    }

    /// @param told whether the loop will be told of interrupts of its thread meanwhile
    private void await(long nanos, boolean told) {
        boolean taskInterrupted = clearInterrupt();
        if (taskInterrupted) {
            LockSupport.parkNanos(1); // takes the permit that an interrupt leaves: with it, no wait would wait
        }
        waitNanos = nanos;
        waiting = true;
        polls++;
        try {
            poller.poll(nanos);
            failures.none();
        } catch (Throwable thrown) {
            failures.contain(thrown);
            failures.rest(nanos);
        }
        waiting = false;
        if (told) {
            loop.leaveInterrupt();
        } else {
            taskInterrupted |= clearInterrupt();
        }
        if (taskInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Clears the interrupt flag of the calling thread, so that it can wait. Returns whether the
    /// interrupt is for a task whose thread minds the loop; one of the loop's own thread has been
    /// dealt with.
    boolean clearInterrupt() {
        if (!Thread.interrupted()) {
            return false;
        }
        if (Thread.currentThread() == loop.thread) {
            loop.interrupted();
            return false;
        }
        return true;
    }

    void drainInbox() {
        inbox.drainTo(loop.ready);
    }

    /// Adds a node from any thread.
    ///
    /// @return false if the loop is closed and will never run it
    boolean post(Node node) {
        if (loop.isClosed()) {
            return false;
        }
        inbox.push(node);
        if (waiting) {
            poller.wakeup();
        }
        if (loop.isClosed()) {
            inbox.discard(); // it was closed meanwhile, and may not have seen the node
        }
        return true;
    }

    /// Ends what comes from outside. The loop is closed.
    void close() {
        loop.outside.close();
        if (refusal() == null) {
            closePoller();
        } else {
            loop.report(new EventLoop.ExceptionContext("The event loop is closed in " + Caller.describe()
                    + ", so that its sockets stay open: " + refusal() + "; close the loop there"));
        }
        inbox.discard();
    }

    private void closePoller() {
        try {
            poller.close();
        } catch (Throwable thrown) {
            failures.containClose(thrown);
        }
    }

    // ------------------------------------------------------------------ for modules

    @Override
    public <P extends Poller> P poller(Class<P> type, Function<LoopAccess, P> factory) {
        if (type.isInstance(poller)) {
            return type.cast(poller);
        }
        loop.requireOpen();
        loop.requireHeld("open I/O");
        if (pollerThread != null) {
            throw new IllegalStateException("The event loop has a poller already, of "
                    + poller.getClass().getName() + ", and cannot have one of " + type.getName() + " too");
        }
        Thread owner = Objects.requireNonNull(loop.thread, "I/O needs a loop that runs");
        if (loop.isDisplaced()) {
            throw new IllegalStateException(
                    "The first I/O of an event loop cannot be opened while a task is pinned by a native frame or a"
                            + " class initialiser and keeps the loop's thread; open it earlier or later");
        }
        P made = factory.apply(this);
        poller = made;
        pollerThread = owner;
        return made;
    }

    @Override
    public Thread thread() {
        return Objects.requireNonNull(loop.thread, "the loop does not run");
    }

    @Override
    public boolean mayBlock() {
        return inbox.isEmpty()
                && loop.ready.isEmpty()
                && !Thread.currentThread().isInterrupted();
    }

    @Override
    public boolean isHeld() {
        return loop.isHeld();
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture(Awaited awaited) {
        return new NamedFuture<>(loop, awaited);
    }

    @Override
    public boolean post(Runnable handler) {
        return post(new Handle(loop, handler, new Context()));
    }

    @Override
    public Runnable register(Resource resource) {
        loop.requireOpen();
        loop.requireHeld("register " + resource.describe());
        return loop.outside.register(resource);
    }

    @Override
    public <A> A attachment(Class<A> type, Supplier<A> factory) {
        loop.requireHeld("keep something for the loop");
        return type.cast(attachments.computeIfAbsent(type, _ -> Objects.requireNonNull(factory.get())));
    }

    @Override
    public long time() {
        return loop.time();
    }

    @Override
    public TimerHandle callAt(long when, Runnable handler) {
        return TimerHandle.set(loop, when, handler, new Context());
    }

    @Override
    public boolean isDebug() {
        return loop.debug;
    }

    @Override
    public void whenQuiet(Duration duration, Runnable callback) {
        loop.requireHeld("wait for quiet");
        loop.quiet.add(Times.nanos(duration), new Handle(loop, callback, Context.copyCurrent()));
    }

    @Override
    public List<TaskSnapshot> tasks() {
        AwaitGraph graph = new AwaitGraph(loop.tasks.list());
        return graph.tasks().stream().map(task -> graph.snapshot(task, true)).toList();
    }

    @Override
    public void markOwn(Task<?> task) {
        loop.requireHeld("mark a task");
        task.ofModule = true;
    }

    @Override
    public void report(EventLoop.ExceptionContext problem) {
        loop.report(problem);
    }

    @Override
    public void reportMinor(EventLoop.ExceptionContext problem) {
        if (loop.problems.handler() == null) {
            ExceptionReports.logMinor(problem, loop.debug);
        } else {
            loop.report(problem);
        }
    }
}
