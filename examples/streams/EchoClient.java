// Sends a line to the echo server and prints what comes back: EchoClient.java [PORT [MESSAGE]]

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;

void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8888 : Integer.parseInt(args[0]);
    String message = args.length < 2 ? "Hello World!" : args[1];
    run(() -> {
        try (Connection connection = Streams.openConnection("127.0.0.1", port)) {
            IO.println("Send: " + message);
            connection.writer().write(message + "\n");
            IO.println("Received: " + connection.reader().readLine());
        }
        IO.println("Closed the connection");
    });
}
