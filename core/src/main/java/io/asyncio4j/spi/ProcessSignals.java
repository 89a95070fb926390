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
            Claim latest;
            synchronized (CLAIMED) {
                if (claims.isEmpty()) {
                    return; // closed while the signal was on its way
                }
                latest = claims.getLast();
            }
            latest.action.run();
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

        /// Takes the wish back; if it was the last, has the handler before handle the signal: the
        /// JVM's own ends the process on `INT`, `TERM` and `HUP`.
        public void passOn() {
            if (claimed.remove(this)) {
                Reflection.call(claimed.replaced, claimed.name);
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
