package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The exception handler sees the context variables of what failed.
final class HandlerContextTest {
    private static final ContextVar<String> ID = new ContextVar<>("id", "none");

    private final Runner runner = new Runner(new VirtualClock());
    private final List<String> seen = new ArrayList<>();

    HandlerContextTest() {
        runner.loop().setExceptionHandler((loop, problem) -> {
            seen.add(ID.get());
            ID.set("the handler's");
        });
    }

    private static void fail(String id) throws IOException {
        ID.set(id);
        throw new IOException(id);
    }

    private void collectGarbageUntilSeen(int many) {
        for (int attempts = 0; seen.size() < many && attempts < 100; attempts++) {
            System.gc();
            sleep(Duration.ofSeconds(1));
        }
    }

    @Test
    void ofATaskThatIsGarbage() {
        runner.run(() -> {
            ID.set("main");
            createTask(() -> fail("task"));
            sleep(Duration.ZERO);
            collectGarbageUntilSeen(1);
            assertThat(seen).containsExactly("task");
            assertThat(ID.get()).isEqualTo("main");
        });
        runner.close();
    }

    @Test
    void ofATaskAtTheEndOfTheRun() {
        List<Task<?>> kept = new ArrayList<>();
        runner.run(() -> {
            ID.set("main");
            kept.add(createTask(() -> fail("task")));
            sleep(Duration.ZERO);
        });
        runner.close();
        assertThat(seen).containsExactly("task");
        assertThat(kept).allMatch(Future::isDone);
    }

    @Test
    void ofATaskThatFailsWhileTheEndOfTheRunCancelsIt() {
        runner.run(() -> {
            createTask(() -> {
                try {
                    sleep(Duration.ofHours(1));
                } finally {
                    fail("task");
                }
            });
            sleep(Duration.ZERO);
        });
        runner.close();
        assertThat(seen).containsExactly("task");
    }

    @Test
    void ofWhoMadeAFutureFail() {
        runner.run(() -> {
            ID.set("main");
            createTask(() -> {
                ID.set("setter");
                createFuture().setException(new IOException("broken"));
                ID.set("later");
            });
            sleep(Duration.ZERO);
            collectGarbageUntilSeen(1);
            assertThat(seen).containsExactly("setter");
        });
        runner.close();
    }

    @Test
    void ofACallback() {
        runner.run(() -> {
            ID.set("main");
            runningLoop().callSoon(() -> {
                ID.set("callback");
                throw new IllegalStateException("soon");
            });
            runningLoop().callLater(Duration.ofSeconds(1), () -> {
                throw new IllegalStateException("later");
            });
            ID.set("changed");
            sleep(Duration.ofSeconds(2));
        });
        runner.close();
        assertThat(seen).containsExactly("callback", "main");
    }

    @Test
    void ofADoneCallback() {
        runner.run(() -> {
            ID.set("adder");
            Future<Void> future = createFuture();
            future.addDoneCallback(_ -> {
                throw new IllegalStateException("done");
            });
            ID.set("changed");
            createTask(() -> future.setResult(null));
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
        });
        runner.close();
        assertThat(seen).containsExactly("adder");
    }

    @Test
    void ofTheCallThatCannotBeCancelled() {
        runner.run(() -> {
            var stage = new CompletableFuture<Void>() {
                @Override
                public boolean cancel(boolean mayInterrupt) {
                    throw new IllegalStateException("no");
                }
            };
            Task<Void> task = createTask(() -> {
                ID.set("task");
                await(stage);
            });
            sleep(Duration.ZERO);
            ID.set("canceller");
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
        runner.close();
        assertThat(seen).containsExactly("task");
    }
}
