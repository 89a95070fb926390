package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A line in a log for each request of an application: `app.around(AccessLog.create())`. Immutable;
/// any thread.
///
/// The server has such a log for all of its requests ([ServeOptions#accessLog]), with the bytes
/// that were sent. This is for one application that is mounted, or for a log of another name. A
/// line has the request's id, client, method, path and status, and the time in which the answer
/// was made, without its sending. As it may be a secret, the query is left out. FastAPI: the access
/// log of uvicorn.
public final class AccessLog implements Middleware {
    private final System.Logger logger;

    private AccessLog(System.Logger logger) {
        this.logger = logger;
    }

    /// Returns a log to the logger of the server's own, `io.asyncio4j.web.access`.
    public static AccessLog create() {
        return new AccessLog(System.getLogger("io.asyncio4j.web.access"));
    }

    /// Returns this with another logger. Lines have the level INFO.
    public AccessLog logger(System.Logger other) {
        return new AccessLog(Objects.requireNonNull(other, "other"));
    }

    @Override
    public Response handle(Request request, Next next) throws Exception {
        if (!logger.isLoggable(Level.INFO)) {
            return next.handle(request);
        }
        EventLoop loop = Asyncio.runningLoop();
        long began = loop.time();
        String outcome = "failed";
        try {
            Response response = next.handle(request);
            outcome = Integer.toString(response.status());
            return response;
        } catch (CancelledError cancelled) {
            outcome = "cancelled";
            throw cancelled;
        } catch (HttpException refusal) {
            outcome = Integer.toString(refusal.status());
            throw refusal;
        } finally {
            long micros = TimeUnit.NANOSECONDS.toMicros(loop.time() - began);
            logger.log(
                    Level.INFO,
                    "#" + request.id() + " " + client(request.client()) + " " + request.method() + " "
                            + request.head().path() + " " + outcome + " " + micros + " us");
        }
    }

    private static String client(@Nullable SocketAddress client) {
        return client instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "-";
    }

    @Override
    public String toString() {
        return "AccessLog[" + logger.getName() + "]";
    }
}
