package io.asyncio4j.streams;

/// What a server does with a connection: a coroutine, run as a task of its own for each.
///
/// asyncio: the `client_connected_cb` of `start_server`.
@FunctionalInterface
public interface ConnectionHandler {
    /// Serves one connection; may suspend. When it returns, the connection is closed after what was
    /// written is sent. When it throws, the connection is closed and the exception goes to the
    /// loop's exception handler.
    void handle(StreamReader reader, StreamWriter writer) throws Exception;
}
