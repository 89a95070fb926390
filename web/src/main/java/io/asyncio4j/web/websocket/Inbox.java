package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Held;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.web.WebSocketMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The messages that have come and that nobody has received. Bounded by [#awaitRoom].
final class Inbox {
    /// What a message costs besides its bytes.
    private static final int OVERHEAD = 64;

    private final int mostMessages;
    private final long mostBytes;
    private final Deque<Incoming.Data> messages = new ArrayDeque<>();
    /// Held by the receiver whose turn it is: those that came first get the first messages.
    private final Lock turn = new Lock("WebSocket receivers");

    private final Event came = new Event("WebSocket message");
    private final Event taken = new Event("room for WebSocket messages");
    private long bytes;
    private int receivers;
    private boolean over;

    Inbox(int mostMessages, int mostBytes) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
    }

    /// Adds a message. Lets the task that waits for it run first: what it answers goes out before
    /// what is answered to the frames behind the message.
    void put(Incoming.Data message) {
        messages.add(message);
        bytes += message.size() + OVERHEAD;
        came.set();
        if (receivers > 0) {
            sleep(Duration.ZERO);
        }
    }

    /// Suspends until there is room for one more message, or the end.
    void awaitRoom() {
        while (!over && (messages.size() >= mostMessages || bytes >= mostBytes)) {
            taken.clear();
            taken.await();
        }
    }

    /// Suspends until all messages are received and the last receiver had its turn, or the end.
    void awaitEmpty() {
        boolean waited = false;
        while (!over && !messages.isEmpty()) {
            waited = true;
            taken.clear();
            taken.await();
        }
        if (waited) {
            sleep(Duration.ZERO);
        }
    }

    /// Takes a message; suspends until there is one. Returns null after the end. Does not suspend
    /// after it has taken one: cancellation loses none.
    @Nullable
    WebSocketMessage take() {
        receivers++;
        try (Held _ = turn.acquire()) {
            while (messages.isEmpty()) {
                if (over) {
                    return null;
                }
                came.clear();
                came.await();
            }
        } finally {
            receivers--;
        }
        Incoming.Data message = messages.remove();
        bytes -= message.size() + OVERHEAD;
        taken.set();
        return message.message();
    }

    /// Takes no more messages.
    ///
    /// @param drop whether those that have come are lost
    void end(boolean drop) {
        over = true;
        if (drop) {
            messages.clear();
            bytes = 0;
        }
        came.set();
        taken.set();
    }
}
