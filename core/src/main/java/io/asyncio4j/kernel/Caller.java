package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.base.CarrierAccess;
import io.asyncio4j.base.StackRoom;
import org.jspecify.annotations.Nullable;

/// The caller: the loop and the task that the calling thread belongs to, if to any.
public final class Caller {
    /// The loop that a thread runs, or whose task it carries. Carrier strands need no entry.
    public static final ThreadLocal<@Nullable Loop> LOOP = new ThreadLocal<>();

    /// The context of a thread that runs no loop.
    private static final ThreadLocal<Context> CONTEXT = ThreadLocal.withInitial(Context::new);

    private Caller() {}

    /// Returns the loop that the calling thread belongs to, running a task or a callback; else
    /// null.
    public static @Nullable Loop loop() {
        Thread me = Thread.currentThread();
        if (me.isVirtual()
                && CarrierAccess.unavailable() == null
                && CarrierAccess.scheduler(me) instanceof Strand strand
                && strand.thread() == me) {
            return strand.loop;
        }
        return LOOP.get();
    }

    // ------------------------------------------------------------------ its context

    /// Returns the context the caller runs in.
    public static Context context() {
        Loop loop = loop();
        if (loop != null) {
            Fiber<?> task = loop.owner.currentTask();
            Context context = task == null ? loop.callbackContext() : task.enteredContext();
            if (context != null) {
                return context;
            }
        }
        return CONTEXT.get();
    }

    /// Whether code runs in `context` that is the caller, or goes on after the caller's step.
    public static boolean runsIn(Context context) {
        if (context() == context) {
            return true;
        }
        Loop loop = loop();
        Fiber<?> task = loop == null ? null : loop.owner.currentTask();
        if (loop == null || task == null) {
            return false;
        }
        for (Fiber<?> outer = task.outer(); outer != null; outer = outer.outer()) {
            if (outer.enteredContext() == context) {
                return true;
            }
        }
        return loop.callbackContext() == context;
    }

    /// Has the caller run in `context` from now on. Returns the one before.
    public static Context enter(Context context) {
        Context before = context();
        Loop loop = loop();
        Fiber<?> task = loop == null ? null : loop.owner.currentTask();
        if (task != null) {
            task.enter(context);
        } else if (loop != null && loop.callbackContext() != null) {
            loop.setCallbackContext(context);
        } else {
            CONTEXT.set(context);
        }
        return before;
    }

    /// Calls `body` in `context`, also if code runs there already.
    static void runIn(Context context, Runnable body) {
        Context before = enter(context);
        try {
            body.run();
        } finally {
            enter(before);
        }
    }

    // ------------------------------------------------------------------ its loop and task

    /// Returns the loop the calling thread belongs to.
    ///
    /// @param what was tried, for the message
    public static Loop requireLoop(String what) {
        StackRoom.requireForSteps();
        Loop loop = loop();
        if (loop == null) {
            throw new IllegalStateException(
                    "Cannot " + what + ": no event loop runs in " + describe() + "; " + Advice.withoutLoop(what));
        }
        return loop;
    }

    /// Checks that the calling thread can start to run a loop.
    public static void requireNoLoop() {
        if (loop() != null) {
            throw new IllegalStateException("Cannot run an event loop in " + describe()
                    + ": one runs there already; await the coroutine, or create a task for it");
        }
    }

    /// Returns the task the calling thread carries.
    ///
    /// @param what was tried, for the message
    public static Fiber<?> requireTask(String what) {
        Fiber<?> task = requireLoop(what).owner.currentTask();
        if (task == null) {
            throw notInTask(what);
        }
        return task;
    }

    static IllegalStateException notInTask(String what) {
        return new IllegalStateException("Cannot " + what
                + " in a callback: only a task can suspend; create one in the callback with createTask(...)");
    }

    /// Names the caller for messages: its task, else its thread.
    static String describe() {
        Loop loop = loop();
        Fiber<?> task = loop == null ? null : loop.owner.currentTask();
        return task == null ? name(Thread.currentThread()) : task.describe();
    }

    public static String name(Thread thread) {
        return thread.getName().isEmpty() ? "thread " + thread : "thread '" + thread.getName() + "'";
    }
}
