package io.asyncio4j.web.http;

import java.io.IOException;

/// A fault of the client in what it has sent, or a limit that it has reached, with the status to
/// answer. Thrown where a body is read, too; the connection cannot go on after most of them.
public final class HttpError extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    /// @param status the status of the answer, 400 to 599
    /// @param message says what was wrong, in words that the client may read
    public HttpError(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
