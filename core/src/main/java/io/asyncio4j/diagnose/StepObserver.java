package io.asyncio4j.diagnose;

import io.asyncio4j.TaskStatistics;
import io.asyncio4j.jfr.JfrEvents;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.Observation;
import io.asyncio4j.kernel.TaskTimes;
import io.asyncio4j.queue.Node;
import io.asyncio4j.spi.Poller;
import org.jspecify.annotations.Nullable;

/// Follows what a loop runs, for whoever wants to know: the accounting of tasks, a flight
/// recording, debug mode's [SlowSteps].
///
/// The ready queue tells it what becomes ready and what is taken from it, as long as somebody wants
/// to know; what was taken before has then ended. Otherwise the queue has no observer, and nothing
/// is paid. Confined to the thread that holds the loop; other threads may read the sums.
public final class StepObserver extends Observation {
    private final Loop loop;

    /// Whether the program has asked for accounting.
    private boolean asked = Boolean.getBoolean("asyncio4j.accounting");

    /// What a flight recording is told, while there is one that wants it.
    private @Nullable LoopRecording recording;

    /// Counts the times that the observation was switched on.
    private int period;

    /// What was taken from the queue last and has not ended, and since when it runs.
    private @Nullable Node running;

    private long began;

    /// The loop's progress while that runs.
    private long progress;

    /// Whether that is code of the program, and not the loop's own affair.
    private boolean ofTheProgram;

    /// Since when the poller is asked, and whether it may wait.
    private long pollBegan;

    private boolean pollWaits;

    private long iterations;
    private long busy;
    private long idle;

    /// Debug mode's watch over steps.
    public final SlowSteps slowSteps;

    public StepObserver(Loop loop) {
        this.loop = loop;
        this.slowSteps = new SlowSteps(loop);
    }

    /// Returns the observer of a loop.
    public static StepObserver of(Loop loop) {
        return (StepObserver) loop.observation;
    }

    // ------------------------------------------------------------------ on and off

    public void setAccounting(boolean on) {
        asked = on;
        update();
    }

    /// Whether times are kept.
    public boolean isOn() {
        return loop.ready.watch() != null;
    }

    /// Begins or ends the observation, as is wanted now.
    @Override
    public void update() {
        boolean wanted = asked || loop.isDebug() || recording != null;
        if (wanted == isOn()) {
            return;
        }
        long now = loop.time();
        if (wanted) {
            loop.ready.setWatch(this);
            period++;
            begin(loop.owner.current(), now);
        } else {
            end(now);
            loop.ready.setWatch(null);
        }
    }

    // ------------------------------------------------------------------ told by the queue

    /// Nodes linked from `first` to `end` became ready. Throws nothing.
    @Override
    public void tellReady(Node first, Node end) {
        try {
            ready(first, end);
        } catch (Throwable unable) {
            loop.problems.lose(unable);
        }
    }

    /// What ran has ended, and `node` is about to run. Throws nothing.
    ///
    /// @param node null if an iteration is over
    @Override
    public void tellNext(@Nullable Node node) {
        try {
            next(node);
        } catch (Throwable unable) {
            loop.problems.lose(unable);
        }
    }

    private void ready(Node first, Node end) {
        long now = loop.time();
        for (Node node = first; node != null; node = node == end ? null : node.next()) {
            if (node instanceof Fiber<?> task && task.isLive()) {
                times(task, now).becomesReady(now, period);
            }
        }
    }

    private void next(@Nullable Node node) {
        if (node != null && node == running && !(node instanceof Fiber)) {
            return; // a task's thread took it and may not run it: it was put back
        }
        long now = loop.time();
        end(now);
        begin(node, now);
    }

    private void begin(@Nullable Node node, long now) {
        running = node;
        began = now;
        progress = loop.progress();
        ofTheProgram = node instanceof Fiber<?> task ? task.isLive() : node != null && node.runsUserCode();
        if (ofTheProgram && node instanceof Fiber<?> task) {
            times(task, now).begins(now, period);
        }
        if (ofTheProgram && recording != null) {
            recording.stepBegins();
        }
    }

    private void end(long now) {
        Node ended = running;
        if (ended == null) {
            return;
        }
        running = null;
        busy += now - began;
        if (ended instanceof Fiber<?> task) {
            stops(task, now);
        }
        if (recording != null) {
            recording.stepEnds(ended);
        }
        if (ofTheProgram && loop.isDebug()) {
            slowSteps.ended(ended, now - began, progress);
        }
    }

    private void stops(Fiber<?> task, long now) {
        times(task, now).stops(task.awaited(), task.isDone(), now, period);
    }

    private static TaskTimes times(Fiber<?> task, long now) {
        TaskTimes known = task.times();
        if (known == null) {
            known = new TaskTimes(now);
            task.setTimes(known);
        }
        return known;
    }

    // ------------------------------------------------------------------ told by the loop

    /// The running task or callback has `task` make a step within its own. That time is the
    /// inner task's.
    @Override
    public void nestedStepBegins(@Nullable Fiber<?> outer, Fiber<?> task) {
        if (!isOn()) {
            return;
        }
        long now = loop.time();
        if (outer != null) {
            times(outer, now).stepsAside(now, period);
        }
        times(task, now).begins(now, period);
        if (recording != null) {
            recording.nestedStepBegins();
        }
    }

    @Override
    public void nestedStepEnds(@Nullable Fiber<?> outer, Fiber<?> task) {
        if (!isOn()) {
            return;
        }
        long now = loop.time();
        stops(task, now);
        if (outer != null) {
            times(outer, now).begins(now, period);
        }
        if (recording != null) {
            recording.nestedStepEnds(task);
        }
    }

    /// The loop is about to ask its poller: an iteration is over, and the next begins with this.
    @Override
    public void pollBegins() {
        iterations++;
        boolean record = JfrEvents.areOn() && LoopRecording.isWanted(); // only then a class of an event is loaded
        LoopRecording wanted = !record ? null : recording == null ? new LoopRecording(loop) : recording;
        if (wanted != recording) {
            recording = wanted;
            update();
        }
        if (isOn()) {
            next(null);
            pollBegan = began;
            pollWaits = loop.ready.isEmpty() && !loop.isStopping();
            if (recording != null) {
                recording.pollBegins();
            }
        }
    }

    @Override
    public void pollEnds() {
        if (!isOn()) {
            return;
        }
        long passed = loop.time() - pollBegan;
        if (pollWaits) {
            idle += passed;
        } else {
            busy += passed;
        }
        if (recording != null) {
            recording.pollEnds(pollWaits);
        }
    }

    @Override
    public void poll(Poller poller) {
        slowSteps.poll(poller);
    }

    // ------------------------------------------------------------------ the sums

    public long iterations() {
        return iterations;
    }

    /// Nanoseconds in which tasks and callbacks ran.
    public long busy() {
        return busy;
    }

    /// Nanoseconds in which the loop waited.
    public long idle() {
        return idle;
    }

    /// Returns what is known of `task` by now.
    @Override
    public TaskStatistics statistics(Fiber<?> task) {
        long now = loop.time();
        TaskTimes known = task.times() == null ? new TaskTimes(now) : task.times();
        return known.statistics(task.steps(), now, isOn() ? period : -1);
    }
}
