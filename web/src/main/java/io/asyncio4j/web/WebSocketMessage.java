package io.asyncio4j.web;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A message of a WebSocket, which is either text or binary. FastAPI: the dictionary that
/// `websocket.receive()` gives.
public sealed interface WebSocketMessage {
    /// A message of text.
    ///
    /// @param text the text
    record Text(String text) implements WebSocketMessage {}

    /// A binary message.
    ///
    /// @param bytes the bytes, which are not copied
    @SuppressWarnings("ArrayRecordComponent") // not copied on purpose; equals compares its elements
    record Binary(byte[] bytes) implements WebSocketMessage {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Binary(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Binary[" + bytes.length + " bytes]";
        }
    }
}
