package io.asyncio4j.web.websocket;

import io.asyncio4j.web.Limits;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.ObjectMapper;

/// The settings of all WebSockets of a server.
///
/// @param limits of messages, their queue, and the time between pings
/// @param closeTime how long a client may take to answer a close frame, and a handler to notice
///     that the client has left
/// @param json makes the mapper, when JSON is first used
public record WebSocketSettings(Limits limits, Duration closeTime, Supplier<ObjectMapper> json) {
    private static final Duration CLOSE_TIME = Duration.ofSeconds(3);

    /// Makes settings with the usual time to close.
    public WebSocketSettings(Limits limits, Supplier<ObjectMapper> json) {
        this(limits, CLOSE_TIME, json);
    }
}
