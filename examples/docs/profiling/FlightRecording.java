// What a flight recording has of a loop: docs/see/profiling.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

String load(String page) throws InterruptedException {
    Thread.sleep(100); // blocks the loop: asyncio4j's sleep(...) is meant
    sleep(ofMillis(10));
    return page;
}

void main() throws IOException {
    Path file = Files.createTempFile("loop", ".jfr");
    try (var recording = new Recording()) {
        recording.enable("io.asyncio4j.Step").withThreshold(ofMillis(50)); // 20 ms without this
        recording.start();
        run(() -> {
            await(createTask("warm-up", () -> sleep(ofMillis(10))));
            await(createTask("loader", () -> load("index")));
        });
        recording.stop();
        recording.dump(file);
    }
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        String type = event.getEventType().getName();
        boolean step = type.equals("io.asyncio4j.Step") && event.getString("stoppedAt") != null; // not its last
        if (step || type.equals("io.asyncio4j.TaskEnded")) {
            if (event.getString("name").equals("loader")) {
                show(event);
            }
        }
    }
    Files.delete(file);
}

/// As `jfr print` does, without what is different each time, the order of the fields included.
void show(RecordedEvent event) {
    var lines = event.toString()
            .lines()
            .filter(line -> !line.isBlank() && !line.contains("eventThread"))
            .map(line -> line.replaceAll("= [0-9.:]+ .*", "= ..."))
            .toList();
    IO.println(lines.getFirst());
    lines.subList(1, lines.size() - 1).stream().sorted().forEach(IO::println);
    IO.println(lines.getLast());
}

// Output:
// io.asyncio4j.Step {
//   duration = ...
//   loop = 1
//   name = "loader"
//   nested = false
//   startTime = ...
//   stoppedAt = "FlightRecording.load(FlightRecording.java:15)"
//   task = 3
// }
// io.asyncio4j.TaskEnded {
//   failure = N/A
//   lifetime = ...
//   loop = 1
//   name = "loader"
//   outcome = "finished"
//   ready = ...
//   running = ...
//   startTime = ...
//   steps = 2
//   task = 3
//   waiting = ...
// }
