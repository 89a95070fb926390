package io.asyncio4j.web.http;

import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.web.Headers;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One request and its answer, whatever protocol and transport carry them.
///
/// The answer is either [#respond], or [#begin], any number of [#write] and [#writeFile], and
/// [#end]. After [#upgrade], [#read] and [#write] carry the other protocol's bytes instead. Used by
/// the request's task and by tasks that it has created; one of them reads and one writes at a time.
///
/// Whatever reads or writes throws an [IOException] when the client has left; the task is
/// cancelled then as well, unless its answer is complete.
public interface Exchange {
    RequestHead request();

    /// Returns the number of the request, unique in its server: `#17` in the name of its task.
    long number();

    @Nullable
    SocketAddress peer();

    /// Returns when the request has to be answered, in the loop's time; empty if it may take any
    /// time.
    OptionalLong deadline();

    /// Reads the next piece of the body, of at least one byte; suspends until there is one. The
    /// first read asks a client that waits for it to send the body.
    ///
    /// @return null at the end
    /// @throws HttpError if the body is malformed, too large or too slow
    byte @Nullable [] read() throws IOException;

    /// Sends the whole answer. Suspends while the client does not take what was sent before. A body
    /// is dropped where none may be: after HEAD, with status 204 and 304. The protocol adds the
    /// length, the date, and what belongs to the connection.
    ///
    /// @param body is not changed afterwards
    void respond(int status, Headers headers, byte[] body) throws IOException;

    /// Sends the head of an answer, or an informational one below 200, after which the answer
    /// follows. What comes after it is dropped where no body may be; then [#takesBody] is false.
    ///
    /// @param length the length of the body in bytes; -1 if it is not known
    void begin(int status, Headers headers, long length) throws IOException;

    /// Returns whether what is written after [#begin] is sent.
    boolean takesBody();

    /// Sends a piece of the body. Suspends until the client takes it or little enough is waiting.
    void write(byte[] bytes, int offset, int length) throws IOException;

    /// Sends a part of a file, without a copy on the heap where the transport can. Suspends until
    /// it was sent.
    void writeFile(FileChannel file, long position, long count) throws IOException;

    /// Ends the answer. The client can tell an answer without this from a complete one.
    void end() throws IOException;

    /// Changes to another protocol, the one that the request names. Its headers are sent; an
    /// answer with status 101, or 200 on HTTP/2, has no body.
    void upgrade(Headers headers) throws IOException;

    /// Has code run, piece by piece, in a task of the server, once the request's task has ended: if
    /// the answer is complete by then, or the client has left.
    void afterwards(List<VoidCoroutine> code);

    /// Returns whether the answer, or an upgrade, has begun.
    boolean hasBegun();

    /// Returns whether the client has left.
    boolean isDisconnected();

    /// Returns whether the server shuts down, so that what has no end should come to one.
    boolean isShuttingDown();

    /// Has `action` called on the loop when the server begins to shut down; at once if it has.
    void onShutdown(Runnable action);
}
