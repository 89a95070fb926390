package io.asyncio4j.assembly;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.base.Times;
import io.asyncio4j.diagnose.AwaitGraph;
import io.asyncio4j.kernel.ExceptionReports;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.Promise;
import io.asyncio4j.kernel.ScheduledCall;
import io.asyncio4j.kernel.TimedCall;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Poller;
import io.asyncio4j.spi.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The services of a loop for modules that bring I/O.
final class ModuleAccess implements LoopAccess {
    private final Loop loop;

    ModuleAccess(Loop loop) {
        this.loop = loop;
    }

    @Override
    public <P extends Poller> P poller(Class<P> type, Function<LoopAccess, P> factory) {
        Poller poller = loop.io.poller();
        if (type.isInstance(poller)) {
            return type.cast(poller);
        }
        loop.requireOpen();
        loop.owner.requireHeld("open I/O");
        if (loop.io.pollsInEveryIteration()) {
            throw new IllegalStateException("The event loop has a poller already, of "
                    + poller.getClass().getName() + ", and cannot have one of " + type.getName() + " too");
        }
        Thread owner = Objects.requireNonNull(loop.owner.thread(), "I/O needs a loop that runs");
        if (loop.isDisplaced()) {
            throw new IllegalStateException(
                    "The first I/O of an event loop cannot be opened while a task is pinned by a native frame or a"
                            + " class initialiser and keeps the loop's thread; open it earlier or later");
        }
        P made = factory.apply(this);
        loop.io.setPoller(made, owner);
        return made;
    }

    @Override
    public Thread thread() {
        return Objects.requireNonNull(loop.owner.thread(), "the loop does not run");
    }

    @Override
    public boolean mayBlock() {
        return loop.io.mayBlock();
    }

    @Override
    public boolean isHeld() {
        return loop.owner.isHeld();
    }

    @Override
    public <T extends @Nullable Object> Promise<T> createFuture(Awaited awaited) {
        return new NamedPromise<>(loop, awaited);
    }

    @Override
    public boolean post(Runnable handler) {
        return loop.post(new ScheduledCall(loop, handler, new Context()));
    }

    @Override
    public Runnable register(Resource resource) {
        loop.requireOpen();
        loop.owner.requireHeld("register " + resource.describe());
        return loop.wakeSources.register(resource);
    }

    @Override
    public <A> A attachment(Class<A> type, Supplier<A> factory) {
        loop.owner.requireHeld("keep something for the loop");
        return loop.attachments.get(type, factory);
    }

    @Override
    public long time() {
        return loop.time();
    }

    @Override
    public TimedCall callAt(long when, Runnable handler) {
        return TimedCall.set(loop, when, handler, new Context());
    }

    @Override
    public boolean isDebug() {
        return loop.isDebug();
    }

    @Override
    public void whenQuiet(Duration duration, Runnable callback) {
        loop.owner.requireHeld("wait for quiet");
        loop.idleCallbacks.add(Times.nanos(duration), new ScheduledCall(loop, callback, Context.copyCurrent()));
    }

    @Override
    public List<TaskSnapshot> tasks() {
        AwaitGraph graph = new AwaitGraph(loop.tasks.list());
        return graph.tasks().stream().map(task -> graph.snapshot(task, true)).toList();
    }

    @Override
    public void markOwn(Task<?> task) {
        loop.owner.requireHeld("mark a task");
        ((Fiber<?>) task).markOfModule();
    }

    @Override
    public void report(EventLoop.ExceptionContext problem) {
        loop.report(problem);
    }

    @Override
    public void reportMinor(EventLoop.ExceptionContext problem) {
        if (loop.problems.handler() == null) {
            ExceptionReports.logMinor(problem, loop.isDebug());
        } else {
            loop.report(problem);
        }
    }
}
