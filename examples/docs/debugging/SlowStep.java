// Debug mode names what holds all others up: docs/see/debugging.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

void parse() throws InterruptedException {
    Thread.sleep(500); // blocks the loop, and so would a long computation
}

void main() {
    printLog();
    run(() -> {
        runningLoop().setDebug(true);
        runningLoop().setSlowCallbackDuration(ofMillis(300));
        await(createTask("parser", () -> {
            parse();
            sleep(ofMillis(1));
        }));
    });
}

/// Prints the beginning of the log's messages about what is over, without the time measured.
void printLog() {
    Logger logger = Logger.getLogger("io.asyncio4j");
    logger.setUseParentHandlers(false);
    logger.addHandler(new Handler() {
        @Override
        public void publish(LogRecord entry) {
            String message = entry.getMessage();
            if (message.matches("(?s)Task 'parser' ran for .* until .*")) { // what is said when it is over
                IO.println(message.substring(0, message.indexOf(';')).replaceFirst("PT[^ ]+", "a long time"));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    });
}

// Output:
// Task 'parser' ran for a long time until it awaited something
