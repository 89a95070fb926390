// Three workers share the jobs of one queue.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.sync.Queue;

void main() {
    var log = new ArrayList<String>();
    run(() -> {
        var jobs = new Queue<Integer>(10);
        long start = runningLoop().time();
        taskGroup(group -> {
            for (int i = 0; i < 3; i++) {
                group.createTask(() -> {
                    for (int job : jobs) {
                        sleep(ofSeconds(1));
                        log.add("job " + job);
                    }
                });
            }
            for (int job = 0; job < 20; job++) {
                jobs.put(job); // waits while ten are in the queue
            }
            jobs.shutdown();
        });
        IO.println((runningLoop().time() - start) / 1_000_000_000 + " s for " + log.size() + " jobs");
    });
}

// Output:
// 7 s for 20 jobs
