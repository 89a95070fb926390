package io.asyncio4j;

import io.asyncio4j.spi.Clock;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The scheduling core: what is ready, when an iteration begins, who is current. Which thread runs
/// it is the [Engine]'s business, what the program sees of it is [EventLoop].
///
/// Confined to the thread that *holds* the loop: the loop's own while it runs callbacks, a task's
/// while that runs, any thread while the loop does not run. Other threads may only [#post] and read
/// what is volatile.
final class Loop {
    private static final int MAX_REFUSALS = 1000;
    private static final AtomicLong LOOPS = new AtomicLong();

    /// Counts the loops of the process, from 1.
    final long id = LOOPS.incrementAndGet();

    final ReadyQueue ready = new ReadyQueue();
    final Timers timers = new Timers();
    final LiveTasks tasks = new LiveTasks();
    final TaskMaker maker = new TaskMaker(this);
    final Failures failures = new Failures(this);
    final Problems problems = new Problems(this);
    final LoopIo io = new LoopIo(this);
    final Outside outside = new Outside(this);
    final Deadlocks deadlocks = new Deadlocks(this);
    final StepObserver observer = new StepObserver(this);
    final Quiet quiet = new Quiet(this);
    final Clock clock;

    /// Chosen at the first run.
    @Nullable
    Engine engine;

    /// The loop's own thread while it runs.
    volatile @Nullable Thread thread;

    private volatile boolean closed;

    /// The task that runs now; null while callbacks run.
    @Nullable
    Task<?> current;

    /// The context of the callback that runs now.
    @Nullable
    Context callbackContext;

    /// Whether the run is to end with this iteration.
    boolean stopping;

    boolean debug;
    final SlowSteps slowSteps = new SlowSteps(this);
    final LoopWatch watch = new LoopWatch(this);

    /// What tasks' threads get, as if the loop's thread had made them.
    @Nullable
    ClassLoader contextClassLoader;

    /// Called on the loop when the thread that runs it was interrupted.
    @Nullable
    volatile Runnable interruptHandler;

    private volatile boolean interrupted;

    private @Nullable ExecutorService defaultExecutor;
    private WeakReference<EventLoop> facade = new WeakReference<>(null);

    private int refusals;

    /// Where the program made it.
    final Place place;

    Loop(Clock clock) {
        this.clock = clock;
        setDebug(isDebugDefault());
        place = Place.ofCaller(debug);
    }

    /// Whether debug mode is on for loops for which nothing else is said.
    static boolean isDebugDefault() {
        String property = System.getProperty("asyncio4j.debug");
        String wanted = property == null ? System.getenv("ASYNCIO4J_DEBUG") : property;
        return "true".equals(wanted) || "1".equals(wanted);
    }

    void setDebug(boolean on) {
        debug = on;
        observer.update();
        watch.limitChanged();
    }

    // ------------------------------------------------------------------ who may touch it

    /// Returns the calling task, which is about to await `future` of this loop.
    Task<?> requireTask(Future<?> future) {
        Task<?> task = currentTask();
        if (task != null) {
            return task;
        }
        Loop other = Caller.requireLoop("await " + future);
        if (other != this) {
            throw new IllegalStateException("Cannot await " + future
                    + ": it belongs to another event loop; use runCoroutineThreadsafe(...) there");
        }
        throw Caller.notInTask("await " + future);
    }

    /// Returns the task the calling thread carries, or null if it carries none of this loop.
    @Nullable
    Task<?> currentTask() {
        Task<?> task = current;
        if (task == null) {
            return null;
        }
        Strand strand = task.strand;
        return strand != null && strand.thread() == Thread.currentThread() ? task : null;
    }

    /// Checks that the calling thread may touch the loop, and has the room on its stack to do so.
    void requireHeld(String what) {
        StackRoom.require();
        if (!isHeld()) {
            throw notHeld(what);
        }
    }

    /// Whether the calling thread may touch the loop.
    boolean isHeld() {
        Thread owner = thread;
        return owner == null || owner == Thread.currentThread() || currentTask() != null;
    }

    IllegalStateException notHeld(String what) {
        Thread owner = thread;
        return new IllegalStateException("Cannot " + what + " from " + Caller.describe() + ": the loop runs in "
                + (owner == null ? "another thread" : Caller.name(owner))
                + "; use callSoonThreadsafe(...) or runCoroutineThreadsafe(...)");
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The event loop is closed; make a new one");
        }
    }

    boolean isClosed() {
        return closed;
    }

    /// Returns the `EventLoop`, for the program: from now on any thread may post to it.
    EventLoop facade() {
        outside.giveLoop();
        EventLoop known = facade.get();
        return known == null ? new EventLoop(this) : known;
    }

    void setFacade(EventLoop loop) {
        facade = new WeakReference<>(loop);
    }

    long time() {
        return clock.nanoTime();
    }

    // ------------------------------------------------------------------ iterations

    /// Begins an iteration: collects what other threads left and which timers are due, and waits
    /// for either if nothing is ready. What is ready then makes up the iteration.
    void beginIteration() {
        if (problems.hasLost()) {
            problems.tellLost();
        }
        io.drainInbox();
        timers.discardCancelled();
        if (!failures.isEmpty()) {
            failures.iterationBegins();
        }
        observer.pollBegins();
        io.poll(ready.isEmpty() && !stopping ? idle() : 0);
        observer.pollEnds();
        if (!timers.isEmpty()) {
            timers.moveDue(clock.nanoTime(), ready);
        }
        if (!ready.beginIteration()) {
            stopping = true;
        }
    }

    /// Begins an iteration, and reports what that fails with.
    void tryBeginIteration() {
        try {
            beginIteration();
        } catch (Throwable thrown) {
            problems.contain(null, thrown);
        }
    }

    /// Nothing is ready. Returns for how long the loop may block.
    private long idle() {
        if (quiet.isAwaited() && quiet.release()) {
            return 0;
        }
        long deadline = Math.min(timers.nextDeadline(), quiet.deadline());
        long nanos = clock.idle(deadline, outside.reportsBack());
        if (nanos == Clock.STOP) {
            stopping = true;
        } else if (nanos == Clock.NEVER && deadline == Clock.NEVER) {
            return deadlocks.idle();
        }
        return nanos;
    }

    /// Blocks the loop's thread until it is unparked, or for no reason.
    void parkLoopThread(Object blocker) {
        boolean told = hearsInterrupts();
        LockSupport.park(blocker);
        if (told) {
            leaveInterrupt();
        } else if (Thread.interrupted()) {
            interrupted();
        }
    }

    /// See [Engine#leaveInterrupt].
    void leaveInterrupt() {
        if (engine != null) {
            engine.leaveInterrupt();
        }
    }

    /// See [Engine#hearsInterrupts].
    boolean hearsInterrupts() {
        return engine != null && engine.hearsInterrupts();
    }

    /// The flag of the loop's own thread was found set; it is clear, and set again when the run
    /// ends.
    void interrupted() {
        if (engine == null || engine.isNewInterrupt()) {
            interrupted(() -> {});
        }
    }

    /// The loop's own thread was interrupted. Any thread.
    ///
    /// @param first done on the loop before the interrupt is dealt with
    void interrupted(Runnable first) {
        interrupted = true;
        post(new UrgentCallback(() -> {
            first.run();
            Runnable handler = interruptHandler;
            if (handler != null && interrupted) { // else it was of a run that has ended
                handler.run();
            }
        }));
    }

    /// Takes `task` out of the ready queue if its turn has come, so that it need not be switched
    /// away from and back to.
    boolean takeIfNext(Task<?> task) {
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

    /// Suspends the calling task until its turn in the ready queue.
    void suspend(Task<?> task) {
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
    Engine requireRunnable() {
        requireOpen();
        Caller.requireNoLoop();
        Thread owner = thread;
        if (owner != null) {
            throw new IllegalStateException("The event loop is running already, in " + Caller.name(owner));
        }
        Engine chosen = engine == null ? Engine.choose(this) : engine;
        engine = chosen;
        String refusal = io.refusal() == null ? chosen.refusal() : io.refusal();
        if (refusal != null) {
            throw new IllegalStateException("The event loop cannot be run here: " + refusal);
        }
        return chosen;
    }

    /// Runs until stopped, on the calling thread.
    void run() {
        Engine chosen = claim();
        Thread me = Thread.currentThread();
        contextClassLoader = me.getContextClassLoader();
        Caller.LOOP.set(this);
        io.clearInterrupt();
        watch.begin();
        try {
            chosen.run();
        } finally {
            watch.end();
            Caller.LOOP.remove();
            current = null;
            callbackContext = null;
            stopping = false;
            thread = null;
            if (interrupted) {
                interrupted = false;
                me.interrupt();
            }
        }
        problems.throwFatal();
        deadlocks.throwFound();
    }

    private synchronized Engine claim() {
        Engine chosen = requireRunnable();
        thread = Thread.currentThread();
        LiveLoops.add(this);
        return chosen;
    }

    /// Runs until `future` is done.
    <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
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
    boolean hasRun() {
        return engine != null;
    }

    boolean isRunning() {
        return thread != null;
    }

    /// Adds a node from any thread.
    ///
    /// @return false if the loop is closed and will never run it
    boolean post(Node node) {
        return io.post(node);
    }

    /// Whether a stand-in runs the loop, because a pinned task keeps its own thread.
    boolean isDisplaced() {
        return engine != null && engine.isDisplaced();
    }

    /// Whether tasks run on the loop's own thread.
    boolean mountsTasks() {
        return engine instanceof CarrierEngine;
    }

    /// Ends what has not ended: each task left is unwound by a last [CancelledError].
    void close() {
        if (thread != null) {
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
        for (Task<?> task; (task = tasks.first()) != null; ) {
            if (task.strand == null) {
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
        if (defaultExecutor != null) {
            defaultExecutor.shutdown();
        }
    }

    private void unwind(Task<?> task) {
        refusals = 0;
        try {
            maker.stepNow(task);
        } catch (Throwable unable) {
            task.failed(this, unable);
        } finally {
            tasks.remove(task);
        }
    }

    // ------------------------------------------------------------------ errors and executors

    /// Hands `problem` to the exception handler, on the loop's thread or in the calling task.
    void report(EventLoop.ExceptionContext problem) {
        problems.report(problem);
    }

    /// Runs code of the program on behalf of the kernel: in the calling task, else on the loop's
    /// thread.
    void onOwnThread(Runnable code) {
        if (engine == null || thread == null || currentTask() != null) {
            code.run();
        } else {
            engine.onLoopThread(code);
        }
    }

    /// Returns the executor for CPU-bound work, made at first use.
    ExecutorService defaultExecutor() {
        ExecutorService executor = defaultExecutor;
        if (executor == null) {
            executor = Bridge.newDefaultExecutor();
            defaultExecutor = executor;
        }
        return executor;
    }

    void setDefaultExecutor(ExecutorService executor) {
        defaultExecutor = executor;
    }

    /// Returns the executor for CPU-bound work, if it was ever used.
    @Nullable
    ExecutorService usedDefaultExecutor() {
        return defaultExecutor;
    }
}
