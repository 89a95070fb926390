package io.asyncio4j.web;

/// The end of a WebSocket, thrown to whoever receives from it or sends to it afterwards. FastAPI:
/// `WebSocketDisconnect`.
public final class WebSocketClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_CODE = 1005;

    private final int code;
    private final String reason;

    /// Makes an exception.
    ///
    /// @param code the code of the first close frame; 1005 if it had none, 1006 if there was no
    ///     close frame
    /// @param reason the reason in the close frame; empty if it had none
    public WebSocketClosedException(int code, String reason) {
        super("The WebSocket is closed with code " + code + (reason.isEmpty() ? "" : ": " + reason));
        this.code = code;
        this.reason = reason;
    }

    /// Returns the code of the first close frame, of whichever side: 1005 if it had none, 1006 if
    /// the connection ended without one.
    public int code() {
        return code;
    }

    /// Returns the reason in the close frame; empty if it had none.
    public String reason() {
        return reason;
    }

    /// Returns whether the end was a usual one: code 1000, 1001 or none.
    public boolean isNormal() {
        return code == NORMAL || code == GOING_AWAY || code == NO_CODE;
    }
}
