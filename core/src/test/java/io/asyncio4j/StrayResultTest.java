package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The reports of debug mode on a task whose result should have been awaited in it.
final class StrayResultTest {
    private static Coroutine<String> fetcher() {
        return () -> "page";
    }

    private static List<String> problemsOf(boolean debug, VoidCoroutine main) {
        List<String> problems = new ArrayList<>();
        try (Runner runner = new Runner(RunnerOptions.defaults().debug(debug))) {
            runner.run(() -> {
                runningLoop().setExceptionHandler((_, problem) -> problems.add(problem.message()));
                main.execute();
            });
        }
        return problems;
    }

    @Test
    void aCoroutineIsRunByNobody() {
        VoidCoroutine main = () -> createTask("stray", () -> fetcher()).await();
        assertThat(problemsOf(true, main))
                .containsExactly("Task 'stray' ended with a coroutine, which nothing runs; call the method that makes"
                        + " it outside: createTask(fetcher(\"a\")), or await it: createTask(() ->"
                        + " await(fetcher(\"a\")))");
        assertThat(problemsOf(false, main)).isEmpty();
    }

    @Test
    void aStageIsNotWaitedFor() {
        assertThat(problemsOf(
                        true,
                        () -> createTask("stray", () -> new CompletableFuture<String>())
                                .await()))
                .containsExactly("Task 'stray' ended with a CompletionStage that the task did not wait for; await it:"
                        + " createTask(() -> await(stage))");
    }

    @Test
    void otherResultsAreNobodysBusiness() {
        assertThat(problemsOf(true, () -> {
                    createTask(() -> createTask(() -> 1)).await().await();
                    createTask(() -> "value").await();
                    createTask(() -> (String) null).await();
                }))
                .isEmpty();
    }
}
