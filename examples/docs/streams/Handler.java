// What a handler throws ends its connection, and is told to the loop's exception handler.

import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;

import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;

void square(StreamReader reader, StreamWriter writer) throws IOException {
    IO.println("task 'connection with ...': " + currentTask().name().startsWith("connection with /127.0.0.1:"));
    for (String line : reader.lines()) {
        long number = Long.parseLong(line); // may throw
        writer.write(number * number + "\n");
    }
}

void main() throws IOException {
    run(() -> {
        runningLoop().setExceptionHandler((loop, problem) -> IO.println(problem.exception()));
        try (var server = Streams.startServer(this::square, "127.0.0.1", 0);
                var client = Streams.openConnection("127.0.0.1", server.port())) {
            client.writer().write("12\n");
            IO.println(client.reader().readLine());
            client.writer().write("twelve\n");
            IO.println(client.reader().readLine());
        }
    });
}

// Output:
// task 'connection with ...': true
// 144
// java.lang.NumberFormatException: For input string: "twelve"
// null
