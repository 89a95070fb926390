package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.DeadlockException;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Finds out whether a loop takes its program to be in a deadlock: when it has nothing to do for
/// the first time after [#arm], and goes on to wait, its main task is cancelled. That comes from
/// outside without any notice, so it does not keep the loop alive.
final class Lifeline implements Clock {
    private final Clock real = Clock.system();
    private final AtomicBoolean armed = new AtomicBoolean();
    private @Nullable LoopAccess loop;
    private @Nullable Task<?> main;

    /// The end of a program.
    enum Verdict {
        LIVES,
        ENDED,
        DEADLOCK
    }

    /// Runs a program, which says [#arm] when it is about to wait.
    static Verdict of(Program program) {
        Lifeline line = new Lifeline();
        RunnerOptions options = RunnerOptions.defaults().clock(line).throwDeadlocks(true);
        try (Runner runner = new Runner(options)) {
            runner.run((VoidCoroutine) () -> {
                line.loop = EventLoop.access();
                line.main = Asyncio.currentTask();
                program.run(line);
            });
            return Verdict.ENDED;
        } catch (CancelledError cancelled) {
            return Verdict.LIVES;
        } catch (DeadlockException found) {
            return Verdict.DEADLOCK;
        }
    }

    /// A main coroutine.
    interface Program {
        void run(Lifeline line) throws Exception;
    }

    /// From now on, the loop is to wait.
    void arm() {
        armed.set(true);
    }

    /// Arms, then waits.
    void whileWaiting(VoidCoroutine wait) throws Exception {
        arm();
        wait.run();
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }

    @Override
    public long idle(long deadline, boolean expectsReport) {
        if (deadline == NEVER && armed.compareAndSet(true, false)) {
            Thread.ofPlatform()
                    .start(() -> Objects.requireNonNull(loop)
                            .post(() -> Objects.requireNonNull(main).cancel()));
        }
        return real.idle(deadline, expectsReport);
    }
}
