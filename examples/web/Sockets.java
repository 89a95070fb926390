import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;

import io.asyncio4j.TimeoutException;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.Request;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketSession;

/// What a WebSocket can do, one thing at a time. The port may be an argument.
void echo(WebSocketSession socket) {
    for (String text : socket.texts()) {
        socket.sendText(text);
    }
}

record Order(String item, int count) {}

void order(WebSocketSession socket) {
    Order order = socket.receiveJson(Order.class);
    if (order.count() < 1) {
        socket.close(4001, "Nothing is ordered");
        return;
    }
    socket.sendJson(Map.of("ordered", order.item()));
}

void speak(WebSocketSession socket) {
    if (socket.subprotocols().contains("v2")) {
        socket.accept("v2");
    }
    socket.sendText("speaking " + socket.subprotocol());
}

void account(WebSocketSession socket) {
    Request request = socket.request();
    if (!"https://shop.example".equals(request.headers().get("origin"))) {
        throw new HttpException(403, "Not from this page");
    }
    if (!"secret".equals(request.cookies().get("session"))) {
        throw new HttpException(401, "Log in first");
    }
    socket.sendText("welcome");
}

void prices(WebSocketSession socket) {
    taskGroup(tasks -> {
        var ticks = tasks.createTask("ticks", () -> {
            for (int price = 100; ; price++) {
                socket.sendJson(Map.of("price", price));
                sleep(seconds(1));
            }
        });
        for (String text : socket.texts()) {
            socket.sendText("noted: " + text);
        }
        ticks.cancel();
    });
}

void quiz(WebSocketSession socket) {
    socket.sendText("What is six times seven?");
    try {
        String answer = timeout(seconds(1), () -> socket.receiveText());
        socket.sendText(answer.equals("42") ? "right" : "wrong");
    } catch (TimeoutException late) {
        socket.sendText("too late"); // the socket works as before
    }
}

void listen(WebSocketSession socket) {
    try {
        while (true) {
            IO.println("got " + socket.receiveText());
        }
    } catch (WebSocketClosedException end) {
        IO.println("closed with " + end.code() + " " + end.reason());
    }
}

void main(String[] args) throws IOException {
    WebApp app = WebApp.create();
    app.websocket("/echo", this::echo);
    app.websocket("/order", this::order);
    app.websocket("/speak", this::speak);
    app.websocket("/account", this::account);
    app.websocket("/prices", this::prices);
    app.websocket("/quiz", this::quiz);
    app.websocket("/listen", this::listen);

    Limits limits = Limits.defaults()
            .webSocketMessage(64 * 1024) // more closes the socket with 1009
            .webSocketQueue(4) // with so many messages not received, nothing more is read
            .webSocketPing(seconds(10)); // a client that is silent for two of these has gone
    app.serve(ServeOptions.defaults()
            .port(args.length == 0 ? 8000 : Integer.parseInt(args[0]))
            .limits(limits));
}
