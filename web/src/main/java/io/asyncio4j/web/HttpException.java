package io.asyncio4j.web;

import io.asyncio4j.web.http.Reasons;
import org.jspecify.annotations.Nullable;

/// An answer that is thrown: `throw new HttpException(404, "No item 5")` answers with status 404
/// and `{"detail": "No item 5"}`. FastAPI: `HTTPException`.
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient @Nullable Object detail;
    private final transient Headers headers;

    /// Makes one whose detail is the status's phrase, such as `Forbidden`.
    ///
    /// @param status from 200 to 599
    /// @throws IllegalArgumentException if the status is not in that range
    public HttpException(int status) {
        this(status, null);
    }

    /// @param status from 200 to 599; with 204 and 304, the answer has no body
    /// @param detail becomes JSON; mostly a sentence. Null is the status's phrase, such as
    ///     `Forbidden`
    /// @throws IllegalArgumentException if the status is not in that range
    public HttpException(int status, @Nullable Object detail) {
        this(status, detail, Headers.empty());
    }

    private HttpException(int status, @Nullable Object detail, Headers headers) {
        super(status + ": " + (detail == null ? Reasons.of(status) : detail));
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("The status of an answer must be from 200 to 599, but is " + status);
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

    /// Returns what the client is told; null if that is the status's phrase.
    public @Nullable Object detail() {
        return detail;
    }

    /// Returns the headers of the answer.
    public Headers headers() {
        return headers;
    }
}
