package io.asyncio4j.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An event of a stream that a browser's `EventSource` reads. Immutable; any thread. FastAPI:
/// `ServerSentEvent`.
///
/// @param data the text; may have several lines
/// @param event the type; null for `message`
/// @param id what the client sends as `Last-Event-ID` when it comes back; null for none
/// @param retry after how long a client that lost the connection comes back; null for its default
public record ServerSentEvent(
        String data,
        @Nullable String event,
        @Nullable String id,
        @Nullable Duration retry) {

    /// Checks the arguments.
    ///
    /// @throws IllegalArgumentException if the type or the identifier has a line end or a NUL, or
    ///     the time is negative
    public ServerSentEvent {
        requireOneLine("type", event);
        requireOneLine("identifier", id);
        if (retry != null && retry.isNegative()) {
            throw new IllegalArgumentException(
                    "The time after which a client comes back must not be negative, but is " + retry);
        }
    }

    /// Returns an event with data only.
    public static ServerSentEvent of(String data) {
        return new ServerSentEvent(data, null, null, null);
    }

    /// Returns this with a type.
    public ServerSentEvent event(String type) {
        return new ServerSentEvent(data, type, id, retry);
    }

    /// Returns this with an identifier.
    public ServerSentEvent id(String identifier) {
        return new ServerSentEvent(data, event, identifier, retry);
    }

    /// Returns this with a time after which a client comes back.
    public ServerSentEvent retry(Duration delay) {
        return new ServerSentEvent(data, event, id, delay);
    }

    private static void requireOneLine(String what, @Nullable String text) {
        if (text != null && text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new IllegalArgumentException(
                    "The " + what + " of an event must be one line without NUL, but is '" + text + "'");
        }
    }

    /// Returns the text that is sent.
    String text() {
        StringBuilder text = new StringBuilder();
        if (event != null) {
            text.append("event: ").append(event).append('\n');
        }
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        if (retry != null) {
            text.append("retry: ").append(retry.toMillis()).append('\n');
        }
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty() || data.endsWith("\n")) {
            text.append("data: \n");
        }
        return text.append('\n').toString();
    }
}
