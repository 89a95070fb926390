// A task that keeps a monitor while it awaits can block the whole loop: docs/see/blocked-loops.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.*;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

final Object account = new Object();

void deposit() {
    synchronized (account) {
        sleep(ofSeconds(1)); // the task is suspended, and keeps the monitor
    }
}

void withdraw() {
    synchronized (account) { // blocks the loop, on which deposit() would have to go on
        IO.println("never printed");
    }
}

void main() {
    printLog();
    try (var runner = new Runner(RunnerOptions.defaults().slowCallbackDuration(ofMillis(200)))) {
        runner.run(() -> {
            taskGroup(group -> {
                group.createTask("deposit", () -> deposit());
                group.createTask("withdraw", () -> withdraw());
            });
        });
    }
}

/// Prints what the log says of withdraw(), and ends the program, which would never end.
void printLog() {
    Logger logger = Logger.getLogger("io.asyncio4j");
    logger.setUseParentHandlers(false);
    logger.addHandler(new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getMessage().startsWith("Task 'withdraw'")) {
                IO.println(entry.getMessage());
                Runtime.getRuntime().halt(0);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    });
}

/* Output of one run:
Task 'withdraw' blocks the event loop of thread 'main', for 213 ms by now; nothing else can run meanwhile. Use toThread(...) for what blocks, and sleep(Duration.ZERO) to let others run
    waiting for the monitor of java.lang.Object@58656d60, held by task 'deposit' at MonitorHeld.deposit(MonitorHeld.java:16)
    at MonitorHeld.withdraw(MonitorHeld.java:22)
    at MonitorHeld.lambda$main$3(MonitorHeld.java:32)
*/
