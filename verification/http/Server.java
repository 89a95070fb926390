import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.Generator;
import io.asyncio4j.streams.Tls;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.Request;
import io.asyncio4j.web.Response;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.ServerSentEvent;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebSocketMessage;
import io.asyncio4j.web.WebSocketSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The program that the conformance kit tests: SPEC.md, written as a user of the library would.
///
///     ./asyncio4j run verification/http/Server.java PORT [CERTIFICATE KEY]
final class Server {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD");
    private static final int PIECE = 64 * 1024;

    /// What handlers have done. Used by one loop, so that nothing here needs a lock.
    private final Map<String, Integer> stats = new TreeMap<>();

    private Server() {
        for (String name : List.of(
                "slow_started",
                "slow_done",
                "slow_cancelled",
                "stream_open",
                "stream_chunks",
                "sse_open",
                "sse_events",
                "ws_open",
                "ws_messages")) {
            stats.put(name, 0);
        }
    }

    /// Times are as long as the kit's option `--slack` has it.
    private static Duration time(double seconds) {
        return seconds(seconds * Double.parseDouble(System.getProperty("slack", "1")));
    }

    static void main(String[] args) throws IOException {
        Limits limits = Limits.defaults()
                .body(1024 * 1024)
                .headerTime(time(2))
                .bodyPause(time(2))
                .idleTime(time(3))
                .webSocketMessage(64 * 1024);
        ServeOptions options = ServeOptions.defaults()
                .port(Integer.parseInt(args[0]))
                .limits(limits)
                .accessLog(false)
                .shutdownTimeout(time(3));
        if (args.length > 2) {
            options = options.tls(Tls.server(Path.of(args[1]), Path.of(args[2])));
        }
        new Server().app().serve(options);
    }

    private WebApp app() {
        WebApp app = WebApp.create();
        app.get("/hello", _ -> Response.text("hello"));
        app.get("/tag/{x}", request -> Response.bytes(request.pathParam("x").getBytes(StandardCharsets.ISO_8859_1)));
        for (String method : List.of("POST", "PUT")) {
            app.route(method, "/echo", request -> request.bytes());
            app.route(method, "/count", request -> Response.text(String.valueOf(request.bytes().length)));
        }
        app.post("/ignore", _ -> Response.text("ignored"));
        METHODS.forEach(method -> app.route(method, "/inspect", Server::inspect));
        app.get("/slow", this::slow);
        app.get("/big", request -> big(number(request, "n", 0)));
        app.get("/stream", this::stream);
        app.get("/sse", this::events);
        app.get("/setheader", Server::setHeader);
        app.get("/boom", _ -> {
            throw new IllegalStateException("boom");
        });
        app.get("/stats", _ -> stats);
        if (System.getProperty("page") != null) { // for browsers
            app.get("/page", _ -> Response.file(Path.of(System.getProperty("page"))));
        }
        app.websocket("/ws", this::echo);
        app.websocket("/ws/push", this::push);
        app.websocket("/ws/close", socket -> {
            socket.accept();
            socket.close(number(socket.request(), "code", 1000), "bye");
        });
        app.websocket("/ws/stuck", socket -> {
            socket.accept();
            sleep(Duration.ofDays(1));
        });
        return app;
    }

    private static int number(Request request, String name, int otherwise) {
        String text = request.queryParam(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private void count(String name, int more) {
        stats.merge(name, more, Integer::sum);
    }

    private static Object inspect(Request request) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers()
                .names()
                .forEach(name ->
                        headers.put(name, String.join(", ", request.headers().all(name))));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("method", request.method());
        answer.put("path", request.path());
        answer.put("query", request.queryString());
        answer.put("headers", headers);
        answer.put("body", new String(request.bytes(), StandardCharsets.ISO_8859_1));
        return answer;
    }

    private Object slow(Request request) {
        count("slow_started", 1);
        boolean done = false;
        try {
            sleep(Duration.ofMillis(number(request, "ms", 0)));
            done = true;
        } finally {
            count(done ? "slow_done" : "slow_cancelled", 1);
        }
        return Response.text("slow");
    }

    private static Object big(int n) {
        Generator<byte[]> pieces = new Generator<>(output -> {
            for (int left = n; left > 0; left -= PIECE) {
                output.yield(filled('x', Math.min(left, PIECE)));
            }
        });
        return Response.stream(pieces, n);
    }

    private static byte[] filled(char c, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) c);
        return bytes;
    }

    private Object stream(Request request) {
        int chunks = number(request, "chunks", 1);
        byte[] piece = filled('c', number(request, "size", 1));
        Duration pause = Duration.ofMillis(number(request, "ms", 0));
        return Response.stream(new Generator<byte[]>(output -> {
            count("stream_open", 1);
            try {
                for (int i = 0; chunks == 0 || i < chunks; i++) {
                    if (i > 0) {
                        sleep(pause);
                    }
                    output.yield(piece);
                    count("stream_chunks", 1);
                }
            } finally {
                count("stream_open", -1);
            }
        }));
    }

    private Object events(Request request) {
        int ms = number(request, "ms", 0);
        Generator<ServerSentEvent> events = new Generator<>(output -> {
            count("sse_open", 1);
            try {
                for (int i = 0; ; i++) {
                    sleep(ms == 0 ? Duration.ofDays(1) : Duration.ofMillis(ms));
                    output.yield(ServerSentEvent.of(String.valueOf(i)).id(String.valueOf(i)));
                    count("sse_events", 1);
                }
            } finally {
                count("sse_open", -1);
            }
        });
        return Response.events(events, seconds(1));
    }

    private static Object setHeader(Request request) {
        try {
            return Response.text("set").header("x-value", String.valueOf(request.queryParam("value")));
        } catch (IllegalArgumentException wrong) {
            throw new HttpException(422, wrong.getMessage());
        }
    }

    private void echo(WebSocketSession socket) {
        open(socket, () -> {
            while (true) {
                switch (socket.receive()) {
                    case WebSocketMessage.Text message -> socket.sendText(message.text());
                    case WebSocketMessage.Binary message -> socket.sendBytes(message.bytes());
                }
            }
        });
    }

    private void push(WebSocketSession socket) {
        int n = number(socket.request(), "n", 0);
        byte[] message = new byte[number(socket.request(), "size", 1)];
        open(socket, () -> {
            for (int i = 0; i < n; i++) {
                socket.sendBytes(message);
                count("ws_messages", 1);
            }
        });
    }

    private void open(WebSocketSession socket, Runnable talk) {
        count("ws_open", 1);
        try {
            if (socket.subprotocols().contains("echo.v1")) {
                socket.accept("echo.v1");
            } else {
                socket.accept();
            }
            talk.run();
        } finally {
            count("ws_open", -1);
        }
    }
}
