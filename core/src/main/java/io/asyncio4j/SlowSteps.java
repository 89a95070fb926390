package io.asyncio4j;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Debug mode's watch over callbacks and over what tasks do between two awaits: it logs, by name,
/// what kept all others waiting for long.
///
/// Told by the [StepObserver], in debug mode, what is taken from the ready queue; what was taken
/// before has then ended. Confined to the thread that holds the loop.
final class SlowSteps {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");
    private static final int MAX_FRAMES = 12;

    private final Loop loop;
    private Duration limit = Duration.ofMillis(100);

    /// What runs now, if it is the program's.
    private @Nullable Node running;

    private long began;

    SlowSteps(Loop loop) {
        this.loop = loop;
    }

    Duration limit() {
        return limit;
    }

    void setLimit(Duration limit) {
        this.limit = limit;
    }

    /// What ran has ended, and `node` is about to run.
    ///
    /// @param node null if an iteration is over
    void next(@Nullable Node node) {
        long now = loop.time();
        Node ended = running;
        if (ended != null && now - began >= Times.nanos(limit)) {
            report(ended, Duration.ofNanos(now - began));
        }
        running = node != null && isOfTheProgram(node) ? node : null;
        began = now;
    }

    /// Whether running `node` runs code of the program.
    static boolean isOfTheProgram(Node node) {
        return node instanceof Task<?> task ? task.isLive() : node.runsUserCode();
    }

    private static void report(Node ended, Duration time) {
        StringBuilder text = new StringBuilder();
        if (ended instanceof Task<?> task) {
            text.append("Task '").append(task.name()).append("' ran for ").append(time);
            text.append(task.isDone() ? " and ended" : " until it awaited something");
        } else {
            text.append("Callback ").append(ended).append(" ran for ").append(time);
        }
        text.append("; nothing else could run meanwhile. Use toThread(...) for what blocks, and sleep(Duration.ZERO)"
                + " to let others run");
        if (ended instanceof Task<?> task) {
            for (StackTraceElement frame : place(task)) {
                text.append(System.lineSeparator()).append("    at ").append(frame);
            }
        }
        LOG.log(System.Logger.Level.WARNING, text.toString());
    }

    /// Where the task stopped: on its own thread this runs on top of that.
    private static List<StackTraceElement> place(Task<?> task) {
        return task.stack().stream()
                .dropWhile(frame -> frame.getClassName().equals(SlowSteps.class.getName())
                        || frame.getClassName().equals(StepObserver.class.getName())
                        || frame.getClassName().equals(ReadyQueue.class.getName()))
                .limit(MAX_FRAMES)
                .toList();
    }
}
