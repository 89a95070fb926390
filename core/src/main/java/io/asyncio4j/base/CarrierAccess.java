package io.asyncio4j.base;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// All use of JDK internals: virtual threads whose scheduler is given. A JDK with a scheduler API
/// of its own replaces this class.
///
/// Needs `--add-opens java.base/java.lang=ALL-UNNAMED` (or `=io.asyncio4j` on the module path).
/// Whether it works is found out once, when the class is initialised: see [#unavailable].
@SuppressWarnings("NullAway") // nothing here is null unless it is unavailable
public final class CarrierAccess {
    private static final int NO_INHERITED_LOCALS = 1 << 2;

    private static final @Nullable String UNAVAILABLE;
    private static final @Nullable MethodHandle NEW_THREAD;
    private static final @Nullable MethodHandle SCHEDULER;
    private static final @Nullable VarHandle LOCALS;
    private static final @Nullable VarHandle INHERITABLE_LOCALS;
    private static final @Nullable VarHandle NAME;
    private static final @Nullable Executor DEFAULT_SCHEDULER;

    /// The I/O that blocks a thread and that `Thread.interrupt` tells; null where the JDK has it
    /// otherwise.
    private static final @Nullable VarHandle BLOCKER;

    private static final @Nullable Class<?> BLOCKER_TYPE;

    static {
        VarHandle blocker = null;
        Class<?> blockerType = null;
        try {
            blockerType = Class.forName("sun.nio.ch.Interruptible");
            blocker = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVarHandle(Thread.class, "nioBlocker", blockerType)
                    .withInvokeBehavior();
        } catch (ReflectiveOperationException | LinkageError unable) {
            // interrupts of a loop's thread in the midst of a task's step are lost
        }
        BLOCKER = blocker;
        BLOCKER_TYPE = blockerType;
    }

    static {
        String reason = null;
        MethodHandle newThread = null;
        MethodHandle scheduler = null;
        VarHandle locals = null;
        VarHandle inheritable = null;
        VarHandle name = null;
        Executor standard = null;
        try {
            Class<?> virtualThread = Class.forName("java.lang.VirtualThread");
            Class<?> builders = Class.forName("java.lang.ThreadBuilders");
            MethodHandles.Lookup inThread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            MethodHandles.Lookup inVirtual = MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup());
            newThread = inThread.findStatic(
                    builders,
                    "newVirtualThread",
                    MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
            scheduler = inVirtual
                    .findGetter(virtualThread, "scheduler", Executor.class)
                    .asType(MethodType.methodType(Executor.class, Thread.class));
            standard = (Executor) inVirtual
                    .findStatic(virtualThread, "defaultScheduler", MethodType.methodType(Executor.class))
                    .invoke();
            Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
            locals = inThread.findVarHandle(Thread.class, "threadLocals", map).withInvokeBehavior();
            inheritable = inThread.findVarHandle(Thread.class, "inheritableThreadLocals", map)
                    .withInvokeBehavior();
            name = inThread.findVarHandle(Thread.class, "name", String.class).withInvokeBehavior();
            if (!Thread.ofVirtual().unstarted(() -> {}).getClass().equals(virtualThread)) {
                reason = "this JVM has no continuations";
            }
        } catch (IllegalAccessException e) {
            reason = "java.lang is not open to it; start java with --add-opens java.base/java.lang=ALL-UNNAMED";
        } catch (Throwable e) {
            reason = "this JDK (" + Runtime.version() + ") does not have the internals it needs: " + e;
        }
        UNAVAILABLE = reason;
        NEW_THREAD = newThread;
        SCHEDULER = scheduler;
        LOCALS = locals;
        INHERITABLE_LOCALS = inheritable;
        NAME = name;
        DEFAULT_SCHEDULER = standard;
    }

    private CarrierAccess() {}

    /// Returns why this cannot be used here, or null if it can.
    public static @Nullable String unavailable() {
        return UNAVAILABLE;
    }

    /// Returns an unstarted virtual thread that hands every continuation to `scheduler`.
    public static Thread newThread(Executor scheduler, Runnable body) {
        try {
            return (Thread) NEW_THREAD.invokeExact(scheduler, (String) null, NO_INHERITED_LOCALS, body);
        } catch (Throwable e) {
            throw Throwing.sneaky(e);
        }
    }

    /// Returns the scheduler of a virtual thread.
    public static Executor scheduler(Thread virtual) {
        try {
            return (Executor) SCHEDULER.invokeExact(virtual);
        } catch (Throwable e) {
            throw Throwing.sneaky(e);
        }
    }

    /// Returns the scheduler of ordinary virtual threads.
    public static Executor defaultScheduler() {
        return DEFAULT_SCHEDULER;
    }

    /// Whether [#newBlocker] and its kin can be used.
    public static boolean hasBlockers() {
        return BLOCKER != null;
    }

    /// Returns what calls `interrupted` when a thread that is blocked in it is interrupted.
    public static Object newBlocker(Runnable interrupted) {
        return Proxy.newProxyInstance(BLOCKER_TYPE.getClassLoader(), new Class<?>[] {BLOCKER_TYPE}, (_, method, _) -> {
            if (method.getName().equals("interrupt")) {
                interrupted.run();
            }
            return null;
        });
    }

    /// Returns what `thread` is blocked in.
    public static @Nullable Object blocker(Thread thread) {
        return BLOCKER.getVolatile(thread);
    }

    public static void setBlocker(Thread thread, @Nullable Object blocker) {
        BLOCKER.setVolatile(thread, blocker);
    }

    /// Names a virtual thread, which belongs to the caller, without the lock that `setName` takes.
    public static void setName(Thread virtual, String name) {
        NAME.setVolatile(virtual, name);
    }

    /// Takes every thread-local from a thread that is about to serve another task.
    public static void clearLocals(Thread thread) {
        if (LOCALS.get(thread) != null) {
            LOCALS.set(thread, null);
        }
        if (INHERITABLE_LOCALS.get(thread) != null) {
            INHERITABLE_LOCALS.set(thread, null);
        }
    }
}
