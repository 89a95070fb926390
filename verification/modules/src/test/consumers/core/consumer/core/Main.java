package consumer.core;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.waitFor;

import io.asyncio4j.Task;
import io.asyncio4j.sync.Queue;
import java.time.Duration;

/// Two tasks and a queue, and a parameter that may be null.
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        run(() -> {
            Queue<String> words = new Queue<>("words");
            Task<?> speaker = createTask("speaker", () -> {
                sleep(Duration.ofMillis(1));
                words.put("hello");
            });
            System.out.println(words.get() + " from core");
            waitFor(speaker, null);
        });
    }
}
