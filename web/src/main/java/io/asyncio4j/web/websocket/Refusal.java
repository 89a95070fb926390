package io.asyncio4j.web.websocket;

import io.asyncio4j.web.Headers;

/// A handshake that is not answered with a change of protocols.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Headers headers;

    /// @param message says what was wrong, in words that the client may read
    Refusal(int status, String message) {
        this(status, message, Headers.empty());
    }

    Refusal(int status, String message, Headers headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    /// Returns the headers that belong to the status.
    Headers headers() {
        return headers;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
