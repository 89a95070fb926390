package io.asyncio4j.web.testing;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.web.ServerSentEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A stream of server-sent events, read one by one: `for (ServerSentEvent event : events)`. Closed,
/// it leaves the application, whose task is cancelled unless it has ended.
public final class TestEvents implements Iterable<ServerSentEvent>, AutoCloseable {
    private final TestClient client;
    private final Connection connection;
    private final AnswerReader reader;
    private byte[] piece = {};
    private int at;
    private boolean ended;

    TestEvents(TestClient client, Connection connection, AnswerReader reader) {
        this.client = client;
        this.connection = connection;
        this.reader = reader;
        client.served().opened(this);
    }

    /// Returns the next event. Suspends in a task.
    ///
    /// @return null at the end of the stream
    /// @throws io.asyncio4j.TimeoutException if none comes within a day
    public @Nullable ServerSentEvent next() {
        return ended ? null : client.inLoop(() -> Served.waitFor(this::read));
    }

    /// Returns the events that are still to come; there is one such sequence.
    @Override
    public Iterator<ServerSentEvent> iterator() {
        return new Iterator<>() {
            private @Nullable ServerSentEvent ahead;

            @Override
            public boolean hasNext() {
                if (ahead == null) {
                    ahead = TestEvents.this.next();
                }
                return ahead != null;
            }

            @Override
            public ServerSentEvent next() {
                ServerSentEvent event = hasNext() ? ahead : null;
                if (event == null) {
                    throw new NoSuchElementException("The stream has ended");
                }
                ahead = null;
                return event;
            }
        };
    }

    private @Nullable ServerSentEvent read() throws IOException {
        try {
            StringJoiner data = new StringJoiner("\n");
            boolean hasData = false;
            String type = null;
            String id = null;
            Duration retry = null;
            for (String line = line(); line != null; line = line()) {
                int colon = line.indexOf(':');
                String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
                switch (colon < 0 ? line : line.substring(0, colon)) {
                    case "data" -> {
                        data.add(value);
                        hasData = true;
                    }
                    case "event" -> type = value;
                    case "id" -> id = value;
                    case "retry" -> retry = Duration.ofMillis(Long.parseLong(value));
                    default -> {} // a comment, such as a ping
                }
                if (line.isEmpty() && hasData) {
                    return new ServerSentEvent(data.toString(), type, id, retry);
                }
            }
        } catch (IOException failure) {
            cut();
            client.served().throwFailure(connection);
            throw failure;
        }
        reader.awaitEnd();
        cut();
        client.served().throwFailure(connection);
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (at < piece.length) {
                byte b = piece[at++];
                if (b == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(b);
            }
            byte[] more = reader.read();
            if (more == null) {
                return null;
            }
            piece = more;
            at = 0;
        }
    }

    /// Closes the connection.
    void cut() {
        ended = true;
        connection.close();
        client.served().closed(this);
    }

    /// Leaves the application. Suspends in a task.
    @Override
    public void close() {
        if (!ended) {
            client.inLoop(() -> Served.waitFor(() -> {
                cut();
                connection.waitClosed();
                return null;
            }));
        }
    }
}
