package io.asyncio4j.web.websocket;

/// A client's violation of the protocol, with the code to close with.
final class ProtocolFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    /// @param message says what was wrong, in words that the client may read
    ProtocolFault(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
