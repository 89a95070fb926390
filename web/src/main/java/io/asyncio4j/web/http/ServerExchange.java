package io.asyncio4j.web.http;

import io.asyncio4j.TaskGroup;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.web.Headers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A request that a client has sent, its task, and its answer. Used on the loop.
public abstract class ServerExchange implements Exchange {
    static final String GONE = "the client has left";

    private enum Answer {
        /// Nothing was sent.
        NONE,
        /// The head was sent; a body follows.
        BODY,
        /// The connection, or the stream, carries another protocol.
        UPGRADED,
        /// The answer is complete.
        COMPLETE
    }

    protected final HttpService service;
    private final RequestHead request;
    private final long number;
    private final long began;
    private @Nullable RequestTask task;
    private List<Runnable> atShutdown = List.of();
    private List<VoidCoroutine> afterwards = List.of();
    private boolean disconnected;

    /// Whether the request has ever changed to another protocol.
    private boolean upgraded;

    /// Whether the client waits to be asked for its body.
    private boolean asksToContinue;

    private Answer answer = Answer.NONE;

    /// The status that was sent; 0 if none was.
    private int status;

    /// Whether what is written is dropped.
    private boolean bodiless;

    /// The number of bytes missing of a body whose length was told; -1 for any.
    private long left = -1;

    /// Whether a piece is being sent, or was not sent as a whole, because its task was cancelled.
    private boolean cut;

    /// The number of the body's bytes that were sent.
    private long sent;

    /// @param asksToContinue whether the client waits to be asked for its body
    protected ServerExchange(HttpService service, RequestHead request, boolean asksToContinue) {
        this.service = service;
        this.request = request;
        this.asksToContinue = asksToContinue;
        this.number = service.nextNumber();
        this.began = service.access.time();
    }

    // ------------------------------------------------------------------ its task

    /// Begins the request's task, which at once runs until it first suspends.
    public final void start(TaskGroup group) {
        RequestTask begun = new RequestTask(this);
        task = begun;
        begun.start(group);
    }

    /// Cancels the request's task, if it is under way.
    public final void cancel(String why) {
        if (task != null) {
            task.cancel(why);
        }
    }

    /// The request's task has ended; an answer that has no end by now gets none. Called once.
    protected abstract void over();

    /// The client has left, or has taken back the request.
    public final void disconnected() {
        if (!disconnected) {
            disconnected = true;
            if (answer != Answer.COMPLETE) {
                cancel(GONE);
            }
        }
    }

    /// Notes in the request's task that the client has left.
    final void noteDisconnected() {
        disconnected = true;
    }

    @Override
    public final boolean isDisconnected() {
        return disconnected;
    }

    final void shutDown() {
        List<Runnable> actions = atShutdown;
        atShutdown = List.of();
        actions.forEach(Runnable::run);
    }

    @Override
    public final boolean isShuttingDown() {
        return service.isShuttingDown();
    }

    @Override
    public final void onShutdown(Runnable action) {
        if (service.isShuttingDown()) {
            action.run();
        } else {
            List<Runnable> actions = new ArrayList<>(atShutdown);
            actions.add(action);
            atShutdown = actions;
        }
    }

    @Override
    public final void afterwards(List<VoidCoroutine> code) {
        afterwards = code;
    }

    /// Returns the code to run after the answer.
    final List<VoidCoroutine> afterwards() {
        return isComplete() || disconnected ? afterwards : List.of();
    }

    // ------------------------------------------------------------------ the body

    @Override
    public final byte @Nullable [] read() throws IOException {
        if (asksToContinue) {
            asksToContinue = false;
            if (answer == Answer.NONE && isBodyMissing()) {
                sendInterim(100, Headers.empty());
            }
        }
        return readPiece();
    }

    /// Returns whether the client waits to be asked for its body.
    public final boolean asksToContinue() {
        return asksToContinue;
    }

    /// Returns whether reading would have to wait for more of the body.
    protected abstract boolean isBodyMissing();

    /// Reads the next piece of the body, or what has come of another protocol. Suspends.
    ///
    /// @return null at the end
    protected abstract byte @Nullable [] readPiece() throws IOException;

    // ------------------------------------------------------------------ the answer

    @Override
    public final void respond(int status, Headers headers, byte[] body) throws IOException {
        requireStatus(status, 200);
        begins(status, body.length);
        cut = true;
        sendAll(status, headers, body, bodiless ? 0 : body.length);
        cut = false;
        answer = Answer.COMPLETE;
    }

    @Override
    public final void begin(int status, Headers headers, long length) throws IOException {
        requireStatus(status, 100);
        if (status < 200) {
            requireNone(status);
            awaitRoom();
            sendInterim(status, headers);
        } else {
            begins(status, length);
            sendHead(status, headers, length);
        }
    }

    private static void requireStatus(int status, int least) {
        if (status < least || status > 599 || status == 101) {
            throw new IllegalArgumentException(
                    "A status must be from " + least + " to 599, and not 101, but is " + status);
        }
    }

    private void requireNone(int status) {
        if (answer != Answer.NONE) {
            throw new IllegalStateException("Cannot answer " + describe() + " with " + status
                    + ": an answer was begun already, with " + this.status);
        }
    }

    private void begins(int status, long length) throws IOException {
        requireNone(status);
        awaitRoom();
        requireNone(status);
        this.status = status;
        bodiless = request.isHead() || Reasons.hasNoBody(status);
        left = length;
        answer = Answer.BODY;
    }

    @Override
    public final boolean takesBody() {
        return answer == Answer.UPGRADED || (answer == Answer.BODY && !bodiless);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        if (answer == Answer.UPGRADED) {
            sendPiece(bytes, offset, length);
            awaitRoom();
            return;
        }
        requireBody("write");
        count(length);
        if (length > 0 && !bodiless) {
            cut = true;
            sendPiece(bytes, offset, length);
            cut = false;
            awaitRoom();
        }
    }

    @Override
    public final void writeFile(FileChannel file, long position, long count) throws IOException {
        requireBody("write a file to");
        count(count);
        if (count > 0 && !bodiless) {
            cut = true;
            sendFile(file, position, count);
            cut = false;
        }
    }

    private void requireBody(String what) throws ClientGoneException {
        if (answer != Answer.BODY) {
            throw new IllegalStateException("Cannot " + what + " the answer to " + describe() + ": it "
                    + (answer == Answer.NONE ? "was not begun" : "is complete"));
        }
        if (cut && (disconnected || isShuttingDown())) {
            throw new ClientGoneException("The client has not taken the answer to its end", null);
        }
        if (cut) {
            throw new IllegalStateException("Cannot " + what + " the answer to " + describe()
                    + ": the piece before was not sent as a whole, or is still being sent");
        }
    }

    private void count(long length) {
        if (left >= 0) {
            if (length > left) {
                throw new IllegalStateException("Cannot write " + length + " more bytes of the answer to " + describe()
                        + ": " + left + " are missing of the length that was told");
            }
            left -= length;
        }
    }

    @Override
    public final void end() throws IOException {
        if (answer == Answer.UPGRADED) {
            sendEnd(true);
            answer = Answer.COMPLETE;
            return;
        }
        requireBody("end");
        if (left > 0 && !bodiless) {
            throw new IllegalStateException("Cannot end the answer to " + describe() + ": " + left
                    + " bytes are missing of the length that was told");
        }
        sendEnd(false);
        answer = Answer.COMPLETE;
        awaitRoom();
    }

    @Override
    public final void upgrade(Headers headers) throws IOException {
        requireNone(101);
        if (request.upgrade().isEmpty()) {
            throw new IllegalStateException("Cannot upgrade " + describe() + ": the client has not asked for it");
        }
        awaitRoom();
        requireNone(101);
        status = sendUpgrade(headers);
        answer = Answer.UPGRADED;
        upgraded = true;
        if (task != null) {
            task.unlimited();
        }
    }

    @Override
    public final int offer(byte[] bytes, int offset, int length) throws IOException {
        if (answer != Answer.UPGRADED) {
            throw new IllegalStateException("Cannot write to " + describe() + ": it was not upgraded");
        }
        return offerPiece(bytes, offset, length);
    }

    /// Returns whether the request has ever changed to another protocol.
    final boolean wasUpgraded() {
        return upgraded;
    }

    @Override
    public final boolean hasBegun() {
        return answer != Answer.NONE;
    }

    /// Returns whether what is written and read is another protocol's.
    protected final boolean isUpgraded() {
        return answer == Answer.UPGRADED;
    }

    /// Returns whether the answer has an end.
    public final boolean isComplete() {
        return answer == Answer.COMPLETE;
    }

    /// Returns whether what is written is dropped.
    protected final boolean isBodiless() {
        return bodiless;
    }

    // ------------------------------------------------------------------ the protocol

    /// Suspends while the client takes too little of what was sent.
    ///
    /// @throws IOException if it has left
    protected abstract void awaitRoom() throws IOException;

    /// Sends an informational head, which is not 101.
    protected abstract void sendInterim(int status, Headers headers);

    /// Sends a whole answer. Suspends.
    ///
    /// @param size how much of `body` to send; its length is told in any case
    protected abstract void sendAll(int status, Headers headers, byte[] body, int size) throws IOException;

    /// Sends a head.
    ///
    /// @param length the length of the body; -1 if it is not known
    protected abstract void sendHead(int status, Headers headers, long length);

    /// Sends a piece of the body, or of another protocol. Suspends; the client may get the answer
    /// only in part if the task is cancelled meanwhile.
    protected abstract void sendPiece(byte[] bytes, int offset, int length) throws IOException;

    /// Sends a part of a file, of at least one byte. Suspends.
    protected abstract void sendFile(FileChannel file, long position, long count) throws IOException;

    /// Sends as much of another protocol's bytes as is possible without suspending. Returns how
    /// much that is.
    protected abstract int offerPiece(byte[] bytes, int offset, int length) throws IOException;

    /// Sends the end of the body, or of another protocol.
    protected abstract void sendEnd(boolean upgraded) throws IOException;

    /// Sends a head that changes to the protocol that the client has asked for.
    ///
    /// @return its status
    protected abstract int sendUpgrade(Headers headers);

    /// Returns the length to tell in the head of an answer; -1 for none.
    protected static long lengthToTell(int status, long length) {
        return status == 205 ? 0 : Reasons.hasNoBody(status) ? -1 : length;
    }

    // ------------------------------------------------------------------ what is known of it

    @Override
    public final RequestHead request() {
        return request;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final OptionalLong deadline() {
        return task == null ? OptionalLong.empty() : task.deadline();
    }

    /// Returns the status that was sent; 0 if none was.
    public final int status() {
        return status;
    }

    /// Returns how many bytes of the body were sent.
    public final long sent() {
        return sent;
    }

    /// Notes that the protocol has sent further bytes of the body.
    protected final void noteSent(long bytes) {
        sent += bytes;
    }

    /// Returns when the request came, in the loop's time.
    public final long began() {
        return began;
    }

    /// Returns the request's number, method and path, for messages.
    public final String describe() {
        return "request #" + number + ", " + request.method() + " " + request.path();
    }
}
