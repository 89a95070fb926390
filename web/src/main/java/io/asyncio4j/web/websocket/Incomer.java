package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;

import io.asyncio4j.TimeoutException;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The reading task of a WebSocket: takes frames until the last one, answers pings, and does not
/// read on while the inbox is full or while the client takes no answers.
final class Incomer {
    /// How long a client is listened to that has sent what it must not, so that the close frame
    /// reaches it before the connection is cut.
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Exchange exchange;
    private final FrameParser parser;
    private final Inbox inbox;
    private final Dialogue dialogue;
    private long reads;
    private boolean reading;

    Incomer(Exchange exchange, FrameParser parser, Inbox inbox, Dialogue dialogue) {
        this.exchange = exchange;
        this.parser = parser;
        this.inbox = inbox;
        this.dialogue = dialogue;
    }

    /// Returns the number of reads so far, the present one included; -1 if nothing is being read.
    long reads() {
        return reading ? reads : -1;
    }

    void run() {
        try {
            byte[] piece = read();
            while (piece != null) {
                parser.feed(piece);
                if (!takeFrames()) {
                    return;
                }
                piece = read();
            }
        } catch (ProtocolFault fault) {
            fail(fault);
            return;
        } catch (IOException gone) {
            // As at the end of the stream.
        }
        dialogue.lost();
    }

    private byte @Nullable [] read() throws IOException {
        reads++;
        reading = true;
        try {
            return exchange.read();
        } finally {
            reading = false;
        }
    }

    /// Returns whether more frames may come.
    private boolean takeFrames() throws ProtocolFault, IOException {
        while (true) {
            switch (parser.next()) {
                case null -> {
                    return true;
                }
                case Incoming.Data data -> take(data);
                case Incoming.Ping(byte[] payload) -> {
                    if (dialogue.isOpen()) {
                        dialogue.pong(payload);
                    }
                }
                case Incoming.Pong _ -> {}
                case Incoming.Pause _ -> sleep(Duration.ZERO);
                case Incoming.Close close -> {
                    dialogue.closedByClient(close);
                    return false;
                }
            }
        }
    }

    private void take(Incoming.Data data) {
        inbox.awaitRoom();
        if (dialogue.isOpen()) {
            inbox.put(data);
        }
    }

    private void fail(ProtocolFault fault) {
        try {
            dialogue.failed(fault);
            timeout(LINGER, this::drain);
        } catch (IOException | TimeoutException gone) {
            // The connection is cut in any case.
        }
    }

    private void drain() throws IOException {
        byte[] dropped = exchange.read();
        while (dropped != null) {
            dropped = exchange.read();
        }
    }

    /// Frees what the parser holds.
    void close() {
        parser.close();
    }
}
