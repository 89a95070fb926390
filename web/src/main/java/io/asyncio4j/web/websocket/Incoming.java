package io.asyncio4j.web.websocket;

import io.asyncio4j.web.WebSocketMessage;

/// A message or signal from a client, whole and checked.
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
sealed interface Incoming {
    /// A message.
    ///
    /// @param size its bytes, unpacked
    record Data(WebSocketMessage message, int size) implements Incoming {}

    /// No message so far, but more work than is to be done at once.
    record Pause() implements Incoming {}

    record Ping(byte[] payload) implements Incoming {}

    record Pong(byte[] payload) implements Incoming {}

    /// The client's last frame.
    ///
    /// @param code [CloseCode#NONE] if it had none
    record Close(int code, String reason) implements Incoming {}
}
