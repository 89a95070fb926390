package io.asyncio4j.inspect;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CapturedLog;
import io.asyncio4j.DeadlockException;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Innards;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.VirtualTime;
import io.asyncio4j.diagnose.Supervisor;
import io.asyncio4j.diagnose.TaskListing;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.LiveLoops;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The view of others on the loops of a process.
@Timeout(300)
final class InspectionTest {
    /// For a loop that is blocked: it never answers.
    private static final Duration PATIENCE = Duration.ofMillis(1);

    private static Loop kernel() {
        return Caller.requireLoop("look at the loop");
    }

    /// Looks at the running loop from another thread, while the caller waits.
    private static LoopSnapshot look() {
        Loop loop = kernel();
        return toThread(() -> look(loop, 100, 100));
    }

    private static LoopSnapshot look(Loop loop, int maxTasks, int maxStacks) {
        return look(loop, ofDays(1), maxTasks, maxStacks);
    }

    private static LoopSnapshot look(Loop loop, Duration patience, int maxTasks, int maxStacks) {
        return LoopInspector.read(List.of(loop), patience, maxTasks, maxStacks).getFirst();
    }

    /// Looks at the running loop while `blocker` keeps it.
    private static LoopSnapshot lookWhileBlocked(Consumer<Runnable> howToRun) {
        CompletableFuture<LoopSnapshot> seen = new CompletableFuture<>();
        run(() -> {
            createTask("other", () -> sleep(ofDays(1)));
            Loop loop = kernel();
            howToRun.accept(() -> {
                CountDownLatch released = new CountDownLatch(1);
                Thread blocked = Thread.currentThread();
                Thread.ofPlatform().start(() -> {
                    while (blocked.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    seen.complete(look(loop, PATIENCE, 100, 100));
                    released.countDown();
                });
                block(released);
            });
            await(seen);
        });
        return seen.join();
    }

    private static void block(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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

            assertThat(seen.thread()).isEqualTo(Caller.name(kernel().owner.thread()));
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
    void aLoopThatATaskBlocks() {
        LoopSnapshot seen = lookWhileBlocked(blocker -> createTask("blocker", () -> blocker.run()));

        assertThat(seen.state()).isEqualTo(LoopSnapshot.State.BLOCKED);
        assertThat(seen.trouble()).isNull();
        assertThat(seen.tasks())
                .extracting(task -> task.name() + " " + task.state())
                .containsExactly("Task-1 WAITING", "other WAITING", "blocker RUNNING");
        assertThat(seen.tasks().getLast().stack())
                .extracting(StackTraceElement::getMethodName)
                .contains("block");
        LoopSnapshot.Blockade blockade = Objects.requireNonNull(seen.blockade());
        assertThat(blockade.by()).isEqualTo("task 'blocker'");
        assertThat(blockade.lasted()).isBetween(PATIENCE, ofDays(1));
        assertThat(blockade.reason()).startsWith("waiting for java.util.concurrent.CountDownLatch$Sync@");
        assertThat(blockade.stack())
                .extracting(StackTraceElement::getMethodName)
                .contains("acquireSharedInterruptibly");
    }

    @Test
    void aLoopThatACallbackBlocks() {
        LoopSnapshot seen = lookWhileBlocked(blocker -> EventLoop.access().callAt(0, blocker));

        assertThat(seen.state()).isEqualTo(LoopSnapshot.State.BLOCKED);
        assertThat(seen.tasks())
                .extracting(task -> task.name() + " " + task.state())
                .containsExactly("Task-1 WAITING", "other WAITING");
        LoopSnapshot.Blockade blockade = Objects.requireNonNull(seen.blockade());
        assertThat(blockade.by()).startsWith("callback ").contains(InspectionTest.class.getName());
        assertThat(blockade.stack())
                .extracting(StackTraceElement::getMethodName)
                .contains("acquireSharedInterruptibly");
    }

    @Test
    void loopsAreAskedAllAtOnce() throws Exception {
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(1);
        Map<String, Loop> loops = new ConcurrentHashMap<>();
        Thread blocked = Thread.ofPlatform()
                .start(() -> run(() -> {
                    loops.put("blocked", kernel());
                    entered.countDown();
                    block(released);
                }));
        Thread free = Thread.ofPlatform()
                .start(() -> run(() -> {
                    Loop loop = kernel();
                    loops.put("free", loop);
                    toThread(() -> {
                        while (!loop.io.isWaiting()) {
                            Thread.onSpinWait();
                        }
                        long polls = loop.io.polls();
                        entered.countDown();
                        while (loop.io.polls() == polls) {
                            Thread.onSpinWait();
                        }
                        released.countDown(); // it was asked
                    });
                }));
        entered.await();
        List<LoopSnapshot> seen =
                LoopInspector.read(List.of(loops.get("blocked"), loops.get("free")), ofDays(1), 100, 100);
        blocked.join();
        free.join();
        assertThat(seen).extracting(LoopSnapshot::state).doesNotContain(LoopSnapshot.State.BLOCKED);
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
            loop = Innards.of(runner.loop());
            assertThat(LiveLoops.list()).contains(loop);
            LoopSnapshot seen = look(loop, 100, 0);
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
            LoopSnapshot seen = toThread(() -> look(loop, 4, 2));
            assertThat(seen.tasks()).hasSize(4);
            assertThat(seen.omitted()).isEqualTo(7);
            assertThat(seen.tasks().get(1).stack()).isNotEmpty();
            assertThat(seen.tasks().get(2).stack()).isEmpty();
        });
    }

    @Test
    void whoBlocksAndWhoStandsInACircleIsAmongTheFirst() {
        run(() -> {
            for (int i = 0; i < 10; i++) {
                createTask(() -> createFuture().await());
            }
            Task<?>[] tasks = new Task<?>[2];
            tasks[0] = createTask("hen", () -> tasks[1].await());
            tasks[1] = createTask("egg", () -> tasks[0].await());
            sleep(ZERO);
            Loop loop = kernel();
            LoopSnapshot seen = toThread(() -> look(loop, 3, 0));
            assertThat(seen.tasks()).extracting(TaskSnapshot::name).containsExactly("Task-1", "hen", "egg");
            assertThat(seen.omitted()).isEqualTo(10);

            createTask("last", () -> {
                        TaskListing listing = TaskListing.of(loop, 1);
                        assertThat(listing.tasks())
                                .extracting(TaskSnapshot::name)
                                .containsExactly("last");
                    })
                    .await();
        });
    }

    @Test
    void whatCannotBeReadIsSaidAndTheRestIsTold() {
        run(() -> {
            Awaited hostile = new Awaited() {
                @Override
                public String name() {
                    return "something";
                }

                @Override
                public String state() {
                    throw new IllegalStateException("not today");
                }
            };
            createTask("bad", () -> EventLoop.access().createFuture(hostile).await());
            createTask("good", () -> sleep(ofDays(1)));
            sleep(ZERO);
            LoopSnapshot seen = look();
            assertThat(seen.tasks()).extracting(TaskSnapshot::name).containsExactly("Task-1", "good");
            assertThat(seen.omitted()).isEqualTo(1);
            assertThat(seen.trouble())
                    .isEqualTo("task 'bad' could not be read: java.lang.IllegalStateException: not today");
        });
    }

    @Test
    void lookingDoesNotPutOffTheFindingThatALoopMayHang() {
        try (CapturedLog log = new CapturedLog();
                Runner runner = new Runner()) {
            EventLoop loop = runner.loop();
            Supervisor.of(Innards.of(loop)).deadlocks.setPatience(ofMillis(100).toNanos());
            runner.run(() -> {
                Event event = new Event("go");
                Thread.ofPlatform().start(() -> {
                    while (log.lines().isEmpty()) {
                        look(Innards.of(loop), 1, 0);
                    }
                    loop.callSoonThreadsafe(event::set);
                });
                event.await();
            });
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("WARNING Deadlock: "));
        }
    }

    @Test
    void lookingAllTheTimeChangesNothing() {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        List<String> wrong = new ArrayList<>();
        VirtualTime.runVirtually(() -> {
            Loop loop = kernel();
            Thread looker = Thread.ofPlatform().start(() -> {
                try {
                    while (!over.get()) {
                        looks.addAndGet(look(loop, 20, 20).tasks().size());
                    }
                } finally {
                    looks.set(1000);
                }
            });
            taskGroup(tg -> {
                for (int i = 1; i <= 10; i++) {
                    Duration pause = ofHours(i);
                    tg.createTask(() -> {
                        while (looks.get() < 1000) {
                            sleep(pause);
                            if (loop.time() % pause.toNanos() != 0) {
                                wrong.add(pause.toHours() + " " + loop.time());
                            }
                        }
                    });
                }
            });
            over.set(true);
            toThread(() -> looker.join()); // it may still wait for an answer of the loop
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void aLoopThatWasDroppedIsForgotten() {
        try (CapturedLog _ = new CapturedLog()) { // where its end is reported
            long id = dropALoop();
            while (LiveLoops.list().stream().anyMatch(loop -> loop.id == id)) {
                System.gc();
            }
        }
    }

    private static long dropALoop() {
        EventLoop loop = EventLoop.create();
        loop.callSoon(loop::stop);
        loop.runForever();
        assertThat(LiveLoops.list()).contains(Innards.of(loop));
        return Innards.of(loop).id;
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
                            + "\"about\":\"waits for a sleep, ")
                    .endsWith("]}");
        });
        assertThat(Json.of(Map.of("x", List.of(true, 1.5)))).isEqualTo("{\"x\":[true,1.5]}");
    }

    @Test
    void theBeanHasOneOperationAndNothingElse() throws Exception {
        Inspection bean = new Inspection();

        assertThat(bean.invoke("inspect", new Object[] {1, 0}, new String[] {"int", "int"}))
                .asString()
                .startsWith("{\"pid\":");
        assertThatThrownBy(() -> bean.invoke("stop", new Object[0], new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no operation stop with 0 arguments; call inspect(int, int)");
        assertThat(bean.getMBeanInfo().getOperations()).hasSize(1);
        assertThat(bean.getAttributes(new String[] {"x"})).isEmpty();
        assertThat(bean.setAttributes(new AttributeList())).isEmpty();
        assertThatThrownBy(() -> bean.getAttribute("x")).isInstanceOf(AttributeNotFoundException.class);
        assertThatThrownBy(() -> bean.setAttribute(new Attribute("x", 1)))
                .isInstanceOf(AttributeNotFoundException.class);
    }
}
