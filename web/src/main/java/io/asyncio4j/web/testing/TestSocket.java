package io.asyncio4j.web.testing;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.WebSocketClosedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The client's end of a WebSocket. What its handler throws is thrown by what waits for it, unless
/// [TestClient#throwFailures] says otherwise.
public final class TestSocket implements AutoCloseable {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int NORMAL = 1000;
    private static final int NO_CODE = 1005;
    private static final int CUT = 1006;

    private final TestClient client;
    private final Connection connection;
    private final Headers headers;
    private final Queue<Message> messages = new Queue<>("messages to a test");
    private final Task<@Nullable Void> reading;
    private int code = CUT;
    private String reason = "";
    private boolean closeSent;

    /// @param opcode [#CLOSE] after the last message
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(int opcode, byte[] payload) {
        static final Message END = new Message(CLOSE, new byte[0]);
    }

    TestSocket(TestClient client, Connection connection, Headers headers) {
        this.client = client;
        this.connection = connection;
        this.headers = headers;
        this.reading = Asyncio.createTask("test socket", this::readAll);
        client.served().opened(this);
    }

    /// Returns the headers of the handshake's answer, such as `sec-websocket-protocol`.
    public Headers headers() {
        return headers;
    }

    // ------------------------------------------------------------------ for the test

    /// Sends a text.
    public void sendText(String text) {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends bytes.
    public void sendBytes(byte[] bytes) {
        send(BINARY, bytes);
    }

    /// Sends a value as JSON, in a text.
    public void sendJson(@Nullable Object value) {
        send(TEXT, TestResponse.Json.MAPPER.writeValueAsBytes(value));
    }

    /// Returns the next message, a text. Suspends in a task.
    ///
    /// @throws WebSocketClosedException if the socket is closed
    /// @throws IllegalStateException if the message is no text
    /// @throws io.asyncio4j.TimeoutException if none comes within a day
    public String receiveText() {
        return new String(receive(TEXT, "text"), StandardCharsets.UTF_8);
    }

    /// Returns the next message, bytes. Suspends in a task.
    ///
    /// @throws WebSocketClosedException if the socket is closed
    /// @throws IllegalStateException if the message is a text
    /// @throws io.asyncio4j.TimeoutException if none comes within a day
    public byte[] receiveBytes() {
        return receive(BINARY, "bytes");
    }

    /// Returns the next message, a text, as the JSON that it is: maps, lists, texts, numbers,
    /// booleans and null. Suspends in a task.
    ///
    /// @throws WebSocketClosedException if the socket is closed
    public @Nullable Object receiveJson() {
        return TestResponse.Json.plain(receive(TEXT, "text"));
    }

    /// Returns the next message, a text, as the JSON of an object of a class. Suspends in a task.
    ///
    /// @throws WebSocketClosedException if the socket is closed
    public <T> T receiveJson(Class<T> type) {
        return TestResponse.Json.MAPPER.readValue(receive(TEXT, "text"), type);
    }

    /// Returns the code that the socket was closed with, 1006 if it was cut; waits for that, and
    /// drops the messages before. Suspends in a task.
    ///
    /// @throws io.asyncio4j.TimeoutException if it is not closed within a day
    public int closeCode() {
        client.inLoop(() -> Served.waitFor(() -> {
            Asyncio.waitAll(List.of(reading));
            client.served().throwFailure(connection);
            return null;
        }));
        return code;
    }

    /// Closes with code 1000.
    @Override
    public void close() {
        close(NORMAL, "");
    }

    /// Closes, and waits for the application to agree. Suspends in a task. Harmless on a closed
    /// socket.
    public void close(int closeCode, String why) {
        if (reading.isDone()) {
            return;
        }
        client.inLoop(() -> Served.waitFor(() -> {
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            payload.write(closeCode >> 8);
            payload.write(closeCode);
            payload.writeBytes(why.getBytes(StandardCharsets.UTF_8));
            sendClose(payload.toByteArray());
            Asyncio.waitAll(List.of(reading));
            client.served().throwFailure(connection);
            return null;
        }));
    }

    private byte[] receive(int opcode, String wanted) {
        return client.inLoop(() -> Served.waitFor(() -> {
            Message message = messages.get();
            if (message.opcode() == CLOSE) {
                messages.putNowait(message);
                client.served().throwFailure(connection);
                throw new WebSocketClosedException(code, reason);
            }
            if (message.opcode() != opcode) {
                throw new IllegalStateException("The message is not " + wanted);
            }
            return message.payload();
        }));
    }

    private void send(int opcode, byte[] payload) {
        client.inLoop(() -> Served.waitFor(() -> {
            if (reading.isDone() || closeSent) {
                client.served().throwFailure(connection);
                throw new WebSocketClosedException(code, reason);
            }
            write(opcode, payload);
            connection.writer().drain();
            return null;
        }));
    }

    // ------------------------------------------------------------------ frames

    /// Writes a frame, with a mask of zeros, which leaves the payload as it is.
    private void write(int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        connection.writer().write(frame.toByteArray());
    }

    private void sendClose(byte[] payload) {
        if (!closeSent) {
            closeSent = true;
            write(CLOSE, payload);
        }
    }

    private void readAll() {
        try {
            readFrames(connection.reader());
        } catch (IOException cut) {
            // the code is 1006, unless there was a close frame
        } finally {
            connection.close();
            client.served().closed(this);
            messages.putNowait(Message.END);
        }
    }

    private void readFrames(StreamReader in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int kind = 0;
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = in.readExactly(length(in));
            int opcode = first & 0x0f;
            switch (opcode) {
                case PING -> write(PONG, payload);
                case PONG -> {}
                case CLOSE -> {
                    noteClose(payload);
                    sendClose(payload);
                    in.readAll(); // until the handler has ended
                    return;
                }
                default -> {
                    kind = opcode == CONTINUATION ? kind : opcode;
                    message.writeBytes(payload);
                    if ((first & 0x80) != 0) {
                        messages.putNowait(new Message(kind, message.toByteArray()));
                        message.reset();
                    }
                }
            }
        }
    }

    private static int length(StreamReader in) throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        return switch (length) {
            case 126 -> in.readShort() & 0xffff;
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    private void noteClose(byte[] payload) {
        code = payload.length < 2 ? NO_CODE : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        reason = payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /// Cuts the connection, as a client that crashes.
    void cut() {
        connection.close();
        reading.cancel();
        Asyncio.waitAll(List.of(reading));
    }
}
