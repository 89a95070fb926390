package io.asyncio4j.web.websocket;

/// The codes of a close frame (RFC 6455, section 7.4).
final class CloseCode {
    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int UNSUPPORTED = 1003;

    /// Stands for a close frame without a code; never sent.
    static final int NONE = 1005;

    /// Stands for an end without a close frame; never sent.
    static final int ABNORMAL = 1006;

    static final int INVALID_DATA = 1007;
    static final int TOO_BIG = 1009;
    static final int INTERNAL_ERROR = 1011;

    private static final int LAST_REGISTERED = 1014;
    private static final int FIRST_OWN = 3000;
    private static final int LAST_OWN = 4999;

    private CloseCode() {}

    /// Returns whether a close frame may have this code.
    static boolean maySend(int code) {
        return (code >= NORMAL && code <= UNSUPPORTED)
                || (code >= INVALID_DATA && code <= LAST_REGISTERED)
                || (code >= FIRST_OWN && code <= LAST_OWN);
    }
}
