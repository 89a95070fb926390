package io.asyncio4j.diagnose;

import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.base.Times;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.LoopIo;
import io.asyncio4j.kernel.UserCallback;
import java.util.ArrayList;
import java.util.List;

/// A step of a loop that lasts too long: says so in the log, who it is, where it is, and what for.
///
/// Confined to the watchdog's second thread, except where said. It reads what belongs to the loop's
/// thread while that is blocked; if it went on meanwhile, nothing is said.
public final class BlockedStep {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");
    private static final int MAX_FRAMES = 50;

    private final LoopWatch watch;
    private final Loop loop;

    /// The loop's progress as long as this step lasts.
    private final long progress;

    private final long since;

    /// How many slow steps debug mode had logged before this one.
    private final long loggedBefore;

    /// Who blocks the loop, for the beginning of a sentence; empty until it was told.
    private volatile String culprit = "";

    BlockedStep(LoopWatch watch, long progress, long since) {
        this.watch = watch;
        this.loop = watch.loop;
        this.progress = progress;
        this.since = since;
        this.loggedBefore = StepObserver.of(loop).slowSteps.logged();
    }

    /// Whether it is in the log. Any thread.
    boolean isTold() {
        return !culprit.isEmpty();
    }

    /// Logs the step, which lasts.
    void tell() {
        RunningStep found = RunningStep.of(loop);
        if (found == null) {
            return;
        }
        String who = found.whoCapitalized();
        String text = found.starved() ? starvation(who) : blockade(who, found.thread(), found.stack());
        if (watch.progress() == progress) {
            LOG.log(System.Logger.Level.WARNING, text);
            culprit = who;
        }
    }

    // ------------------------------------------------------------------ the text

    private String blockade(String who, Thread thread, List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder(who)
                .append(isTold() ? " still blocks " : " blocks ")
                .append(loopName())
                .append(", for ")
                .append(Times.text(System.nanoTime() - since))
                .append(" by now; nothing else can run meanwhile.");
        if (!isTold()) {
            text.append(" Use toThread(...) for what blocks, and sleep(Duration.ZERO) to let others run");
        }
        String blocker = BlockedOn.describe(thread);
        if (!blocker.isEmpty()) {
            line(text, blocker);
        }
        List<StackTraceElement> frames = programFrames(stack);
        frames.stream().limit(MAX_FRAMES).forEach(frame -> line(text, "at " + frame));
        if (frames.size() > MAX_FRAMES) {
            line(text, "... " + (frames.size() - MAX_FRAMES) + " more");
        }
        return text.toString();
    }

    /// The baton was given to a virtual thread that does not get to run.
    private String starvation(String who) {
        return who + " cannot go on, for " + Times.text(System.nanoTime() - since)
                + " by now, and so blocks " + loopName()
                + ": its virtual thread gets no carrier thread. Others keep them all: they compute, or are pinned by a"
                + " native frame or a class initialiser while they wait";
    }

    private String loopName() {
        Thread thread = loop.owner.thread();
        return thread == null ? "its event loop" : "the event loop of " + Caller.name(thread);
    }

    private static void line(StringBuilder text, String line) {
        text.append(System.lineSeparator()).append("    ").append(line);
    }

    /// Returns what the program called, down to where it blocks.
    public static List<StackTraceElement> programFrames(List<StackTraceElement> stack) {
        List<StackTraceElement> frames = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            if (isBelowStep(frame)) {
                break;
            }
            if (!isMachinery(frame, frames.isEmpty())) {
                frames.add(frame);
            }
        }
        return ProgramFrames.ofProgram(frames);
    }

    /// Whether the loop begins a step with this frame, so that what lies below is its own.
    static boolean isBelowStep(StackTraceElement frame) {
        return RunningStep.isOf(frame, UserCallback.class, "run") || RunningStep.isOf(frame, LoopIo.class, "poll");
    }

    /// Whether a frame says nothing about the program. What it calls of `Thread` does: `sleep`.
    private static boolean isMachinery(StackTraceElement frame, boolean innermost) {
        String type = frame.getClassName();
        if (type.equals("java.lang.Thread")) {
            return !frame.getMethodName().equals("sleep")
                    && !frame.getMethodName().equals("join");
        }
        return ProgramFrames.isMachinery(type) || (innermost && type.startsWith("java.lang.System$"));
    }

    // ------------------------------------------------------------------ its end

    /// Logs that the step is over, if it is known to the log and debug mode has not said it
    /// already.
    void tellEnd(long now) {
        if (isTold() && StepObserver.of(loop).slowSteps.logged() == loggedBefore) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    culprit + " no longer blocks its event loop, after " + Times.text(now - since));
        }
    }
}
