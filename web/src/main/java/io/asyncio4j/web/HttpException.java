package io.asyncio4j.web;

import org.jspecify.annotations.Nullable;

/// An answer that is thrown: `throw new HttpException(404, "No item 5")` answers with status 404
/// and
/// `{"detail": "No item 5"}`. FastAPI: `HTTPException`.
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient @Nullable Object detail;
    private final transient Headers headers;

    /// @param status from 400 to 599
    /// @param detail becomes JSON; mostly a sentence
    /// @throws IllegalArgumentException if the status is not from 400 to 599
    public HttpException(int status, @Nullable Object detail) {
        this(status, detail, Headers.empty());
    }

    private HttpException(int status, @Nullable Object detail, Headers headers) {
        super(status + ": " + detail);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of a failure must be from 400 to 599, but is " + status);
        }
        this.status = status;
        this.detail = detail;
        this.headers = headers;
    }

    /// Returns this with a header for the answer.
    ///
    /// @throws IllegalArgumentException as [Headers#of]
    public HttpException header(String name, String value) {
        HttpException changed = new HttpException(status, detail, headers.plus(name, value));
        changed.setStackTrace(getStackTrace());
        return changed;
    }

    /// Returns the status.
    public int status() {
        return status;
    }

    /// Returns what the client is told.
    public @Nullable Object detail() {
        return detail;
    }

    /// Returns the headers of the answer.
    public Headers headers() {
        return headers;
    }
}
