package io.asyncio4j.diagnose;

import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.Supervision;

/// The watch over one loop: its deadlocks, and the steps that block it.
public final class Supervisor extends Supervision {
    public final Deadlocks deadlocks;
    public final LoopWatch watch;

    public Supervisor(Loop loop) {
        this.deadlocks = new Deadlocks(loop);
        this.watch = new LoopWatch(loop);
    }

    /// Returns the watch over a loop.
    public static Supervisor of(Loop loop) {
        return (Supervisor) loop.supervision;
    }

    @Override
    public void runBegins() {
        watch.begin();
    }

    @Override
    public void runEnds() {
        watch.end();
    }

    @Override
    public void limitChanged() {
        watch.limitChanged();
    }

    @Override
    public long idle() {
        return deadlocks.idle();
    }

    @Override
    public void throwFound() {
        deadlocks.throwFound();
    }

    @Override
    public void report(Runnable report) {
        Watchdog.report(report);
    }
}
