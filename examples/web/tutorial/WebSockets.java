import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.*;

final Set<WebSocketSession> members = new LinkedHashSet<>();

@WebSocket("/chat/{name}")
void chat(WebSocketSession socket, String name) {
    members.add(socket);
    try {
        for (String line : socket.texts()) {
            for (WebSocketSession member : List.copyOf(members)) {
                member.sendText(name + ": " + line);
            }
        }
    } finally {
        members.remove(socket);
    }
}

record Order(String item, int count) {}

@WebSocket("/orders")
void orders(WebSocketSession socket, String token) {
    if (!token.equals("secret")) {
        throw new HttpException(403, "Wrong token");
    }
    Order order = socket.receiveJson(Order.class);
    socket.sendJson(order.count() * 2);
    socket.close(4000, "sold out");
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    try (TestClient client = TestClient.of(app)) {
        try (TestSocket ann = client.websocket("/chat/ann");
                TestSocket bob = client.websocket("/chat/bob")) {
            ann.sendText("hello");
            IO.println("bob reads " + bob.receiveText());
            bob.sendText("hi");
            IO.println("ann reads " + ann.receiveText() + ", " + ann.receiveText());
        }
        try (TestSocket socket = client.websocket("/orders?token=secret")) {
            socket.sendJson(new Order("tea", 3));
            IO.println("price " + socket.receiveJson());
            IO.println("closed with " + socket.closeCode());
        }
        try {
            client.websocket("/orders?token=guess");
        } catch (UnexpectedAnswerException refused) {
            IO.println("refused with " + refused.answer().status());
        }
    }
}
