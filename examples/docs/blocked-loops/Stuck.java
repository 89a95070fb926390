// A step that blocks the loop is reported while it does: docs/see/blocked-loops.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.*;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);

String ask() throws InterruptedException {
    return answers.take(); // blocks the thread, and so the loop
}

void main() {
    printLog();
    try (var runner = new Runner(RunnerOptions.defaults().slowCallbackDuration(ofMillis(200)))) {
        runner.run(() -> {
            await(createTask("asker", () -> ask()));
        });
    }
}

/// Prints what the log says of the task. The second message brings the answer that it waits for.
void printLog() {
    Logger logger = Logger.getLogger("io.asyncio4j");
    logger.setUseParentHandlers(false);
    logger.addHandler(new Handler() {
        @Override
        public void publish(LogRecord entry) {
            String message = entry.getMessage();
            boolean more = message.contains("still") && !answers.offer("42");
            if (message.startsWith("Task 'asker'") && !more) {
                IO.println(message);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    });
}

/* Output of one run:
Task 'asker' blocks the event loop of thread 'main', for 261 ms by now; nothing else can run meanwhile. Use toThread(...) for what blocks, and sleep(Duration.ZERO) to let others run
    waiting for java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@5a2f4f57
    at java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:367)
    at java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionNode.block(AbstractQueuedSynchronizer.java:520)
    at java.base/java.util.concurrent.ForkJoinPool.unmanagedBlock(ForkJoinPool.java:4364)
    at java.base/java.util.concurrent.ForkJoinPool.managedBlock(ForkJoinPool.java:4310)
    at java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:1752)
    at java.base/java.util.concurrent.ArrayBlockingQueue.take(ArrayBlockingQueue.java:421)
    at Stuck.ask(Stuck.java:16)
    at Stuck.lambda$main$1(Stuck.java:23)
Task 'asker' still blocks the event loop of thread 'main', for 421 ms by now; nothing else can run meanwhile.
    waiting for java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@5a2f4f57
    at java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:367)
    at java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionNode.block(AbstractQueuedSynchronizer.java:520)
    at java.base/java.util.concurrent.ForkJoinPool.unmanagedBlock(ForkJoinPool.java:4364)
    at java.base/java.util.concurrent.ForkJoinPool.managedBlock(ForkJoinPool.java:4310)
    at java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:1752)
    at java.base/java.util.concurrent.ArrayBlockingQueue.take(ArrayBlockingQueue.java:421)
    at Stuck.ask(Stuck.java:16)
    at Stuck.lambda$main$1(Stuck.java:23)
Task 'asker' no longer blocks its event loop, after 465 ms
*/
