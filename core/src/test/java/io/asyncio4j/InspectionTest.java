package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.sync.Lock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What others see of the loops of a process.
@Timeout(30)
final class InspectionTest {
    private static Loop kernel() {
        return ((LoopIo) EventLoop.access()).loop();
    }

    /// Looks at the running loop from another thread, while the caller waits.
    private static LoopSnapshot look() {
        Loop loop = kernel();
        return toThread(() -> LoopSnapshot.of(loop, 100, 100));
    }

    @Test
    void aLoopThatAnswers() {
        run(() -> {
            Lock lock = new Lock("db");
            createTask("holder", () -> {
                try (var _ = lock.acquire()) {
                    sleep(ofDays(1));
                }
            });
            createTask("waiter", () -> lock.acquire());
            sleep(ZERO);
            createTask("new", () -> {});
            LoopSnapshot seen = look();

            assertThat(seen.thread()).isEqualTo(Caller.name(kernel().thread));
            assertThat(seen.tasks())
                    .extracting(task -> task.id() + " " + task.name() + " " + task.state() + " " + task.awaitedTasks())
                    .contains("1 Task-1 WAITING []", "2 holder WAITING []", "3 waiter WAITING [2]");
            assertThat(seen.tasks().get(0).awaited()).isEqualTo("a call in another thread");
            assertThat(seen.tasks().get(2).awaited()).isEqualTo("lock 'db', held by task 'holder'");
            assertThat(seen.tasks().get(2).stack())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("acquire");
            assertThat(seen.circles()).isEmpty();
        });
    }

    @Test
    void aLoopThatIsBlocked() {
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<LoopSnapshot> seen = new CompletableFuture<>();
        run(() -> {
            createTask("other", () -> sleep(ofDays(1)));
            createTask("blocker", () -> {
                Loop loop = kernel();
                Thread.ofPlatform().start(() -> {
                    seen.complete(LoopSnapshot.of(loop, 100, 100));
                    released.countDown();
                });
                released.await();
            });
            await(seen);
        });
        LoopSnapshot blocked = seen.join();
        assertThat(blocked.state()).isEqualTo(LoopSnapshot.State.BLOCKED);
        assertThat(blocked.tasks())
                .extracting(task -> task.name() + " " + task.state())
                .containsExactly("Task-1 WAITING", "other WAITING", "blocker RUNNING");
        assertThat(blocked.tasks().getLast().stack())
                .extracting(StackTraceElement::getMethodName)
                .contains("await");
    }

    @Test
    void circlesAreTold() {
        run(() -> {
            Task<?>[] tasks = new Task<?>[2];
            tasks[0] = createTask("hen", () -> tasks[1].await());
            tasks[1] = createTask("egg", () -> tasks[0].await());
            sleep(ZERO);
            assertThat(look().circles()).containsExactly(List.of(2L, 3L));
        });
    }

    @Test
    @SuppressWarnings("try") // closing it early is what is tested
    void aLoopThatDoesNotRunAndOneThatIsClosed() {
        Loop loop;
        try (Runner runner = new Runner()) {
            runner.run(() -> createTask("left", () -> sleep(ofDays(1))));
            loop = runner.loop().kernel;
            assertThat(LiveLoops.list()).contains(loop);
            LoopSnapshot seen = LoopSnapshot.of(loop, 100, 0);
            assertThat(seen.state()).isEqualTo(LoopSnapshot.State.STOPPED);
            assertThat(seen.thread()).isNull();
            assertThat(seen.tasks()).extracting(TaskSnapshot::name).containsExactly("left");
            assertThat(seen.tasks().getFirst().stack()).isEmpty();
        }
        assertThat(LiveLoops.list()).doesNotContain(loop);
    }

    @Test
    void ofManyTasksTheFirstAreTold() {
        run(() -> {
            for (int i = 0; i < 10; i++) {
                createTask(() -> createFuture().await());
            }
            sleep(ZERO);
            Loop loop = kernel();
            LoopSnapshot seen = toThread(() -> LoopSnapshot.of(loop, 4, 2));
            assertThat(seen.tasks()).hasSize(4);
            assertThat(seen.omitted()).isEqualTo(7);
            assertThat(seen.tasks().get(1).stack()).isNotEmpty();
            assertThat(seen.tasks().get(2).stack()).isEmpty();
        });
    }

    @Test
    void lookingDoesNotKeepADeadlockFromBeingFound() {
        assertThatThrownBy(() -> run(() -> {
                    look();
                    createFuture("never").await();
                }))
                .isInstanceOf(DeadlockException.class);
    }

    @Test
    void allOfItIsOneJsonText() {
        run(() -> {
            createTask("a \"quoted\"\n\\name\ud83d\ude00", () -> sleep(ofDays(1)));
            sleep(ZERO);
            String json = toThread(() -> Inspection.inspect(10, 0));
            assertThat(json)
                    .startsWith("{\"pid\":" + ProcessHandle.current().pid() + ",\"loops\":[{\"id\":")
                    .contains(",\"name\":\"a \\\"quoted\\\"\\u000a\\\\name\\ud83d\\ude00\",\"state\":\"WAITING\","
                            + "\"awaits\":\"a sleep, ")
                    .endsWith("]}");
        });
        assertThat(Json.of(Map.of("x", List.of(true, 1.5)))).isEqualTo("{\"x\":[true,1.5]}");
    }
}
