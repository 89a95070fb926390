package io.asyncio4j.diagnose;

import io.asyncio4j.kernel.Engine;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.LoopIo;
import io.asyncio4j.kernel.Strand;
import io.asyncio4j.kernel.UserCallback;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The step that a loop makes at this moment, for whoever finds that it is blocked.
///
/// Read by other threads than the loop's: right only if the loop has not gone on meanwhile.
///
/// @param who the task or callback that runs, such as `task 'mailer'`
/// @param thread the thread it runs in
/// @param stack that thread's frames, innermost first
/// @param starved whether it could run, but its virtual thread does not get to
public record RunningStep(String who, Thread thread, List<StackTraceElement> stack, boolean starved) {
    /// A thread and its frames, innermost first.
    private record Running(Thread thread, List<StackTraceElement> stack) {}

    /// Returns null if the loop does not run.
    public static @Nullable RunningStep of(Loop loop) {
        Fiber<?> task = loop.owner.current();
        Strand strand = task == null ? null : task.strand();
        Running running = running(loop, strand);
        if (running == null) {
            return null;
        }
        boolean starved = strand != null && strand.isStarved();
        return new RunningStep(
                who(task, loop.runningCallback(), running.stack()), running.thread(), running.stack(), starved);
    }

    private static @Nullable Running running(Loop loop, @Nullable Strand strand) {
        Thread loopThread = loop.owner.thread();
        Engine engine = loop.engine();
        if (loopThread == null) {
            return null;
        }
        boolean borrowed = engine != null && engine.borrowsLoopThread();
        Thread thread = strand == null ? loopThread : strand.thread();
        List<StackTraceElement> stack = Arrays.asList(thread.getStackTrace());
        if (borrowed) {
            thread = loopThread; // the task's thread waits while code of the program runs there
            stack = Arrays.asList(thread.getStackTrace());
        }
        return new Running(thread, stack);
    }

    /// Whether the loop loads or links classes at this moment. If that cannot be told, it does not.
    static boolean loadsClasses(Loop loop) {
        try {
            Fiber<?> task = loop.owner.current();
            Running running = running(loop, task == null ? null : task.strand());
            return running != null && ClassLoading.isIn(running.stack());
        } catch (RuntimeException unable) {
            return false; // the loop goes on meanwhile
        }
    }

    private static String who(@Nullable Fiber<?> task, @Nullable UserCallback callback, List<StackTraceElement> stack) {
        if (task != null) {
            return task.describe();
        }
        if (callback != null) {
            return "callback " + callback.describe();
        }
        return calls(stack, LoopIo.class, "poll") ? "the poller" : "the loop's own code";
    }

    private static boolean calls(List<StackTraceElement> stack, Class<?> type, String method) {
        return stack.stream().anyMatch(frame -> isOf(frame, type, method));
    }

    /// Whether a frame is of this method.
    static boolean isOf(StackTraceElement frame, Class<?> type, String method) {
        return frame.getMethodName().equals(method) && frame.getClassName().equals(type.getName());
    }

    /// For the beginning of a sentence.
    String whoCapitalized() {
        return Character.toUpperCase(who.charAt(0)) + who.substring(1);
    }
}
