import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.sync.Queue;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.Response;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebSocketSession;

/// Chat rooms over WebSockets: what somebody says is told to all in the same room. Open
/// `http://127.0.0.1:8000/` in two windows. The port may be an argument.
///
/// All of it runs on one thread, so the rooms are plain maps. Each member has a queue of its own
/// and a task that sends from it: one who reads slowly holds nobody up, and is sent away when too
/// much waits for him.
private static final int MOST_WAITING = 100;

private static final String PAGE = """
    <!doctype html>
    <title>Chat</title>
    <ul id="lines"></ul>
    <form><input id="line" autofocus></form>
    <script>
      const name = prompt("Your name?", "anonymous");
      const socket = new WebSocket(`ws://${location.host}/chat/lobby?name=${encodeURIComponent(name)}`);
      const show = text => document.getElementById("lines").append(Object.assign(document.createElement("li"), { textContent: text }));
      socket.onmessage = event => show(event.data);
      socket.onclose = event => show(`closed: ${event.code} ${event.reason}`);
      document.forms[0].onsubmit = event => {
        event.preventDefault();
        socket.send(document.getElementById("line").value);
        document.getElementById("line").value = "";
      };
    </script>
    """;

/// The members of each room.
private final Map<String, Set<Member>> rooms = new HashMap<>();

/// A member, and the lines that it has not been sent.
private record Member(WebSocketSession socket, Queue<String> lines) {
    void tell(String line) {
        if (lines.isFull()) {
            socket.close(1013, "You read too slowly"); // "try again later"
        } else {
            lines.putNowait(line);
        }
    }

    void send() {
        while (true) {
            socket.sendText(lines.get());
        }
    }
}

private void chat(WebSocketSession socket) {
    String room = socket.request().pathParam("room");
    String name = socket.request().queryParam("name");
    if (name == null || name.isBlank()) {
        throw new HttpException(400, "Add ?name= to the address"); // not accepted so far: an answer
    }
    socket.accept();
    Set<Member> members = rooms.computeIfAbsent(room, _ -> new LinkedHashSet<>());
    Member member = new Member(socket, new Queue<>(MOST_WAITING));
    members.add(member);
    tell(members, "* " + name + " has come");
    try {
        taskGroup(tasks -> {
            var sender = tasks.createTask(name, member::send);
            for (String line : socket.texts()) {
                tell(members, name + ": " + line);
            }
            sender.cancel();
        });
    } finally {
        members.remove(member);
        rooms.remove(room, Set.of());
        tell(members, "* " + name + " has left");
    }
}

private void tell(Set<Member> members, String line) {
    members.forEach(member -> member.tell(line));
}

void main(String[] args) throws IOException {
    WebApp app = WebApp.create();
    app.get("/", _ -> Response.html(PAGE));
    app.websocket("/chat/{room}", this::chat);
    app.serve(args.length == 0 ? 8000 : Integer.parseInt(args[0]));
}
