package io.asyncio4j.web.websocket;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Request;
import io.asyncio4j.web.WebSocketHandler;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The entry of the application to WebSockets.
public final class WebSockets {
    private WebSockets() {}

    /// Answers a handshake and has a handler talk with the client. Suspends until the handler and
    /// the connection are over. Called in the request's task.
    ///
    /// What the handler throws is thrown again, after the client was told; if it had not accepted
    /// the client, nothing is answered before.
    ///
    /// @param request what the handler may ask of the handshake
    public static void serve(
            Exchange exchange, @Nullable Request request, WebSocketSettings settings, WebSocketHandler handler)
            throws Exception {
        Handshake handshake;
        try {
            handshake = Handshake.of(exchange.request());
        } catch (Refusal refusal) {
            refuse(exchange, refusal);
            return;
        }
        new ServerSession(exchange, request, handshake, settings).serve(handler);
    }

    /// Answers a handshake that is not accepted.
    static void refuse(Exchange exchange, Refusal refusal) throws IOException {
        Headers headers = refusal.headers().with("content-type", "text/plain; charset=utf-8");
        exchange.respond(refusal.status(), headers, refusal.text().getBytes(StandardCharsets.UTF_8));
    }
}
