package io.asyncio4j.spi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The signals that the operating system sends to this process, for modules; programs use the
/// streams module's `Signals`.
///
/// Any thread may call this. A signal that somebody claims goes to the latest [Claim] on it; the
/// handler that the JVM or the program had before is back when no claim is left.
public final class ProcessSignals {
    /// What the JVM lets be replaced, and cannot work without.
    private static final Set<String> NEEDED = Set.of("BUS", "USR2");

    /// What `-Xrs` leaves to the operating system.
    private static final Set<String> REDUCED = Set.of("HUP", "INT", "TERM");

    /// The id that the JDK gives to the thread in which it starts, before there is any other; it
    /// was 1 before JDK 24. Neither name nor group tells that thread for sure.
    private static final long MAIN_THREAD = 3;

    /// The signals with claims; guards everything here.
    private static final Map<String, Claimed> CLAIMED = new HashMap<>();

    private ProcessSignals() {}

    /// Has `action` called when the signal arrives, in a thread of its own, until the claim is
    /// closed.
    ///
    /// @param name such as `TERM` or `SIGTERM`
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if a process, or the JVM, cannot handle that signal
    public static Claim claim(String name, Runnable action) {
        synchronized (CLAIMED) {
            Claim claim = new Claim(claimed(plain(name)), action);
            claim.claimed.claims.addLast(claim);
            return claim;
        }
    }

    /// Like [#claim], but behind every other: `action` is called while nobody else claims the
    /// signal.
    public static Claim fallback(String name, Runnable action) {
        synchronized (CLAIMED) {
            Claim claim = new Claim(claimed(plain(name)), action);
            claim.claimed.claims.addFirst(claim);
            return claim;
        }
    }

    private static Claimed claimed(String name) {
        requireFree(name);
        Claimed known = CLAIMED.get(name);
        if (known != null) {
            return known;
        }
        Claimed claimed = new Claimed(name);
        CLAIMED.put(name, claimed);
        return claimed;
    }

    /// Returns the signal's number on this system.
    ///
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if this Java has no signals
    public static int number(String name) {
        return Reflection.number(plain(name));
    }

    /// Sends a signal to this process: for one that arrived for a handler which is gone, so that it
    /// has the effect that it has now. Does nothing where the signal is ignored, or cannot be
    /// raised.
    public static void raise(String name) {
        Reflection.raise(plain(name));
    }

    /// Returns whether the caller is the thread that started `main`, the one thread in which Ctrl-C
    /// is handled unasked.
    public static boolean isMainThread() {
        Thread me = Thread.currentThread();
        return !me.isVirtual() && me.threadId() <= MAIN_THREAD;
    }

    /// Returns the name as the JDK has it: `TERM` for `SIGTERM`.
    public static String plain(String name) {
        return name.startsWith("SIG") ? name.substring("SIG".length()) : name;
    }

    private static void requireFree(String name) {
        Reflection.number(name); // is there such a signal?
        if (NEEDED.contains(name)) {
            throw unable(name, "the JVM needs it for itself", null);
        }
    }

    private static UnsupportedOperationException unable(String name, String why, @Nullable Throwable cause) {
        return new UnsupportedOperationException(
                "Cannot handle SIG" + name + ": " + why + "; TERM, INT, HUP and USR1 can be handled", cause);
    }

    /// A signal with claims.
    private static final class Claimed {
        final String name;
        final List<Claim> claims = new ArrayList<>();

        /// The handler before.
        final Object replaced;

        Claimed(String name) {
            this.name = name;
            try {
                replaced = Reflection.handle(name, Reflection.newHandler(name, this::arrived));
            } catch (IllegalArgumentException refused) {
                String why = REDUCED.contains(name)
                        ? "the JVM was started with -Xrs, which leaves it to the operating system"
                        : "the JVM or the operating system keeps it for itself";
                throw unable(name, why, refused);
            }
        }

        private void arrived() {
            @Nullable Claim latest;
            synchronized (CLAIMED) {
                latest = claims.isEmpty() ? null : claims.getLast();
            }
            if (latest == null) {
                Reflection.raise(name); // closed while the signal was on its way: for the handler before
            } else {
                latest.action.run();
            }
        }

        boolean isOnly(Claim claim) {
            synchronized (CLAIMED) {
                return claims.size() == 1 && claims.contains(claim);
            }
        }

        /// Returns whether this was the last claim, so that the handler before is back.
        boolean remove(Claim claim) {
            synchronized (CLAIMED) {
                if (!claims.remove(claim) || !claims.isEmpty()) {
                    return false;
                }
                CLAIMED.remove(name);
                Reflection.handle(name, replaced);
                return true;
            }
        }
    }

    /// A wish to handle a signal.
    public static final class Claim implements AutoCloseable {
        private final Claimed claimed;
        private final Runnable action;

        private Claim(Claimed claimed, Runnable action) {
            this.claimed = claimed;
            this.action = Objects.requireNonNull(action, "action");
        }

        /// Takes the wish back. Closing twice is harmless.
        @Override
        public void close() {
            claimed.remove(this);
        }

        /// Returns whether the handler before is the JVM's own, and not one that the program has
        /// installed.
        public boolean replacesJvms() {
            return Reflection.isJvms(claimed.replaced);
        }

        /// Has the handler before handle the signal, in a thread of its own, and takes the wish
        /// back when that returns. If others claim the signal too, only takes the wish back.
        ///
        /// The JVM's own ends the process on `INT`, `TERM` and `HUP`, and does not return. It waits
        /// for shutdown hooks, which may wait for the caller: so the caller must not wait for it
        /// without a limit.
        ///
        /// @return the thread, or null if others claim the signal
        public @Nullable Thread passOn() {
            if (!claimed.isOnly(this)) {
                close();
                return null;
            }
            return Thread.ofPlatform()
                    .daemon(false)
                    .name("asyncio4j-SIG" + claimed.name)
                    .start(this::callReplaced);
        }

        private void callReplaced() {
            if (Reflection.isNative(claimed.replaced)) {
                close();
                Reflection.raise(claimed.name);
                return;
            }
            try {
                Reflection.call(claimed.replaced, claimed.name);
            } finally {
                close();
            }
        }
    }

    /// `sun.misc.Signal` by reflection: the compiler warns of every direct use, without a way to
    /// accept it.
    private static final class Reflection {
        private static final @Nullable Class<?> SIGNAL = find("sun.misc.Signal");
        private static final @Nullable Class<?> HANDLER = find("sun.misc.SignalHandler");

        private static @Nullable Class<?> find(String name) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                return null;
            }
        }

        private static Class<?> present(@Nullable Class<?> type) {
            if (type == null) {
                throw new UnsupportedOperationException(
                        "This Java has no signals; they need the module jdk.unsupported");
            }
            return type;
        }

        static int number(String name) {
            return (int) invoke(method(present(SIGNAL), "getNumber"), signal(name));
        }

        /// Installs a handler.
        ///
        /// @return the one before
        /// @throws IllegalArgumentException if that is not possible
        static Object handle(String name, Object handler) {
            Class<?> type = present(SIGNAL);
            return invoke(method(type, "handle", type, present(HANDLER)), null, signal(name), handler);
        }

        static void call(Object handler, String name) {
            call(method(present(HANDLER), "handle", present(SIGNAL)), handler, signal(name));
        }

        /// Has the system send the signal to this process.
        static void raise(String name) {
            try {
                call(method(present(SIGNAL), "raise", present(SIGNAL)), null, signal(name));
            } catch (IllegalArgumentException ignored) {
                return; // as INT is in a background job, or with -Xrs
            }
        }

        /// Whether a handler is one of the system's two: the default, or to ignore the signal.
        static boolean isNative(Object handler) {
            return handler == constant("SIG_DFL") || handler == constant("SIG_IGN");
        }

        /// Whether a handler is of the JVM: the program's come back as they were given.
        static boolean isJvms(Object handler) {
            return handler.getClass().getName().startsWith("sun.misc.") && !isNative(handler);
        }

        private static Object constant(String name) {
            try {
                return Objects.requireNonNull(present(HANDLER).getField(name).get(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        static Object newHandler(String name, Runnable action) {
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "asyncio4j's handler of SIG" + name;
            };
            return Proxy.newProxyInstance(
                    ProcessSignals.class.getClassLoader(), new Class<?>[] {present(HANDLER)}, invocation);
        }

        private static Object signal(String name) {
            try {
                return present(SIGNAL).getConstructor(String.class).newInstance(name);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(
                        "There is no signal '" + name + "' on this system; give a name such as TERM, INT or USR1",
                        e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Method method(Class<?> type, String name, Class<?>... parameters) {
            try {
                return type.getMethod(name, parameters);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Object invoke(Method method, @Nullable Object target, Object... arguments) {
            return Objects.requireNonNull(call(method, target, arguments));
        }

        private static @Nullable Object call(Method method, @Nullable Object target, Object... arguments) {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                switch (e.getCause()) {
                    case RuntimeException unchecked -> throw unchecked;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException(e);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
