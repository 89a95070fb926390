package io.asyncio4j.web;

import io.asyncio4j.EventLoop;
import io.asyncio4j.web.http.ExchangeLog;
import io.asyncio4j.web.http.ServerExchange;
import io.asyncio4j.web.proxy.Proxies;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The logs of requests: a line for each, and what has failed. Neither has bodies, queries or
/// values of headers, which may be secrets.
final class RequestLog implements ExchangeLog {
    private static final System.Logger ACCESS = System.getLogger("io.asyncio4j.web.access");
    private static final System.Logger ERRORS = System.getLogger("io.asyncio4j.web");

    private final EventLoop loop;
    private final boolean logsAccess;
    private final Proxies proxies;

    RequestLog(EventLoop loop, ServeOptions options) {
        this.loop = loop;
        this.logsAccess = options.accessLog();
        this.proxies = new Proxies(options.trustedProxies(), options.unixSocket() != null);
    }

    @Override
    public void ended(ServerExchange exchange) {
        if (logsAccess && ACCESS.isLoggable(System.Logger.Level.INFO)) {
            long micros = TimeUnit.NANOSECONDS.toMicros(loop.time() - exchange.began());
            ACCESS.log(
                    System.Logger.Level.INFO,
                    "#" + exchange.number() + " " + client(proxies.client(exchange)) + " "
                            + exchange.request().method() + " "
                            + exchange.request().path() + " "
                            + exchange.request().version() + " "
                            + (exchange.status() == 0 ? "unanswered" : exchange.status()) + " " + exchange.sent()
                            + " bytes " + micros + " us");
        }
    }

    private static String client(@Nullable SocketAddress peer) {
        return peer instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "-";
    }

    @Override
    public void failed(ServerExchange exchange, Throwable thrown) {
        ERRORS.log(System.Logger.Level.ERROR, "Cannot answer " + exchange.describe(), thrown);
    }

    @Override
    public void failedAfterwards(ServerExchange exchange, Throwable thrown) {
        ERRORS.log(System.Logger.Level.ERROR, "Cannot run the code after the answer to " + exchange.describe(), thrown);
    }
}
