package io.asyncio4j.conformance;

import io.asyncio4j.CancelledError;
import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.InvalidStateException;
import io.asyncio4j.Outcome;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.sync.BrokenBarrierException;
import io.asyncio4j.sync.QueueEmptyException;
import io.asyncio4j.sync.QueueFullException;
import io.asyncio4j.sync.QueueShutDownException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The exceptions of one program: their neutral names, their Java classes, and which of them the
/// program itself has made, since only those are shown with their message.
final class Exceptions {
    /// Java's counterparts of the neutral names. Where several classes fit, the first is named.
    private enum Kind {
        CANCELLED("CancelledError", "BaseException", CancelledError.class, CancelledError::new),
        INVALID_STATE("InvalidStateError", "Exception", InvalidStateException.class, InvalidStateException::new),
        TIMEOUT("TimeoutError", "Exception", TimeoutException.class, TimeoutException::new),
        QUEUE_EMPTY("QueueEmpty", "Exception", QueueEmptyException.class, QueueEmptyException::new),
        QUEUE_FULL("QueueFull", "Exception", QueueFullException.class, QueueFullException::new),
        QUEUE_SHUT_DOWN("QueueShutDown", "Exception", QueueShutDownException.class, QueueShutDownException::new),
        BROKEN_BARRIER("BrokenBarrierError", "RuntimeError", BrokenBarrierException.class, BrokenBarrierException::new),
        KEY("KeyError", "LookupError", UserErrors.KeyError.class, UserErrors.KeyError::new),
        LOOKUP("LookupError", "Exception", NoSuchElementException.class, NoSuchElementException::new),
        VALUE("ValueError", "Exception", IllegalArgumentException.class, IllegalArgumentException::new),
        STATE("RuntimeError", "Exception", IllegalStateException.class, IllegalStateException::new),
        UNSUPPORTED("RuntimeError", "Exception", UnsupportedOperationException.class, IllegalStateException::new),
        BASE_ERROR("BaseError", "BaseException", UserErrors.BaseError.class, UserErrors.BaseError::new),
        SYSTEM_EXIT("SystemExit", "BaseException", UserErrors.SystemExit.class, UserErrors.SystemExit::new),
        INTERRUPT(
                "KeyboardInterrupt",
                "BaseException",
                UserErrors.KeyboardInterrupt.class,
                UserErrors.KeyboardInterrupt::new),
        EXCEPTION("Exception", "BaseException", Exception.class, Exception::new),
        BASE_EXCEPTION("BaseException", "", Throwable.class, Error::new);

        private final String neutralName;
        private final String base;
        private final Class<? extends Throwable> type;

        @SuppressWarnings("ImmutableEnumChecker") // a constructor
        private final Function<String, Throwable> make;

        Kind(String neutralName, String base, Class<? extends Throwable> type, Function<String, Throwable> make) {
            this.neutralName = neutralName;
            this.base = base;
            this.type = type;
            this.make = make;
        }

        private static Kind of(Throwable thrown) {
            return Arrays.stream(values())
                    .filter(kind -> kind.type.isInstance(thrown))
                    .findFirst()
                    .orElseThrow();
        }

        static Kind named(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.neutralName.equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("No such exception: " + name));
        }
    }

    private static final String GROUP = "ExceptionGroup";
    private static final String BASE_GROUP = "BaseExceptionGroup";

    /// The messages of what the program made, by identity.
    private final IdentityHashMap<Throwable, String> made = new IdentityHashMap<>();

    /// What goes by another name than its class says, by identity.
    private final IdentityHashMap<Throwable, Kind> renamed = new IdentityHashMap<>();

    // ------------------------------------------------------------------ making

    /// Makes what a program describes.
    Throwable make(JsonNode description) {
        return make(
                description.get("kind").stringValue(), description.path("msg").asString(""), description);
    }

    /// Makes an exception with a message.
    Throwable make(String kind, String message) {
        Throwable thrown = Kind.named(kind).make.apply(message);
        made.put(thrown, message);
        return thrown;
    }

    private Throwable make(String kind, String message, JsonNode description) {
        if (!kind.equals(GROUP) && !kind.equals(BASE_GROUP)) {
            return make(kind, message);
        }
        List<Throwable> members = new ArrayList<>();
        description.get("subs").forEach(member -> members.add(make(member)));
        Throwable group = new ExceptionGroup(message, members);
        made.put(group, message);
        return group;
    }

    /// Runs a call to the library which Python refuses with a `ValueError`: in Java there is no
    /// argument to be blamed, and the refusal is an `IllegalStateException`.
    void refusedAsValueError(Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException refusal) {
            renamed.put(refusal, Kind.VALUE);
            throw refusal;
        }
    }

    // ------------------------------------------------------------------ showing

    /// Returns how an exception is shown: `E(e)` of the specification.
    List<@Nullable Object> show(Throwable thrown) {
        if (thrown instanceof ExceptionGroup group) {
            List<Object> members = new ArrayList<>();
            group.exceptions().forEach(member -> members.add(show(member)));
            return Values.listOf(isBaseGroup(group) ? BASE_GROUP : GROUP, made.get(thrown), members);
        }
        if (thrown instanceof CancelledError) {
            String message = thrown.getMessage();
            return message == null || message.isEmpty()
                    ? Values.listOf("CancelledError")
                    : Values.listOf("CancelledError", message);
        }
        String name = kind(thrown).neutralName;
        String message = made.get(thrown);
        return message == null ? Values.listOf(name) : Values.listOf(name, message);
    }

    /// Returns how a value is shown.
    @Nullable
    Object showValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Throwable thrown -> Map.of("exc", show(thrown));
            case Item item -> item.value();
            case Outcome<?> outcome -> showValue(outcome.isFailure() ? outcome.exception() : outcome.value());
            case List<?> list ->
                list.stream().<@Nullable Object>map(this::showValue).toList();
            case Object other -> other;
        };
    }

    // ------------------------------------------------------------------ matching

    /// Returns whether an `except` with this name takes the exception.
    boolean matches(Throwable thrown, String name) {
        if (thrown instanceof ExceptionGroup group) {
            return switch (name) {
                case "BaseException", BASE_GROUP -> true;
                case "Exception", GROUP -> !isBaseGroup(group);
                default -> false;
            };
        }
        for (Kind kind = kind(thrown); ; kind = Kind.named(kind.base)) {
            if (kind.neutralName.equals(name)) {
                return true;
            }
            if (kind.base.isEmpty()) {
                return false;
            }
        }
    }

    /// Returns whether it is an `Exception` in Python's sense, which is what a plain `except
    /// Exception` takes.
    boolean isOrdinary(Throwable thrown) {
        return matches(thrown, "Exception");
    }

    private Kind kind(Throwable thrown) {
        Kind other = renamed.get(thrown);
        return other == null ? Kind.of(thrown) : other;
    }

    /// Java has one class of groups; Python tells those apart that contain more than `Exception`s.
    private boolean isBaseGroup(ExceptionGroup group) {
        return !group.exceptions().stream().allMatch(this::isOrdinary);
    }
}
