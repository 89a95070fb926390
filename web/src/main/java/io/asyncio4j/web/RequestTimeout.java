package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.TimeoutException;
import java.time.Duration;

/// A limit to the time in which an answer is made: `app.around(RequestTimeout.create(seconds(5)))`.
/// Immutable; any thread.
///
/// When the time is over, the code that makes the answer is cancelled, and the client gets status
/// 503. A stream or a file is sent afterwards, for as long as that takes. For one application or
/// some requests; [Limits#requestTime] is for all of a server. FastAPI has no counterpart.
public final class RequestTimeout implements Middleware {
    private final Duration time;

    private RequestTimeout(Duration time) {
        this.time = time;
    }

    /// Returns a limit.
    ///
    /// @throws IllegalArgumentException if the time is not positive
    public static RequestTimeout create(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("The time for a request must be positive, but is " + time);
        }
        return new RequestTimeout(time);
    }

    @Override
    public Response handle(Request request, Next next) throws Exception {
        boolean[] over = new boolean[1];
        try {
            return Asyncio.timeout(time, timeout -> {
                try {
                    return next.handle(request);
                } finally {
                    over[0] = timeout.expired();
                }
            });
        } catch (TimeoutException late) {
            if (!over[0]) {
                throw late; // of a time limit that the application has set itself
            }
            return Response.text("The request took too long").status(503).header("retry-after", "1");
        }
    }

    @Override
    public String toString() {
        return "RequestTimeout[" + time + "]";
    }
}
