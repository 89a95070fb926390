package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A path function that serves a WebSocket: one of its parameters is the [WebSocketSession].
/// FastAPI: `@app.websocket`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface WebSocket {
    /// Returns the path template, as of [Get].
    String value();
}
