package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.Task;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.TimerHandle;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketMessage;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The life of a WebSocket: the handler's task, a task that reads, and what happens when one of
/// the two, the client or the server comes to an end.
///
/// Whoever closes first, or leaves, determines the code that everybody is told afterwards. All
/// tasks end before [#run] returns; none waits for the client without a bound.
final class Dialogue {
    /*
     *   NEW ----accept----> OPEN ----our close frame----> CLOSING ----the client's, or time----> OVER
     *    |                   |                                                                    ^
     *    |                   +----the client's close frame, a fault, or it has left---------------+
     *    +----close: refused with 403-------------------------------------------------------------+
     */
    private enum State {
        NEW,
        OPEN,
        CLOSING,
        OVER
    }

    private static final Duration LAST_WORD = Duration.ofSeconds(1);
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final Exchange exchange;
    private final Handshake handshake;
    private final WebSocketSettings settings;
    private final LoopAccess loop = EventLoop.access();
    private final Outgoing outgoing;
    private final Inbox inbox;
    private final Incomer incomer;
    private final Heartbeat heartbeat;
    private State state = State.NEW;

    /// The group of the tasks besides the handler's; null before and after.
    private @Nullable TaskGroup group;

    private @Nullable Task<?> handler;
    private @Nullable Task<?> reader;
    private @Nullable Task<?> closer;

    /// Goes off when the client or the handler has taken too long to notice the end.
    private @Nullable TimerHandle endTimer;

    /// How and why it ended; set once.
    private int code;

    private String reason = "";

    /// Whether the handler knows of the end.
    private boolean told;

    /// The status to refuse the client with.
    private int refusal = FORBIDDEN;

    /// What the handler has thrown, to be thrown again.
    private @Nullable Throwable failure;

    /// What a message of the client has led to in the handler.
    private @Nullable Exception clientsFault;

    Dialogue(Exchange exchange, Handshake handshake, WebSocketSettings settings) {
        this.exchange = exchange;
        this.handshake = handshake;
        this.settings = settings;
        int message = settings.limits().webSocketMessage();
        outgoing = new Outgoing(exchange, handshake.deflate() != null, named("writer"), this::lost);
        inbox = new Inbox(settings.limits().webSocketQueue(), message);
        incomer = new Incomer(exchange, new FrameParser(message, handshake.deflate()), inbox, this);
        heartbeat = new Heartbeat(loop, settings.limits().webSocketPing(), incomer, outgoing, this::lost);
    }

    // ------------------------------------------------------------------ the handler's task

    /// Runs the handler until it, the reading task and the connection are over. Suspends.
    ///
    /// @throws Exception what the handler throws
    void run(VoidCoroutine body) throws Exception {
        handler = Asyncio.currentTask();
        try {
            taskGroup(tasks -> {
                group = tasks;
                exchange.onShutdown(this::shutDown);
                runHandler(body);
            });
        } catch (CancelledError cancelled) {
            if (failure == null) {
                throw cancelled;
            }
        } catch (ExceptionGroup broken) {
            if (failure == null) {
                throw broken;
            }
            failure.addSuppressed(broken);
        } finally {
            finish();
        }
        if (failure != null) {
            throwAgain(failure);
        }
        if (!exchange.hasBegun()) {
            String text = refusal == FORBIDDEN ? "The WebSocket is refused" : "The server is shutting down";
            WebSockets.refuse(exchange, new Refusal(refusal, text));
        }
    }

    /// Runs the handler, notes what it throws, and closes the socket.
    private void runHandler(VoidCoroutine body) {
        int last = CloseCode.NORMAL;
        try {
            body.run();
        } catch (CancelledError cancelled) {
            sayLastWord();
            throw cancelled;
        } catch (Throwable thrown) {
            failure = isClients(thrown) ? null : thrown;
            last = failure == null ? CloseCode.INVALID_DATA : CloseCode.INTERNAL_ERROR;
        }
        told = true;
        handler = null;
        if (state == State.OPEN) {
            close(last, last == CloseCode.INVALID_DATA ? "A message cannot be read" : "");
        }
    }

    /// Returns whether the handler, or all of its tasks that have failed, have done so because the
    /// socket is closed or because a message of the client cannot be read.
    private boolean isClients(Throwable thrown) {
        return switch (thrown) {
            case ExceptionGroup group -> group.exceptions().stream().allMatch(this::isClients);
            case WebSocketClosedException _ -> isClosed();
            default -> thrown == clientsFault;
        };
    }

    /// Tells a client that has not left that the handler was cancelled.
    private void sayLastWord() {
        boolean canSpeak = state == State.OPEN && !exchange.isDisconnected();
        told = true;
        handler = null;
        end(exchange.isShuttingDown() ? CloseCode.GOING_AWAY : CloseCode.INTERNAL_ERROR, "", true);
        state = State.OVER;
        if (canSpeak) {
            try {
                timeout(LAST_WORD, () -> {
                    outgoing.close(code, reason);
                    outgoing.end();
                });
            } catch (IOException | TimeoutException gone) {
                // It has left, or does not read; the connection is cut in any case.
            }
        }
    }

    private void finish() {
        group = null;
        state = State.OVER;
        told = true;
        handler = null;
        end(CloseCode.ABNORMAL, "", true);
        if (endTimer != null) {
            endTimer.cancel();
        }
        incomer.close();
    }

    private static void throwAgain(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }

    // ------------------------------------------------------------------ what the handler does

    boolean hasBegun() {
        return state != State.NEW;
    }

    boolean isClosed() {
        return state == State.CLOSING || state == State.OVER;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    void accept(@Nullable String subprotocol) {
        TaskGroup tasks = group;
        if (tasks == null) {
            throw closed();
        }
        state = State.OPEN;
        try {
            outgoing.begin(handshake.answer(subprotocol), tasks);
        } catch (IOException gone) {
            lost();
            throw closed();
        }
        if (group != null) {
            // Not eagerly: whoever receives is waiting for the first message when it comes.
            reader = tasks.createTask(named("reader").eagerStart(false), incomer::run);
            heartbeat.begin();
        }
    }

    private TaskOptions named(String name) {
        return TaskOptions.named("websocket " + name + " #" + exchange.number()).eagerStart(true);
    }

    WebSocketMessage receive() {
        WebSocketMessage message = inbox.take();
        if (message == null) {
            throw closed();
        }
        return message;
    }

    void send(int opcode, byte[] payload) {
        if (state != State.OPEN) {
            throw closed();
        }
        try {
            if (opcode < Frames.CLOSE) {
                outgoing.message(opcode, payload);
            } else {
                outgoing.control(opcode, payload);
            }
        } catch (IOException gone) {
            if (state == State.OPEN) {
                lost();
            } // else another task has closed the socket meanwhile
            throw closed();
        }
    }

    /// Returns what to tell the handler about the end.
    WebSocketClosedException closed() {
        noteTold();
        return new WebSocketClosedException(code, reason);
    }

    /// Notes that the handler knows of the end, if it is the caller: others may send and close.
    private void noteTold() {
        told |= handler != null && Asyncio.currentTask() == handler;
    }

    /// Notes that a failure of the handler is the client's fault.
    void blameClient(Exception failure) {
        clientsFault = failure;
    }

    /// Closes the socket. Does not suspend: the close frame follows the frames before it.
    void close(int withCode, String withReason) {
        noteTold();
        beginClose(withCode, withReason);
    }

    // ------------------------------------------------------------------ how it ends

    private void shutDown() {
        if (group != null) {
            refusal = UNAVAILABLE;
            beginClose(CloseCode.GOING_AWAY, "");
        }
    }

    private void beginClose(int withCode, String withReason) {
        if (isClosed()) {
            return;
        }
        end(withCode, withReason, true);
        TaskGroup tasks = group;
        if (state == State.NEW || tasks == null) {
            state = State.OVER;
            return;
        }
        state = State.CLOSING;
        awaitEnd();
        closer = tasks.createTask(named("close"), () -> {
            try {
                outgoing.close(withCode, withReason);
            } catch (IOException gone) {
                cut();
            }
        });
    }

    private void end(int withCode, String withReason, boolean drop) {
        if (code == 0) {
            code = withCode;
            reason = withReason;
        }
        inbox.end(drop);
        heartbeat.end();
    }

    /// The client has left without a close frame. Called in any task, or by a timer.
    void lost() {
        if (state == State.OPEN) {
            state = State.OVER;
            end(CloseCode.ABNORMAL, "", false);
            awaitEnd();
        }
        state = State.OVER;
        if (reader != null && reader != Asyncio.currentTask()) {
            reader.cancel("the client has left");
        }
    }

    /// The client has sent a close frame. Called in the reading task, after which it ends.
    void closedByClient(Incoming.Close close) throws IOException {
        if (state == State.OPEN) {
            awaitReceivers();
        }
        if (state == State.OPEN) {
            end(close.code(), close.reason(), false);
            awaitEnd();
        }
        state = State.OVER;
        outgoing.close(close.code(), "");
        outgoing.end();
    }

    /// The client has sent what it must not. Called in the reading task.
    void failed(ProtocolFault fault) throws IOException {
        if (state == State.OPEN) {
            awaitReceivers();
        }
        if (state == State.OPEN) {
            end(fault.code(), fault.reason(), false);
            awaitEnd();
        }
        state = State.OVER;
        outgoing.close(fault.code(), fault.reason());
        outgoing.end();
    }

    /// Lets the handler answer the messages before the last frame, for a while.
    private void awaitReceivers() {
        try {
            timeout(LAST_WORD, inbox::awaitEmpty);
        } catch (TimeoutException busy) {
            // It does not receive. The messages wait for it, but the client does not.
        }
    }

    private void awaitEnd() {
        if (endTimer == null) {
            endTimer = loop.callAt(loop.time() + settings.closeTime().toNanos(), this::cut);
        }
    }

    /// Ends what has not ended in time.
    private void cut() {
        state = State.OVER;
        cancel(reader);
        cancel(closer);
        if (!told && handler != null) {
            handler.cancel("the client has left");
        }
        outgoing.cut();
    }

    private static void cancel(@Nullable Task<?> task) {
        if (task != null) {
            task.cancel("the WebSocket is over");
        }
    }

    void pong(byte[] payload) throws IOException {
        outgoing.control(Frames.PONG, payload);
    }

    @Override
    public String toString() {
        return "request #" + exchange.number() + ", " + state + (code == 0 ? "" : " " + code);
    }
}
