package io.asyncio4j;

/// The watch over one loop: its deadlocks, and the steps that block it.
final class Supervisor extends Supervision {
    final Deadlocks deadlocks;
    final LoopWatch watch;

    Supervisor(Loop loop) {
        this.deadlocks = new Deadlocks(loop);
        this.watch = new LoopWatch(loop);
    }

    /// Returns the watch over a loop.
    static Supervisor of(Loop loop) {
        return (Supervisor) loop.supervision;
    }

    @Override
    void runBegins() {
        watch.begin();
    }

    @Override
    void runEnds() {
        watch.end();
    }

    @Override
    void limitChanged() {
        watch.limitChanged();
    }

    @Override
    long idle() {
        return deadlocks.idle();
    }

    @Override
    void throwFound() {
        deadlocks.throwFound();
    }

    @Override
    void report(Runnable report) {
        Watchdog.report(report);
    }
}
