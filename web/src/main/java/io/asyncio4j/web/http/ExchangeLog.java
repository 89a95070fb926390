package io.asyncio4j.web.http;

/// The receiver of what becomes of requests. Called on the loop; does not suspend.
public interface ExchangeLog {
    /// A request was answered, or it ended without that.
    void ended(ServerExchange exchange);

    /// A request's call has failed, other than with an [HttpError].
    void failed(ServerExchange exchange, Throwable thrown);

    /// Code that was to run after a request's answer has failed.
    default void failedAfterwards(ServerExchange exchange, Throwable thrown) {
        failed(exchange, thrown);
    }
}
