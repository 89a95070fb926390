package io.asyncio4j;

import static io.asyncio4j.Asyncio.asCompleted;
import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.gatherOutcomes;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.shield;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.waitAll;
import static io.asyncio4j.VirtualTime.elapsed;
import static io.asyncio4j.VirtualTime.runVirtually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Other ways to say the same: defaults, streams, lists without results, stages.
final class ConvenienceTest {
    private final List<String> log = new ArrayList<>();

    private static int after(int seconds) {
        sleep(ofSeconds(seconds));
        return seconds;
    }

    private void save(int number) {
        sleep(ofSeconds(number));
        log.add("saved " + number);
    }

    @Test
    void streamsAreGathered() {
        runVirtually(() -> {
            List<Integer> all = await(gather(Stream.of(3, 1, 2).map(seconds -> () -> after(seconds))));
            assertThat(all).containsExactly(3, 1, 2);
            assertThat(elapsed()).isEqualTo(ofSeconds(3));
            var outcomes = await(gatherOutcomes(Stream.of(1, 2).map(seconds -> createTask(() -> after(seconds)))));
            assertThat(outcomes).hasSize(2);
        });
    }

    @Test
    void listsWithoutResultsAreGathered() {
        runVirtually(() -> {
            List<VoidCoroutine> saves = List.of(() -> save(2), () -> save(1));
            assertThat(await(gather(saves))).containsExactly(null, null);
            assertThat(await(gatherOutcomes(saves))).hasSize(2);
            assertThat(log).containsExactly("saved 1", "saved 2", "saved 1", "saved 2");
            List<Waitable> mixed = List.of(saves.getFirst(), createTask(() -> "value"));
            assertThat(await(gather(mixed))).containsExactly(null, "value");
        });
    }

    @Test
    void listsOfLambdasAreGathered() {
        runVirtually(() -> {
            List<Integer> both = await(gather(List.of(() -> after(1), () -> after(2))));
            assertThat(both).containsExactly(1, 2);
            Coroutine<Integer> twice = () -> after(1);
            assertThat(await(gather(twice, twice))).containsExactly(1, 1);
            assertThat((int) await(shield(twice))).isOne();
        });
    }

    @Test
    void stagesAreGathered() {
        run(() -> {
            var first = new CompletableFuture<String>();
            Future<List<String>> both = gather(first, CompletableFuture.completedFuture("b"));
            first.complete("a");
            assertThat(await(both)).containsExactly("a", "b");
            var failed = CompletableFuture.<String>failedFuture(new IOException("lost"));
            assertThat(await(gatherOutcomes(failed)).getFirst().exception()).hasMessage("lost");
        });
    }

    @Test
    void cancellingAGatherCancelsTheStages() {
        run(() -> {
            var stage = new CompletableFuture<String>();
            Future<List<String>> gathered = gather(stage, stage);
            sleep(ofSeconds(0));
            gathered.cancel();
            assertThatThrownBy(gathered::await).isExactlyInstanceOf(CancelledError.class);
            assertThat(stage.isCancelled()).isTrue();
        });
    }

    @Test
    void nullAmongThemIsRefused() {
        run(() -> {
            List<VoidCoroutine> withNull = new ArrayList<>();
            withNull.add(null);
            assertThatNullPointerException().isThrownBy(() -> gather(withNull)).withMessage("awaitable");
            assertThatNullPointerException()
                    .isThrownBy(() -> gather((CompletableFuture<String>) null))
                    .withMessage("stage");
        });
    }

    @Test
    void completionsComeWithoutALimit() {
        runVirtually(() -> {
            List<Integer> order = new ArrayList<>();
            for (Future<Integer> done : asCompleted(List.of(createTask(() -> after(2)), createTask(() -> after(1))))) {
                order.add(done.await());
            }
            for (Future<Integer> done :
                    asCompleted(Stream.of(4, 3).<Coroutine<Integer>>map(seconds -> () -> after(seconds)))) {
                order.add(done.await());
            }
            assertThat(order).containsExactly(1, 2, 3, 4);
            List<VoidCoroutine> saves = List.of(() -> save(2), () -> save(1));
            for (Future<?> done : asCompleted(saves)) {
                done.await();
                log.add("done");
            }
            assertThat(log).containsExactly("saved 1", "done", "saved 2", "done");
            var stage = CompletableFuture.completedFuture("there");
            for (Future<String> done : asCompleted(stage)) {
                assertThat(done.await()).isEqualTo("there");
            }
        });
    }

    @Test
    void allAreWaitedForByDefault() {
        runVirtually(() -> {
            List<Task<Integer>> tasks = List.of(createTask(() -> after(2)), createTask(() -> after(1)));
            assertThat(waitAll(tasks, ofSeconds(0)).pending()).hasSize(2);
            assertThat(waitAll(tasks, ReturnWhen.FIRST_COMPLETED).done()).hasSize(1);
            assertThat(waitAll(tasks).pending()).isEmpty();
            assertThat(elapsed()).isEqualTo(ofSeconds(2));
        });
    }

    @Test
    void theDefaultExecutorNeedNotBeNamed() {
        run(() -> {
            Callable<String> callable = () -> "called";
            assertThat(runInExecutor(callable).await()).isEqualTo("called");
            assertThat((int) runInExecutor(() -> 2 * 3).await()).isEqualTo(6);
            Thread[] ran = new Thread[1];
            runInExecutor(() -> {
                        ran[0] = Thread.currentThread();
                    })
                    .await();
            assertThat(ran[0].getName()).startsWith("asyncio4j-executor-");
        });
    }

    @Test
    void aNameMayComeLast() {
        run(() -> {
            assertThat(createTask(() -> 1, "number").name()).isEqualTo("number");
            assertThat(createTask(() -> {}, "nothing").name()).isEqualTo("nothing");
            assertThat(runningLoop().createTask(() -> 1, "loop's").name()).isEqualTo("loop's");
            assertThat(runningLoop().createTask(() -> {}, "loop's").name()).isEqualTo("loop's");
            taskGroup(group -> {
                assertThat(group.createTask(() -> 1, "child").name()).isEqualTo("child");
                assertThat(group.createTask(() -> {}, "child").name()).isEqualTo("child");
            });
        });
    }

    @Test
    void aGroupsBodyMayBeAnExpression() {
        runVirtually(() -> {
            Task<Integer> child = taskGroup(group -> group.createTask(() -> after(1)));
            assertThat((int) child.result()).isOne();
            assertThat((int) taskGroup(group -> await(group.createTask(() -> after(1)))))
                    .isOne();
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask(() -> after(1));
                        throw new IOException("broken");
                    }))
                    .isExactlyInstanceOf(ExceptionGroup.class);
        });
    }
}
