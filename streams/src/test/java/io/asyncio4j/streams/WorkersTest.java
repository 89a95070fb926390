package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.ContextVar;
import io.asyncio4j.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WorkersTest {
    private static final Duration LONG = Duration.ofHours(1);

    /// A place where workers wait for each other.
    static final class Meeting {
        private final AtomicInteger missing;
        private final CompletableFuture<Void> complete = new CompletableFuture<>();

        Meeting(int workers) {
            missing = new AtomicInteger(workers);
        }

        void join() {
            if (missing.decrementAndGet() == 0) {
                complete.complete(null);
            }
            await(complete.copy());
        }
    }

    private static Thread ownThread() {
        var thread = runningLoop().<Thread>createFuture();
        runningLoop().callSoon(() -> thread.setResult(Thread.currentThread()));
        return thread.await();
    }

    // ------------------------------------------------------------------ running

    @Test
    void eachWorkerHasALoopAndAThreadOfItsOwn() {
        Map<Integer, String> threads = new ConcurrentHashMap<>();
        Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
        Workers.run(3, index -> {
            Thread own = ownThread();
            assertThat(own.isVirtual()).isFalse();
            threads.put(index, own.getName());
            loops.add(runningLoop());
        });
        assertThat(threads)
                .containsOnly(
                        Map.entry(0, "asyncio4j-worker-0"),
                        Map.entry(1, "asyncio4j-worker-1"),
                        Map.entry(2, "asyncio4j-worker-2"));
        assertThat(loops).hasSize(3);
    }

    @Test
    void workersRunAtTheSameTime() {
        Meeting meeting = new Meeting(3);
        Workers.run(3, () -> {
            meeting.join();
        });
        assertThat(meeting.complete).isCompleted();
    }

    @Test
    void aWorkerSeesTheCallersContext() {
        ContextVar<String> name = new ContextVar<>("name", "nobody");
        Set<String> seen = ConcurrentHashMap.newKeySet();
        var context = io.asyncio4j.Context.copyCurrent();
        context.run(() -> {
            name.set("caller");
            Workers.run(2, () -> {
                seen.add(name.get());
                name.set("worker");
            });
            assertThat(name.get()).isEqualTo("caller");
        });
        assertThat(seen).containsExactly("caller");
    }

    @Test
    void theNumberOfWorkersMustBePositive() {
        assertThatThrownBy(() -> Workers.run(0, () -> {}))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("The number of workers must be positive, but is 0");
    }

    @Test
    void workersCannotBeRunWithinALoop() {
        run(() -> {
            assertThatThrownBy(() -> Workers.run(1, () -> {}))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Workers.run(...) was called in a running event loop, which it would block; call it"
                            + " outside, or by toThread(() -> Workers.run(...))");
        });
    }

    // ------------------------------------------------------------------ failing and being cancelled

    @Test
    void theFirstFailureCancelsTheOthersAndIsThrown() {
        IOException failure = new IOException("no");
        Meeting meeting = new Meeting(3);
        Set<Integer> cancelled = ConcurrentHashMap.newKeySet();
        assertThatThrownBy(() -> Workers.run(3, index -> {
                    try {
                        meeting.join();
                        if (index == 1) {
                            throw failure;
                        }
                        sleep(LONG);
                    } catch (CancelledError e) {
                        assertThat(Objects.requireNonNull(currentTask()).cancelling())
                                .isEqualTo(1);
                        cancelled.add(index);
                        throw e;
                    }
                }))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        assertThat(cancelled).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void furtherFailuresAreSuppressed() {
        Meeting meeting = new Meeting(2);
        IllegalStateException inCleanUp = new IllegalStateException("clean-up");
        assertThatThrownBy(() -> Workers.run(2, index -> {
                    try {
                        meeting.join();
                        if (index == 0) {
                            throw new IOException("first");
                        }
                        sleep(LONG);
                    } catch (CancelledError cancelled) {
                        throw inCleanUp;
                    }
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("first")
                .satisfies(first -> assertThat(first.getSuppressed()).containsExactly(inCleanUp));
    }

    @Test
    void aWorkerThatCancelsItselfEndsTheOthers() {
        assertThatThrownBy(() -> Workers.run(3, index -> {
                    if (index == 0) {
                        Objects.requireNonNull(currentTask()).cancel();
                    }
                    sleep(LONG);
                }))
                .isInstanceOf(CancelledError.class);
    }

    @Test
    void anInterruptOfTheCallerCancelsAll() throws Exception {
        Thread caller = Thread.currentThread();
        Meeting meeting = new Meeting(2);
        AtomicInteger cleanedUp = new AtomicInteger();
        assertThatThrownBy(() -> Workers.run(2, index -> {
                    try {
                        meeting.join();
                        if (index == 0) {
                            caller.interrupt();
                        }
                        sleep(LONG);
                    } finally {
                        sleep(Duration.ofMillis(1)); // cancelled once only
                        cleanedUp.incrementAndGet();
                    }
                }))
                .isInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cleanedUp).hasValue(2);
    }

    @Test
    void workersThatRefuseToBeCancelledEndAsTheyLike() {
        Thread caller = Thread.currentThread();
        Meeting meeting = new Meeting(2);
        Workers.run(2, index -> {
            try {
                meeting.join();
                if (index == 0) {
                    caller.interrupt();
                }
                sleep(LONG);
            } catch (CancelledError refused) {
                sleep(Duration.ofMillis(1));
            }
        });
        assertThat(Thread.interrupted()).isTrue();
    }
}
