package io.asyncio4j.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A WebSocket's connection with a client. Used on the loop, by any number of tasks.
///
/// Whatever receives or sends accepts the client first, if nobody has. After the end it throws
/// [WebSocketClosedException]. Messages that came before the client's close can still be received.
///
/// Several tasks may send: their messages leave whole, in the order of the calls. Several may
/// receive: the one that has waited longest gets the next message. A task that is cancelled while
/// it receives takes no message; one that is cancelled while it sends has sent all of its message,
/// or nothing. FastAPI: `WebSocket`.
public interface WebSocketSession {
    /// Returns the request that has asked for the WebSocket: its path, query, headers and cookies.
    Request request();

    // ------------------------------------------------------------------ the beginning

    /// Accepts the client, without a subprotocol. Does nothing if it is accepted. Suspends.
    void accept();

    /// Accepts the client with a subprotocol, one of [#subprotocols]. Suspends.
    ///
    /// @throws IllegalArgumentException if the client has not offered it
    /// @throws IllegalStateException if the client is accepted already
    void accept(String subprotocol);

    /// Returns the subprotocols that the client has offered, its favourite first.
    List<String> subprotocols();

    /// Returns the subprotocol that was agreed on; null if there is none.
    @Nullable
    String subprotocol();

    // ------------------------------------------------------------------ messages

    /// Receives the next message of either kind; suspends until there is one.
    WebSocketMessage receive();

    /// Receives a text; suspends until there is one. A binary message in its place closes the
    /// socket with code 1003.
    String receiveText();

    /// Receives a binary message; suspends until there is one. A text in its place closes the
    /// socket with code 1003.
    byte[] receiveBytes();

    /// Receives JSON, in a text or in a binary message; suspends until there is one. Throws
    /// Jackson's exception if it cannot be read; a handler that lets it pass closes the socket with
    /// code 1007.
    <T> T receiveJson(Class<T> type);

    /// Returns the texts that come, each received when it is asked for, as by [#receiveText]. They
    /// end when the socket is closed with code 1000, 1001 or none; other ends throw.
    Iterable<String> texts();

    /// Sends a text. Suspends while the client does not take what was sent before.
    ///
    /// @throws IllegalArgumentException if the text has half of a surrogate pair
    void sendText(String text);

    /// Sends a binary message. Suspends while the client does not take what was sent before.
    ///
    /// @param bytes is not changed before this returns
    void sendBytes(byte[] bytes);

    /// Sends a value as JSON in a text. Suspends while the client does not take what was sent
    /// before.
    void sendJson(@Nullable Object value);

    /// Sends a ping. The server sends some by itself, to notice a client that has gone.
    void ping();

    // ------------------------------------------------------------------ the end

    /// Closes the socket with code 1000.
    void close();

    /// Closes the socket with a code.
    ///
    /// @throws IllegalArgumentException as [#close(int, String)]
    void close(int code);

    /// Closes the socket: nothing is received or sent afterwards. Does not wait for the client's
    /// answer. A client that was not accepted is refused with status 403. Does nothing if the
    /// socket is closed.
    ///
    /// @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999
    /// @param reason of at most 123 bytes of UTF-8
    /// @throws IllegalArgumentException if the code or the reason is not of these
    void close(int code, String reason);

    /// Returns whether either side has closed the socket, or the client has left.
    boolean isClosed();
}
