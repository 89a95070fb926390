package io.asyncio4j.web.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The end of an exchange by its client, which has left or takes nothing any more. No fault of the
/// program, so that nothing is logged.
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1;

    public ClientGoneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
