package io.asyncio4j.kernel;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.queue.Node;
import io.asyncio4j.queue.ReadyQueue;
import io.asyncio4j.queue.Timers;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The scheduling core: what is ready, when an iteration begins, who is current. Which thread runs
/// it is the [Engine]'s business, what the program sees of it is [EventLoop].
///
/// Confined to the thread that *holds* the loop: the loop's own while it runs callbacks, a task's
/// while that runs, any thread while the loop does not run. Other threads may only [#post] and read
/// what is volatile.
public final class Loop {
    private static final int MAX_REFUSALS = 1000;
    private static final AtomicLong LOOPS = new AtomicLong();

    /// Counts the loops of the process, from 1.
    public final long id = LOOPS.incrementAndGet();

    public final Ownership owner = new Ownership(this);
    public final ReadyQueue ready = new ReadyQueue();
    public final Timers timers = new Timers();
    public final LiveTasks tasks = new LiveTasks();
    public final TaskMaker maker = new TaskMaker(this);
    public final Failures failures = new Failures(this);
    public final Problems problems = new Problems(this);
    public final LoopIo io = new LoopIo(this);
    public final WakeSources wakeSources = new WakeSources(this);
    public final Observation observation;
    public final Supervision supervision;
    public final IdleCallbacks idleCallbacks = new IdleCallbacks(this);
    public final Interruption interruption = new Interruption(this);
    public final Attachments attachments = new Attachments();
    public final Clock clock;

    /// What modules hold of it.
    public final LoopAccess access;

    private final Parts parts;

    /// Chosen at the first run.
    private @Nullable Engine engine;

    private volatile boolean closed;

    /// The context of the callback that runs now.
    private @Nullable Context callbackContext;

    /// The callback that runs now. Read by other threads as it happens to be.
    private @Nullable UserCallback runningCallback;

    /// Whether the run is to end with this iteration.
    private boolean stopping;

    private boolean debug;

    /// What tasks' threads get, as if the loop's thread had made them.
    private @Nullable ClassLoader contextClassLoader;

    private WeakReference<EventLoop> handle = new WeakReference<>(null);

    private int refusals;

    /// Where the program made it.
    public final ProgramFrames place;

    public Loop(Clock clock, boolean debug, Parts parts) {
        this.clock = clock;
        this.debug = debug;
        this.parts = parts;
        this.place = ProgramFrames.ofCaller(debug);
        this.observation = parts.observation(this);
        this.supervision = parts.supervision(this);
        this.access = parts.access(this);
        observation.update();
    }

    public void setDebug(boolean on) {
        debug = on;
        observation.update();
        supervision.limitChanged();
    }

    public boolean isDebug() {
        return debug;
    }

    // ------------------------------------------------------------------ its parts

    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The event loop is closed; make a new one");
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /// Returns the program's hold on the loop: from now on any thread may post to it.
    public EventLoop handle() {
        wakeSources.giveLoop();
        EventLoop known = handle.get();
        return known == null ? parts.handle(this) : known;
    }

    public void setHandle(EventLoop loop) {
        handle = new WeakReference<>(loop);
    }

    @Nullable
    public Engine engine() {
        return engine;
    }

    @Nullable
    Context callbackContext() {
        return callbackContext;
    }

    void setCallbackContext(@Nullable Context context) {
        callbackContext = context;
    }

    @Nullable
    public UserCallback runningCallback() {
        return runningCallback;
    }

    void setRunningCallback(@Nullable UserCallback callback) {
        runningCallback = callback;
    }

    @Nullable
    public ClassLoader contextClassLoader() {
        return contextClassLoader;
    }

    public long time() {
        return clock.nanoTime();
    }

    // ------------------------------------------------------------------ iterations

    /// Begins an iteration: collects what other threads left and which timers are due, and waits
    /// for either if nothing is ready. What is ready then makes up the iteration.
    public void beginIteration() {
        if (problems.hasLost()) {
            problems.tellLost();
        }
        io.drainInbox();
        timers.discardCancelled();
        if (!failures.isEmpty()) {
            failures.iterationBegins();
        }
        observation.pollBegins();
        io.poll(ready.isEmpty() && !stopping ? idle() : 0);
        observation.pollEnds();
        if (!timers.isEmpty()) {
            timers.moveDue(clock.nanoTime(), ready);
        }
        if (!ready.beginIteration()) {
            stopping = true;
        }
    }

    /// Begins an iteration, and reports what that fails with.
    public void tryBeginIteration() {
        try {
            beginIteration();
        } catch (Throwable thrown) {
            problems.contain(null, thrown);
        }
    }

    /// Nothing is ready. Returns for how long the loop may block.
    private long idle() {
        if (idleCallbacks.isAwaited() && idleCallbacks.release()) {
            return 0;
        }
        long deadline = Math.min(timers.nextDeadline(), idleCallbacks.deadline());
        long nanos = clock.idle(deadline, wakeSources.reportsBack());
        if (nanos == Clock.STOP) {
            stopping = true;
        } else if (nanos == Clock.NEVER && deadline == Clock.NEVER) {
            return supervision.idle();
        }
        return nanos;
    }

    /// Takes `task` out of the ready queue if its turn has come, so that it need not be switched
    /// away from and back to.
    public boolean takeIfNext(Fiber<?> task) {
        if (ready.peek() == null) {
            if (stopping || io.pollsInEveryIteration() || !ready.isHead(task)) {
                return false;
            }
            tryBeginIteration();
        }
        if (ready.peek() != task) {
            return false;
        }
        ready.poll();
        return true;
    }

    /// Returns how far the loop has got: no two steps have the same number. Any thread, which may
    /// get an older number.
    public long progress() {
        return ready.turns() + io.polls();
    }

    /// Suspends the calling task until its turn in the ready queue.
    void suspend(Fiber<?> task) {
        if (closed && refusals++ < MAX_REFUSALS) {
            throw unwound();
        }
        Objects.requireNonNull(engine).suspend(task);
        if (closed) {
            throw unwound();
        }
    }

    private static CancelledError unwound() {
        return new CancelledError("the event loop was closed");
    }

    // ------------------------------------------------------------------ running

    /// Checks that the calling thread can run the loop now.
    public Engine requireRunnable() {
        requireOpen();
        Caller.requireNoLoop();
        Thread other = owner.thread();
        if (other != null) {
            throw new IllegalStateException("The event loop is running already, in " + Caller.name(other));
        }
        Engine chosen = engine == null ? parts.engine(this) : engine;
        engine = chosen;
        String refusal = io.refusal() == null ? chosen.refusal() : io.refusal();
        if (refusal != null) {
            throw new IllegalStateException("The event loop cannot be run here: " + refusal);
        }
        return chosen;
    }

    /// Runs until stopped, on the calling thread.
    public void run() {
        Engine chosen = claim();
        contextClassLoader = Thread.currentThread().getContextClassLoader();
        Caller.LOOP.set(this);
        io.clearInterrupt();
        supervision.runBegins();
        try {
            chosen.run();
        } finally {
            supervision.runEnds();
            Caller.LOOP.remove();
            owner.setCurrent(null);
            callbackContext = null;
            stopping = false;
            owner.setThread(null);
            interruption.runEnds();
        }
        problems.throwFatal();
        supervision.throwFound();
    }

    private synchronized Engine claim() {
        Engine chosen = requireRunnable();
        owner.setThread(Thread.currentThread());
        LiveLoops.add(this);
        return chosen;
    }

    /// Runs until `future` is done.
    public <T extends @Nullable Object> T runUntilComplete(Promise<T> future) {
        KernelCallback stop = new KernelCallback(() -> stopping = true);
        future.addCallback(stop);
        try {
            run();
        } finally {
            future.removeCallback(stop);
        }
        if (!future.isDone()) {
            throw new IllegalStateException("The event loop was stopped before " + future + " was done");
        }
        return future.result();
    }

    /// Whether the loop has ever run, so that it has an engine.
    public boolean hasRun() {
        return engine != null;
    }

    public boolean isRunning() {
        return owner.thread() != null;
    }

    public boolean isStopping() {
        return stopping;
    }

    /// Has the run end with the iteration in progress.
    public void stop() {
        stopping = true;
    }

    /// Adds a node from any thread.
    ///
    /// @return false if the loop is closed and will never run it
    public boolean post(Node node) {
        return io.post(node);
    }

    /// Whether a stand-in runs the loop, because a pinned task keeps its own thread.
    public boolean isDisplaced() {
        return engine != null && engine.isDisplaced();
    }

    /// Whether tasks run on the loop's own thread.
    public boolean mountsTasks() {
        return engine != null && engine.mountsTasks();
    }

    /// Ends what has not ended: each task left is unwound by a last [CancelledError].
    public void close() {
        if (owner.thread() != null) {
            throw new IllegalStateException("Cannot close an event loop that is running; stop() it first");
        }
        if (closed) {
            return;
        }
        String refusal = engine == null || tasks.size() == 0 ? null : engine.refusal();
        if (refusal != null) {
            throw new IllegalStateException("The event loop cannot be closed here: " + refusal);
        }
        closed = true;
        LiveLoops.remove(this);
        for (Fiber<?> task; (task = tasks.first()) != null; ) {
            if (task.strand() == null) {
                ready.remove(task); // its end may queue it once more, to tell its group
                task.cancelWith(null);
            } else {
                unwind(task);
            }
        }
        io.close();
        for (Node node; (node = ready.take()) != null; ) {
            node.discard();
        }
        failures.reportAll();
        attachments.close();
    }

    private void unwind(Fiber<?> task) {
        refusals = 0;
        try {
            maker.stepNow(task);
        } catch (Throwable unable) {
            task.failed(unable);
        } finally {
            tasks.remove(task);
        }
    }

    // ------------------------------------------------------------------ errors

    /// Hands `problem` to the exception handler, on the loop's thread or in the calling task.
    public void report(EventLoop.ExceptionContext problem) {
        problems.report(problem);
    }

    /// Runs code of the program on behalf of the kernel: in the calling task, else on the loop's
    /// thread.
    public void onOwnThread(Runnable code) {
        if (engine == null || owner.thread() == null || owner.currentTask() != null) {
            code.run();
        } else {
            engine.onLoopThread(code);
        }
    }
}
