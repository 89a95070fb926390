package io.asyncio4j.web.http2;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Server;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualTime;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Application;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.ExchangeLog;
import io.asyncio4j.web.http.HttpService;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.http.ServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server of HTTP/2 on a network in memory, in virtual time, and a client of it.
final class ServedConnection {
    private static final int PORT = 80;

    /// The call of a request.
    interface Handler {
        void serve(Exchange exchange) throws Exception;
    }

    /// A test's use of the client.
    interface Script {
        void run(FrameClient client, ServedConnection server) throws Exception;
    }

    /// What has become of requests, in order.
    final List<String> ended = new ArrayList<>();

    final List<Throwable> failures = new ArrayList<>();
    private final Handler handler;
    private final HttpService service;

    private ServedConnection(Limits limits, Handler handler) {
        this.handler = handler;
        this.service = new HttpService(this::route, limits, Asyncio.runningLoop(), new Log());
    }

    HttpService service() {
        return service;
    }

    private Application.Call route(RequestHead request) {
        return new Application.Call() {
            @Override
            public String name() {
                return request.method() + " " + request.path();
            }

            @Override
            public void serve(Exchange exchange) throws Exception {
                handler.serve(exchange);
            }
        };
    }

    private final class Log implements ExchangeLog {
        @Override
        public void ended(ServerExchange exchange) {
            ended.add(exchange.request().path() + " " + exchange.status() + (exchange.isDisconnected() ? " left" : ""));
        }

        @Override
        public void failed(ServerExchange exchange, Throwable thrown) {
            failures.add(thrown);
        }
    }

    /// Runs a script in virtual time.
    ///
    /// @return how long it took until the connection was over as well
    static Duration run(Limits limits, Handler handler, Script script) {
        try {
            return VirtualTime.run(() -> serve(limits, handler, script)).elapsed();
        } catch (Exception failed) {
            throw new AssertionError("The script has failed", failed);
        }
    }

    private static void serve(Limits limits, Handler handler, Script script) throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        ServedConnection served = new ServedConnection(limits, handler);
        Server server = network.startServer(
                (reader, writer) -> served.service.serve(new Http2Connection(served.service, reader, writer, "http")),
                "localhost",
                PORT);
        try (FrameClient client = new FrameClient(network.openConnection("localhost", PORT))) {
            script.run(client, served);
        }
        server.close();
        server.waitClosed();
    }

    static Duration run(Handler handler, Script script) {
        return run(Limits.defaults(), handler, script);
    }

    // ------------------------------------------------------------------ handlers

    static void hello(Exchange exchange) throws IOException {
        exchange.respond(200, Headers.of("content-type", "text/plain"), bytes("hello"));
    }

    static void echo(Exchange exchange) throws IOException {
        exchange.respond(200, Headers.empty(), body(exchange));
    }

    static void forever(Exchange exchange) {
        Asyncio.sleep(Duration.ofDays(1));
    }

    static byte[] body(Exchange exchange) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] piece = exchange.read(); piece != null; piece = exchange.read()) {
            body.writeBytes(piece);
        }
        return body.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
