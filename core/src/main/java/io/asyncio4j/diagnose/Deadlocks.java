package io.asyncio4j.diagnose;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.jfr.DeadlockEvent;
import io.asyncio4j.jfr.JfrEvents;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.spi.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds out that a loop can never go on, and says why.
///
/// That is so when nothing is ready, no timer is set, and nobody outside is known who may wake the
/// loop. It is certain unless the program has got hold of the `EventLoop`, so that any thread may
/// post to it: then it is only logged, once, when the loop has been idle for a while.
///
/// Confined to the thread that holds the loop.
public final class Deadlocks {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    /// How long a loop that somebody may know is idle before the finding is logged.
    private long patienceNanos = TimeUnit.SECONDS.toNanos(5);

    /// Beyond this, tasks are shown without their stacks.
    private static final int MAX_STACKS = 100;

    private final Loop loop;

    /// Whether to throw even if somebody may know the loop.
    private boolean throwAlways;

    /// What ends the run.
    private @Nullable DeadlockException found;

    /// Since when the loop has been idle, and how many nodes it had run by then.
    private long idleSince;

    private long turnsBefore = -1;
    private boolean logged;

    Deadlocks(Loop loop) {
        this.loop = loop;
    }

    /// Nothing is ready and no timer is set. Returns for how long the loop may wait before it asks
    /// again; ends the run if that is no use.
    long idle() {
        if (loop.wakeSources.mayWake()) {
            turnsBefore = -1;
            return Clock.NEVER;
        }
        if (throwAlways || !loop.wakeSources.isLoopGiven()) {
            found = describe();
            loop.stop();
            return 0;
        }
        return suspect();
    }

    public void setThrowAlways(boolean always) {
        throwAlways = always;
    }

    public void setPatience(long nanos) {
        patienceNanos = nanos;
    }

    private long suspect() {
        if (logged) {
            return Clock.NEVER;
        }
        long now = System.nanoTime();
        if (turnsBefore != loop.ready.turnsOfProgram()) {
            turnsBefore = loop.ready.turnsOfProgram();
            idleSince = now;
        }
        long left = patienceNanos - (now - idleSince);
        if (left > 0) {
            return left;
        }
        logged = true;
        LOG.log(
                System.Logger.Level.WARNING,
                describe().getMessage() + System.lineSeparator()
                        + "This is only logged because the program has got hold of the EventLoop, so that another"
                        + " thread might still wake it. Where none will, RunnerOptions.throwDeadlocks(true) makes it"
                        + " an error.");
        return Clock.NEVER;
    }

    /// Throws what has ended the run, if it was a deadlock.
    void throwFound() {
        DeadlockException exception = found;
        if (exception != null) {
            found = null;
            exception.setStackTrace(new Throwable().getStackTrace());
            throw exception;
        }
    }

    private DeadlockException describe() {
        AwaitGraph graph = new AwaitGraph(loop.tasks.list());
        List<TaskSnapshot> tasks = new ArrayList<>();
        for (Fiber<?> task : graph.tasks()) {
            tasks.add(graph.snapshot(task, tasks.size() < MAX_STACKS));
        }
        List<List<Fiber<?>>> circles = graph.circles();
        StringBuilder text = new StringBuilder("Deadlock: nothing can ever wake this event loop. ")
                .append(tasks.size() == 1 ? "1 task waits" : tasks.size() + " tasks wait")
                .append(circles.isEmpty() ? ", and nobody is left to end that:" : ", some for each other:");
        tasks.forEach(task -> line(text, task.describe("  ")));
        circles.forEach(circle -> append(text, circle));
        if (JfrEvents.areOn()) {
            DeadlockEvent.commit(loop.id, text.toString(), loop.mountsTasks());
        }
        return new DeadlockException(
                text.toString(), tasks, circles.stream().map(Deadlocks::names).toList());
    }

    private static void append(StringBuilder text, List<Fiber<?>> circle) {
        line(text, "  Circle:");
        for (int i = 0; i < circle.size(); i++) {
            Fiber<?> task = circle.get(i);
            String awaited = task.awaitedText();
            String next = circle.get((i + 1) % circle.size()).describe();
            line(text, "      ").append(task.describe()).append(" waits for ").append(awaited);
            text.append(awaited.contains(next) ? "" : " (" + next + ")");
        }
    }

    private static List<String> names(List<Fiber<?>> circle) {
        List<String> names = new ArrayList<>();
        circle.forEach(task -> names.add(task.name()));
        return names;
    }

    private static StringBuilder line(StringBuilder text, String start) {
        return text.append(System.lineSeparator()).append(start);
    }
}
