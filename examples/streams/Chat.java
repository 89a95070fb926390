// A chat room: everybody gets what anybody says. Connect with `nc 127.0.0.1 8888`, say who you are,
// then talk. Ctrl-C ends it: Chat.java [PORT]

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.sync.QueueFullException;

/// How many lines may wait for a guest who does not read.
static final int PATIENCE = 100;

/// The guests by their names: a plain map, since no other task runs between two awaits.
final Map<String, Guest> guests = new LinkedHashMap<>();

/// One who listens. Lines wait in a queue of limited length, so that nobody waits for the slowest.
record Guest(StreamWriter writer, Queue<String> lines) {
    void tell(String line) {
        try {
            lines.putNowait(line);
        } catch (QueueFullException tooSlow) {
            writer.abort(); // this guest's reader ends, and with it the guest
        }
    }

    void sendLines() {
        try {
            while (!writer.isClosing()) {
                writer.write(lines.get() + "\n");
                writer.drain();
            }
        } catch (IOException gone) {
            // the reader notices, too
        }
    }
}

void serve(StreamReader reader, StreamWriter writer) throws IOException {
    writer.write("Your name?\n");
    String name = reader.readLine();
    if (name == null) {
        return;
    }
    if (name.isBlank() || guests.containsKey(name)) {
        writer.write("Sorry, that name will not do.\n");
        return;
    }
    Guest guest = new Guest(writer, new Queue<>(PATIENCE));
    guests.put(name, guest);
    var sender = createTask("lines for " + name, () -> guest.sendLines());
    tellAll("* " + name + " has come");
    try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            tellAll(name + ": " + line);
        }
    } catch (IOException gone) {
        // without a goodbye
    } finally {
        sender.cancel();
        guests.remove(name);
        tellAll("* " + name + " has left");
    }
}

void tellAll(String line) {
    guests.values().forEach(guest -> guest.tell(line));
}

void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8888 : Integer.parseInt(args[0]);
    run(() -> {
        Server server = Streams.startServer(this::serve, "127.0.0.1", port);
        IO.println("Chatting on port " + server.port());
        server.serveForever();
    });
}
