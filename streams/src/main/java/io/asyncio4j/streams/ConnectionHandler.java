package io.asyncio4j.streams;

/// The coroutine that a server runs for each connection, as a task of its own.
///
/// asyncio: the `client_connected_cb` of `start_server`.
@FunctionalInterface
public interface ConnectionHandler {
    /// Serves one connection; may suspend. When it returns, the connection is closed after what was
    /// written is sent. When it throws, the connection is closed likewise, and the exception goes
    /// to the loop's exception handler.
    ///
    /// The task is named for the peer, has a copy of the context in which the server was started,
    /// and is cancelled if it goes on for too long when the server is closed:
    /// [ServerOptions#closeTimeout].
    ///
    /// @param reader what the client sends
    /// @param writer what is sent to the client
    /// @throws Exception whatever went wrong, such as an [java.io.IOException] when the client has
    ///     vanished
    void handle(StreamReader reader, StreamWriter writer) throws Exception;
}
