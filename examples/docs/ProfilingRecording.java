// What a flight recording has of a loop: docs/profiling.md.

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
        if (type.equals("io.asyncio4j.Step") || type.equals("io.asyncio4j.TaskEnded")) {
            if (event.getString("name").equals("loader")) {
                show(event);
            }
        }
    }
    Files.delete(file);
}

/// As `jfr print` does, without what is different each time.
void show(RecordedEvent event) {
    event.toString()
            .lines()
            .filter(line -> !line.isBlank() && !line.contains("eventThread"))
            .map(line -> line.replaceAll("= [0-9.:]+ .*", "= ..."))
            .forEach(IO::println);
}

// Output:
// io.asyncio4j.Step {
//   startTime = ...
//   duration = ...
//   loop = 1
//   task = 3
//   name = "loader"
//   stoppedAt = "ProfilingRecording.load(ProfilingRecording.java:15)"
//   nested = false
// }
// io.asyncio4j.TaskEnded {
//   startTime = ...
//   loop = 1
//   task = 3
//   name = "loader"
//   outcome = "finished"
//   failure = N/A
//   steps = 2
//   lifetime = ...
//   running = ...
//   ready = ...
//   waiting = ...
// }
