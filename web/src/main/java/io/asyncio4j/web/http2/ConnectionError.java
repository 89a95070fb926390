package io.asyncio4j.web.http2;

/// A fault of the client after which the connection cannot go on.
final class ConnectionError extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    /// @param code one of [ErrorCode]
    /// @param message says what was wrong, in words that the client may read
    ConnectionError(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
