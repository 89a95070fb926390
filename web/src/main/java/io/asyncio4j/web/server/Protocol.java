package io.asyncio4j.web.server;

import org.jspecify.annotations.Nullable;

/// The protocol that a client speaks.
enum Protocol {
    HTTP1,
    HTTP2,
    UNKNOWN;

    /// Returns the protocol that was agreed on with TLS.
    ///
    /// @param agreed its name in ALPN; null if none was
    static Protocol of(@Nullable String agreed) {
        return switch (agreed) {
            case "h2" -> HTTP2;
            case "http/1.1" -> HTTP1;
            case null, default -> UNKNOWN;
        };
    }
}
