// Two tasks that wait for each other: docs/deadlocks.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;

Lock accounts = new Lock("accounts");
Lock audit = new Lock("audit");
Queue<String> mails = new Queue<>("mails");

void transfer() {
    try (var _ = accounts.acquire()) {
        sleep(ofMillis(10)); // stands for a query
        try (var _ = audit.acquire()) {
            IO.println("transferred");
        }
    }
}

void report() {
    try (var _ = audit.acquire()) {
        sleep(ofMillis(10));
        try (var _ = accounts.acquire()) {
            mails.putNowait("a report");
        }
    }
}

void bank() {
    taskGroup(tg -> {
        tg.createTask("transfer", () -> transfer());
        tg.createTask("report", () -> report());
        tg.createTask("mailer", () -> IO.println(mails.get()));
    });
}

void main() {
    try {
        run(() -> bank());
    } catch (DeadlockException e) {
        IO.println(e.getMessage());
        IO.println(e.circles());
    }
}

// Output:
// Deadlock: nothing can ever wake this event loop. 4 tasks wait, some for each other:
//   Task 'Task-1' waits for the tasks of its group
//       at DeadlockLocks.bank(DeadlockLocks.java:33)
//       at DeadlockLocks.lambda$main$0(DeadlockLocks.java:42)
//   Task 'transfer' waits for lock 'audit', held by task 'report'
//       at DeadlockLocks.transfer(DeadlockLocks.java:17)
//       at DeadlockLocks.lambda$bank$1(DeadlockLocks.java:34)
//   Task 'report' waits for lock 'accounts', held by task 'transfer'
//       at DeadlockLocks.report(DeadlockLocks.java:26)
//       at DeadlockLocks.lambda$bank$2(DeadlockLocks.java:35)
//   Task 'mailer' waits for queue 'mails', empty
//       at DeadlockLocks.lambda$bank$3(DeadlockLocks.java:36)
//   Circle:
//       task 'transfer' waits for lock 'audit', held by task 'report'
//       task 'report' waits for lock 'accounts', held by task 'transfer'
// [[transfer, report]]
