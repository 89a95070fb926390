// A program that hangs, for others to look at: docs/see/seeing-a-live-program.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.EventLoop;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;

Lock accounts = new Lock("accounts");
Lock audit = new Lock("audit");
Queue<String> mails = new Queue<>("mails");

void transfer() {
    try (var _ = accounts.acquire()) {
        sleep(ofMillis(10));
        try (var _ = audit.acquire()) {
            mails.putNowait("transferred");
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

void main() {
    run(() -> {
        EventLoop loop = runningLoop(); // so that any thread might wake it, and nobody can be sure
        taskGroup(tg -> {
            var transfer = tg.createTask("transfer", () -> transfer());
            var report = tg.createTask("report", () -> report());
            tg.createTask("mailer", () -> IO.println(mails.get()));
            tg.createTask("page", () -> await(gather(transfer, report)));
            sleep(ofMillis(50));
            IO.println("hangs since " + loop.time());
        });
    });
}

// Output:
// $ ./asyncio4j pstree PID
// Loop 1 waits in thread 'main', 5 tasks
// Task-1 (1) waits for the tasks of its group
// ├── transfer (2) waits for lock 'audit', held by task 'report'
// │   └── report (3) waits for lock 'accounts', held by task 'transfer'
// │       └── transfer (2) see above
// ├── report (3) see above
// ├── mailer (4) waits for queue 'mails', empty
// └── page (5) waits for a gather of 2
//     ├── transfer (2) see above
//     └── report (3) see above
// Circle: task 'transfer' -> task 'report' -> task 'transfer'
//   task 'transfer' waits for lock 'audit', held by task 'report'
//   task 'report' waits for lock 'accounts', held by task 'transfer'
// $ ./asyncio4j ps PID
// Loop 1 waits in thread 'main', 5 tasks
//   ID  NAME      STATE        SINCE  AWAITS
//    1  Task-1    waiting      0.3 s  the tasks of its group
//         at HungBank.lambda$main$0(HungBank.java:35)
//    2  transfer  waiting      0.3 s  lock 'audit', held by task 'report'
//         at HungBank.transfer(HungBank.java:17)
//         at HungBank.lambda$main$2(HungBank.java:36)
//    3  report    waiting      0.3 s  lock 'accounts', held by task 'transfer'
//         at HungBank.report(HungBank.java:26)
//         at HungBank.lambda$main$3(HungBank.java:37)
//    4  mailer    waiting      0.3 s  queue 'mails', empty
//         at HungBank.lambda$main$4(HungBank.java:38)
//    5  page      waiting      0.3 s  a gather of 2
//         at HungBank.lambda$main$5(HungBank.java:39)
