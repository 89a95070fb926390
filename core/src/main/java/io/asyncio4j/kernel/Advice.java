package io.asyncio4j.kernel;

import java.util.List;
import java.util.stream.Stream;

/// The remedies for code that needs a loop and runs in a thread without one. Any thread.
public final class Advice {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final String RUN = "start one with Asyncio.run(...)";

    /// The origin of a call.
    private enum Origin {
        TO_THREAD,
        EXECUTOR,
        TEST,
        UNKNOWN
    }

    /// Marks the class of a call of `toThread`: code that it calls finds it on the stack.
    public interface OfToThread {}

    /// Marks the class of a call in an executor.
    public interface OfExecutor {}

    private Advice() {}

    /// Returns what to do in the calling thread, in which no loop runs; follows a semicolon.
    ///
    /// @param what was tried, such as `sleep`; empty if that is said elsewhere
    public static String withoutLoop(String what) {
        return switch (WALKER.walk(Advice::originOf)) {
            case TO_THREAD -> inCall("toThread(...)", what);
            case EXECUTOR -> inCall("runInExecutor(...)", what);
            case TEST -> "in a test, use @AsyncTest of asyncio4j-testing in place of @Test, or " + RUN;
            case UNKNOWN -> inThread(what);
        };
    }

    private static Origin originOf(Stream<StackWalker.StackFrame> stack) {
        return stack.map(frame -> originOf(frame.getDeclaringClass()))
                .filter(origin -> origin != Origin.UNKNOWN)
                .findFirst()
                .orElse(Origin.UNKNOWN);
    }

    /// Who calls code from this class. The first one counts, from the caller outwards.
    private static Origin originOf(Class<?> type) {
        if (OfToThread.class.isAssignableFrom(type)) {
            return Origin.TO_THREAD;
        }
        if (OfExecutor.class.isAssignableFrom(type)) {
            return Origin.EXECUTOR;
        }
        return type.getName().startsWith("org.junit.jupiter.engine.") ? Origin.TEST : Origin.UNKNOWN;
    }

    /// What a call that a task has sent to another thread is to do.
    private static String inCall(String call, String what) {
        String here = "this is a call of " + call + ", which runs outside the loop: ";
        return switch (what) {
            case "sleep" -> here + "use Thread.sleep(...) here, or sleep in the task, before or after " + call;
            case "call toThread" -> here + "make the blocking call directly, it may block here";
            default ->
                here + "do this in the task, before or after " + call
                        + ", or hand a coroutine to the loop with runCoroutineThreadsafe(coroutine, loop)";
        };
    }

    /// What a thread is to do that nothing is known of.
    private static String inThread(String what) {
        List<String> running = runningElsewhere();
        if (running.isEmpty()) {
            return RUN;
        }
        String loops = running.size() == 1
                ? "one runs in " + running.getFirst() + ": have it"
                : "loops run in other threads, such as " + running.getFirst() + ": have one";
        return loops + " run the coroutine, with runCoroutineThreadsafe(coroutine, loop), where loop is what"
                + " runningLoop() returns in a task there"
                + (what.equals("sleep") ? "; or use Thread.sleep(...) here" : "");
    }

    /// Names the threads in which loops run.
    private static List<String> runningElsewhere() {
        return LiveLoops.list().stream()
                .map(loop -> loop.owner.thread())
                .<String>mapMulti((thread, names) -> {
                    if (thread != null) {
                        names.accept(Caller.name(thread));
                    }
                })
                .toList();
    }
}
