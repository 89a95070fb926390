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

    /// What is to be cancelled; guards everything here.
    private static final Set<Runnable> RUNNING = new LinkedHashSet<>();

    /// The handler replaced; null when ours is not installed.
    private static @Nullable Object replaced;

    private static boolean received;

    private Interrupts() {}

    /// Has `cancelMain` called at the first Ctrl-C.
    static void watch(Runnable cancelMain) {
        synchronized (RUNNING) {
            RUNNING.add(cancelMain);
            if (replaced == null) {
                replaced = Signals.handle(signal -> {
                    receive();
                    return null;
                });
            }
        }
    }

    /// Ends a [#watch].
    static void unwatch(Runnable cancelMain) {
        synchronized (RUNNING) {
            RUNNING.remove(cancelMain);
            if (RUNNING.isEmpty() && replaced != null && !received) {
                Signals.restore(replaced);
                replaced = null;
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

    /// Passes the signal on, once the runner it cancelled has cleaned up. Returns only if the
    /// program had a handler of its own.
    static void passOn() {
        Object handler;
        synchronized (RUNNING) {
            if (!RUNNING.isEmpty() || replaced == null) {
                return; // the last one passes it on
            }
            handler = replaced;
        }
        Signals.raise(handler);
        synchronized (RUNNING) {
            received = false;
            Signals.restore(handler);
            replaced = null;
        }
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
        static @Nullable Object handle(Action action) {
            if (HANDLER == null) {
                return null;
            }
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> action.on(arguments);
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "asyncio4j's handler of Ctrl-C";
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

        private interface Action {
            @Nullable
            Object on(Object[] arguments);
        }
    }
}
