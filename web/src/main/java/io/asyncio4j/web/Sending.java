package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The sending of a response by an exchange, in the request's task.
final class Sending {
    private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.UTF_8);

    private final Exchange exchange;

    Sending(Exchange exchange) {
        this.exchange = exchange;
    }

    void send(Response response) throws Exception {
        switch (response.content()) {
            case Response.Content.Bytes content ->
                exchange.respond(response.status(), response.headers(), content.bytes());
            case Response.Content.File content -> new FileSending(exchange, content.path()).send(response);
            case Response.Content.Pieces content -> pieces(response, content);
            case Response.Content.Events content -> events(response, content);
            case Response.Content.Compressed content -> {
                try (GzipExchange compressing = new GzipExchange(exchange, content.how())) {
                    new Sending(compressing).send(response.with(response.headers(), content.content()));
                }
            }
        }
    }

    private void pieces(Response response, Response.Content.Pieces content) throws Exception {
        try {
            exchange.begin(response.status(), response.headers(), content.length());
            if (exchange.takesBody()) {
                for (byte[] piece : content.pieces()) {
                    exchange.write(piece, 0, piece.length);
                }
            }
            exchange.end();
        } finally {
            close(content.pieces());
        }
    }

    static void close(Object source) throws Exception {
        if (source instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    // ------------------------------------------------------------------ server-sent events

    private void events(Response response, Response.Content.Events content) throws Exception {
        try {
            exchange.begin(response.status(), response.headers(), -1);
            if (exchange.takesBody()) {
                Lock turn = new Lock();
                Asyncio.taskGroup(group -> {
                    Task<?> events = group.createTask("events", () -> {
                        for (ServerSentEvent event : content.events()) {
                            write(turn, event.text().getBytes(StandardCharsets.UTF_8));
                        }
                    });
                    Task<?> pings = group.createTask("pings", () -> ping(turn, content.ping()));
                    exchange.onShutdown(() -> events.cancel("the server ends"));
                    try {
                        Asyncio.waitAll(List.of(events));
                    } finally {
                        pings.cancel();
                    }
                });
            }
            exchange.end();
        } finally {
            close(content.events());
        }
    }

    private void ping(Lock turn, Duration interval) throws IOException {
        while (true) {
            Asyncio.sleep(interval);
            write(turn, PING);
        }
    }

    private void write(Lock turn, byte[] bytes) throws IOException {
        turn.acquire();
        try {
            exchange.write(bytes, 0, bytes.length);
        } finally {
            turn.release();
        }
    }
}
