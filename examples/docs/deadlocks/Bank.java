// Two tasks that wait for each other: docs/see/deadlocks.md.

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
//       at Bank.bank(Bank.java:33)
//       at Bank.lambda$main$0(Bank.java:42)
//   Task 'transfer' waits for lock 'audit', held by task 'report'
//       at Bank.transfer(Bank.java:17)
//       at Bank.lambda$bank$1(Bank.java:34)
//   Task 'report' waits for lock 'accounts', held by task 'transfer'
//       at Bank.report(Bank.java:26)
//       at Bank.lambda$bank$2(Bank.java:35)
//   Task 'mailer' waits for queue 'mails', empty
//       at Bank.lambda$bank$3(Bank.java:36)
//   Circle:
//       task 'transfer' waits for lock 'audit', held by task 'report'
//       task 'report' waits for lock 'accounts', held by task 'transfer'
// [[transfer, report]]
