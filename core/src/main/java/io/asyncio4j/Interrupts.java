package io.asyncio4j;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ctrl-C, as asyncio's runner treats it: the first cancels the main tasks of all runners, so that
/// their `finally` blocks run; the second ends the process at once.
///
/// The handler is installed while a runner runs. When the cancelled runners have ended, the signal
/// is passed on to the handler that was there before: the JVM's own ends the process with status
/// 130. Where the JVM does not let signals be handled (`-Xrs`), nothing of this happens.
final class Interrupts {
    private static final int STATUS = 130;

    /// What the first Ctrl-C calls, one for each runner that runs; guards everything here.
    private static final Set<Runnable> RUNNING = new LinkedHashSet<>();

    /// How many runners were cancelled and have not cleaned up yet.
    private static int cleaningUp;

    /// The handler replaced; null when ours is not installed.
    private static @Nullable Object replaced;

    private static boolean received;

    private Interrupts() {}

    /// Has `cancelMain` called at the first Ctrl-C.
    static void watch(Runnable cancelMain) {
        synchronized (RUNNING) {
            RUNNING.add(cancelMain);
            if (replaced == null) {
                replaced = Signals.install(Interrupts::receive);
            }
        }
    }

    /// Ends a [#watch].
    ///
    /// @param cancelled whether Ctrl-C has ended the run: then [#passOn] follows
    static void unwatch(Runnable cancelMain, boolean cancelled) {
        synchronized (RUNNING) {
            RUNNING.remove(cancelMain);
            if (cancelled) {
                cleaningUp++;
            } else if (RUNNING.isEmpty() && cleaningUp == 0) {
                uninstall();
            }
        }
    }

    private static void receive() {
        synchronized (RUNNING) {
            if (received) {
                Runtime.getRuntime().halt(STATUS);
            }
            received = true;
            RUNNING.forEach(Runnable::run);
        }
    }

    /// Passes the signal on, once every runner it cancelled has cleaned up. Returns only if others
    /// have not, or if the program had a handler of its own.
    static void passOn() {
        Object handler;
        synchronized (RUNNING) {
            if (--cleaningUp > 0 || !RUNNING.isEmpty()) {
                return;
            }
            handler = uninstall();
        }
        if (handler != null) {
            Signals.raise(handler);
        }
    }

    private static @Nullable Object uninstall() {
        Object handler = replaced;
        replaced = null;
        received = false;
        if (handler != null) {
            Signals.restore(handler);
        }
        return handler;
    }

    /// `sun.misc.Signal` by reflection: the compiler warns of every direct use, without a way to
    /// accept it.
    private static final class Signals {
        private static final @Nullable Object INT;
        private static final @Nullable Class<?> HANDLER;
        private static final @Nullable Method HANDLE;

        static {
            Object signal = null;
            Class<?> handler = null;
            Method handle = null;
            try {
                Class<?> type = Class.forName("sun.misc.Signal");
                handler = Class.forName("sun.misc.SignalHandler");
                signal = type.getConstructor(String.class).newInstance("INT");
                handle = type.getMethod("handle", type, handler);
            } catch (ReflectiveOperationException | RuntimeException e) {
                handle = null; // no signals here
            }
            INT = signal;
            HANDLER = handler;
            HANDLE = handle;
        }

        /// Installs a handler; returns the one before, or null if that is not possible.
        static @Nullable Object install(Runnable action) {
            if (HANDLER == null) {
                return null;
            }
            InvocationHandler invocation = (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "handle" -> action.run();
                    case "hashCode" -> {
                        return System.identityHashCode(proxy);
                    }
                    case "equals" -> {
                        return proxy == arguments[0];
                    }
                    default -> {
                        return "asyncio4j's handler of Ctrl-C";
                    }
                }
                return null;
            };
            return restore(
                    Proxy.newProxyInstance(Interrupts.class.getClassLoader(), new Class<?>[] {HANDLER}, invocation));
        }

        static @Nullable Object restore(Object handler) {
            try {
                return HANDLE == null ? null : HANDLE.invoke(null, INT, handler);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                return null; // -Xrs
            }
        }

        static void raise(Object handler) {
            try {
                if (HANDLER != null) {
                    HANDLER.getMethod("handle", Class.forName("sun.misc.Signal"))
                            .invoke(handler, INT);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The handler of Ctrl-C failed", e);
            }
        }
    }
}
