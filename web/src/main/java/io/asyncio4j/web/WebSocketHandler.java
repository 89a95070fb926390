package io.asyncio4j.web;

/// A function that talks with the client of a WebSocket: `socket -> { for (String line :
/// socket.texts()) ... }`. FastAPI: `@app.websocket`.
@FunctionalInterface
public interface WebSocketHandler {
    /// Talks until there is nothing more to say. Runs in the request's task and may suspend.
    ///
    /// When this returns, the socket is closed with code 1000. When this throws, it is closed with
    /// 1011, and the failure is logged, except for the [WebSocketClosedException] of a socket that
    /// is closed already. A handler that ends without having used the socket refuses it with status
    /// 403; one that throws before it has accepted the client answers as a handler of a route does:
    /// [HttpException] with its status.
    void handle(WebSocketSession socket) throws Exception;
}
