package io.asyncio4j.diagnose;

import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.jfr.LoopIterationEvent;
import io.asyncio4j.jfr.PollEvent;
import io.asyncio4j.jfr.PrimerEvent;
import io.asyncio4j.jfr.StepEvent;
import io.asyncio4j.jfr.TaskEndedEvent;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.queue.Node;
import java.util.ArrayDeque;
import java.util.List;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/// The events of a loop for the flight recorder: its iterations, polls and steps.
///
/// Events of what a loop does all the time are used again and again, so that a recording makes no
/// garbage but of what it keeps. Confined to the thread that holds the loop.
final class LoopRecording {
    private final Loop loop;
    private final StepEvent step = new StepEvent();
    private final LoopIterationEvent iteration = new LoopIterationEvent();
    private final PollEvent poll = new PollEvent();

    /// Steps within others, innermost first.
    private final ArrayDeque<StepEvent> nested = new ArrayDeque<>(0);

    /// Which of the events have begun and not ended.
    private boolean inStep;

    private boolean inIteration;
    private boolean inPoll;

    /// How many nodes had been run when the iteration began.
    private long turnsBefore;

    LoopRecording(Loop loop) {
        this.loop = loop;
    }

    /// Whether a recording wants any of these, or the times of tasks.
    static boolean isWanted() {
        return StepEvent.isWanted()
                || PollEvent.isWanted()
                || LoopIterationEvent.isWanted()
                || TaskEndedEvent.isWanted();
    }

    // ------------------------------------------------------------------ steps

    /// A callback, or a task's step, begins.
    void stepBegins() {
        inStep = StepEvent.isWanted();
        if (inStep) {
            step.begin();
        }
    }

    void stepEnds(Node node) {
        if (inStep) {
            inStep = false;
            end(step, node, false);
        }
    }

    void nestedStepBegins() {
        StepEvent event = new StepEvent();
        event.begin();
        nested.push(event);
    }

    void nestedStepEnds(Fiber<?> task) {
        StepEvent event = nested.poll();
        if (event != null) {
            end(event, task, true);
        }
    }

    private void end(StepEvent event, Node node, boolean isNested) {
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        if (node instanceof Fiber<?> task) {
            event.describe(loop.id, task.id, task.name(), place(task), isNested);
        } else {
            event.describe(loop.id, 0, describe(node), null, isNested);
        }
        commit(event);
    }

    private void commit(Event event) {
        PrimerEvent.precede(loop.mountsTasks());
        event.commit();
    }

    private static String describe(Node callback) {
        try {
            return callback.toString();
        } catch (RuntimeException undescribable) {
            return "a callback that cannot be shown"; // the program's toString() throws
        }
    }

    private static @Nullable String place(Fiber<?> task) {
        List<StackTraceElement> frames = ProgramFrames.ofProgram(task.stack());
        return frames.isEmpty() ? null : frames.getFirst().toString();
    }

    // ------------------------------------------------------------------ iterations and polls

    void pollBegins() {
        if (inIteration) {
            inIteration = false;
            iteration.end();
            if (iteration.shouldCommit()) {
                iteration.describe(loop.id, loop.ready.turns() - turnsBefore);
                commit(iteration);
            }
        }
        inPoll = PollEvent.isWanted();
        if (inPoll) {
            poll.begin();
        }
    }

    void pollEnds(boolean waited) {
        if (inPoll) {
            inPoll = false;
            poll.end();
            if (poll.shouldCommit()) {
                poll.describe(loop.id, waited);
                commit(poll);
            }
        }
        inIteration = LoopIterationEvent.isWanted();
        if (inIteration) {
            turnsBefore = loop.ready.turns();
            iteration.begin();
        }
    }
}
