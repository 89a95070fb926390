package io.asyncio4j.web.websocket;

import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.sync.Event;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// An exchange in memory, and the client at its other end.
final class MemoryExchange implements Exchange {
    private final RequestHead head;
    private final Deque<byte[]> toServer = new ArrayDeque<>();
    private final Event came = new Event();
    private final Event written = new Event();
    private final Event mayWrite = new Event();
    private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    private final List<Runnable> atShutdown = new ArrayList<>();
    private int at;
    private boolean ended;
    private boolean gone;
    private boolean shuttingDown;

    /// The task to cancel when the client leaves.
    @Nullable
    Task<?> task;

    int status;
    Headers headers = Headers.empty();
    boolean serverEnded;

    MemoryExchange(Headers headers) {
        head = HandshakeTest.head(
                headers.plus("sec-websocket-version", "13").plus("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="));
        mayWrite.set();
    }

    // ------------------------------------------------------------------ the client

    void send(byte[]... pieces) {
        for (byte[] piece : pieces) {
            toServer.add(piece.clone());
        }
        came.set();
    }

    /// Ends the client's direction.
    void endOfClient() {
        ended = true;
        came.set();
    }

    /// Leaves, so that the request's task is cancelled.
    void leave() {
        gone = true;
        came.set();
        mayWrite.set();
        if (task != null) {
            task.cancel("the client has left");
        }
    }

    void deaf() {
        mayWrite.clear();
    }

    void hear() {
        mayWrite.set();
    }

    void shutDown() {
        shuttingDown = true;
        atShutdown.forEach(Runnable::run);
    }

    int unread() {
        return toServer.size();
    }

    /// Takes what the server sends next, such as `text:hello`, `close:1000 bye`, or `end`. Suspends
    /// until there is something.
    String next() {
        while (true) {
            byte[] bytes = toClient.toByteArray();
            if (bytes.length - at >= 2) {
                String frame = frame(bytes);
                if (frame != null) {
                    return frame;
                }
            } else if (serverEnded) {
                return "end";
            }
            written.clear();
            written.await();
        }
    }

    private @Nullable String frame(byte[] bytes) {
        int length = bytes[at + 1];
        int start = at + 2;
        if (length == 126) {
            length = (bytes[start] & 0xFF) << 8 | (bytes[start + 1] & 0xFF);
            start += 2;
        }
        if (bytes.length < start + length) {
            return null;
        }
        int first = bytes[at] & 0xFF;
        byte[] payload = Arrays.copyOfRange(bytes, start, start + length);
        at = start + length;
        String text = new String(payload, StandardCharsets.UTF_8);
        return switch (first) {
            case 0x81 -> "text:" + text;
            case 0x82 -> "bin:" + length;
            case 0x88 ->
                length == 0
                        ? "close:"
                        : "close:" + ((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF)) + " " + text.substring(2);
            case 0x89 -> "ping";
            case 0x8A -> "pong:" + text;
            default -> Integer.toHexString(first) + ":" + length;
        };
    }

    // ------------------------------------------------------------------ the server

    @Override
    public RequestHead request() {
        return head;
    }

    @Override
    public long number() {
        return 7;
    }

    @Override
    public @Nullable SocketAddress peer() {
        return null;
    }

    @Override
    public OptionalLong deadline() {
        return OptionalLong.empty();
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        while (toServer.isEmpty()) {
            if (gone) {
                throw new IOException("gone");
            }
            if (ended) {
                return null;
            }
            came.clear();
            came.await();
        }
        return toServer.remove();
    }

    @Override
    public void respond(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
    }

    @Override
    public void begin(int status, Headers headers, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        mayWrite.await();
        if (gone || serverEnded) {
            throw new IOException("gone");
        }
        toClient.write(bytes, offset, length);
        written.set();
    }

    @Override
    public void writeFile(FileChannel file, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void end() {
        serverEnded = true;
        written.set();
    }

    @Override
    public void upgrade(Headers headers) {
        status = 101;
        this.headers = headers;
    }

    @Override
    public boolean hasBegun() {
        return status != 0;
    }

    @Override
    public boolean isDisconnected() {
        return gone;
    }

    @Override
    public boolean isShuttingDown() {
        return shuttingDown;
    }

    @Override
    public void afterwards(List<VoidCoroutine> code) {
        throw new UnsupportedOperationException("a WebSocket has no code that runs after it");
    }

    @Override
    public void onShutdown(Runnable action) {
        if (shuttingDown) {
            action.run();
        } else {
            atShutdown.add(action);
        }
    }
}
