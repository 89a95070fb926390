package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples of `docs/sync.md`.
final class SyncPageTest {
    private static final Path PAGE = Path.of("..", "docs", "sync.md");
    private static final Path SOURCE = Path.of("src", "test", "java", "io", "asyncio4j", "sync", "SyncPageTest.java");

    private final List<String> log = new ArrayList<>();
    private int balance;

    @Test
    void aLockKeepsOthersOutOverAnAwait() {
        Lock lock = new Lock("account");
        balance = 100;
        VirtualTime.run(() -> {
            for (int i = 0; i < 2; i++) {
                createTask(() -> {
                    try (var _ = lock.acquire()) {
                        int before = balance;
                        sleep(ofSeconds(1)); // others run, but not in here
                        balance = before - 10;
                    }
                });
            }
            sleep(ofSeconds(3));
            assertThat(balance).isEqualTo(80);
        });
    }

    @Test
    void aConditionTellsWhenToLookAgain() {
        Condition changed = new Condition("balance");
        VirtualTime.run(() -> {
            Task<?> buyer = createTask(() -> {
                try (var _ = changed.acquire()) {
                    changed.awaitUntil(() -> balance >= 10);
                    balance -= 10;
                }
            });
            sleep(ofSeconds(1));
            try (var _ = changed.acquire()) {
                balance += 15;
                changed.signalAll();
            }
            buyer.await();
            assertThat(balance).isEqualTo(5);
        });
    }

    @Test
    void aSemaphoreLimitsHowManyRunAtATime() {
        List<String> urls = List.of("a", "b", "c", "d", "e");
        VirtualTime.run(() -> {
            Semaphore connections = new Semaphore("connections", 2);
            taskGroup(group -> {
                for (String url : urls) {
                    group.createTask(() -> {
                        try (var _ = connections.acquire()) {
                            fetch(url);
                        }
                    });
                }
            });
            assertThat(log).containsExactly("a 1", "b 2", "c 1", "d 2", "e 1");
        });
    }

    private int fetching;

    private void fetch(String url) {
        log.add(url + " " + ++fetching);
        sleep(ofSeconds(1));
        fetching--;
    }

    @Test
    void aQueueFeedsWorkersUntilItIsShutDown() {
        VirtualTime.run(() -> {
            Queue<Integer> jobs = new Queue<>("jobs", 10);
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
            assertThat(log).hasSize(20).startsWith("job 0", "job 1").endsWith("job 18", "job 19");
        });
    }

    @Test
    void thePageShowsNothingElse() throws IOException {
        String source = Files.readString(SOURCE).replaceAll("\\s+", " ");
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1).strip().replaceAll("\\s+", " "))
                .toList();
        assertThat(blocks).hasSize(4).allSatisfy(block -> assertThat(source).contains(block));
    }
}
