package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// Awaiting a `CompletionStage`.
final class CompletionStageTest {
    private final CompletableFuture<String> stage = new CompletableFuture<>();

    @Test
    void aCompletedStageGivesItsValueWithoutYielding() {
        var trace = new Trace();
        run(() -> {
            createTask(() -> trace.add("other"));
            trace.add(await(CompletableFuture.completedFuture("value")));
        });
        trace.assertIs("value other");
    }

    @Test
    void aStageThatAnotherThreadCompletesLater() {
        run(() -> {
            Task<String> task = createTask(() -> await(stage));
            sleep(Duration.ZERO);
            assertThat(task.isDone()).isFalse();
            Thread.ofVirtual().start(() -> stage.complete("value"));
            assertThat(task.await()).isEqualTo("value");
        });
    }

    @Test
    void aStageThatATaskOfTheLoopCompletes() {
        run(() -> {
            Task<String> task = createTask(() -> await(stage));
            sleep(Duration.ZERO);
            stage.complete("value");
            assertThat(task.await()).isEqualTo("value");
        });
    }

    @Test
    void aStageMayCompleteWithNull() {
        run(() -> {
            assertThat(await(CompletableFuture.completedFuture((String) null))).isNull();
        });
    }

    @Test
    void theCauseIsThrownAsItIsHoweverTheStageWrapsIt() {
        var failure = new IOException("broken");
        run(() -> {
            assertThatThrownBy(() -> await(CompletableFuture.failedFuture(failure)))
                    .isSameAs(failure);
            assertThatThrownBy(
                            () -> await(CompletableFuture.failedFuture(failure).thenApply(x -> x)))
                    .isSameAs(failure);
            var wrapper = new CompletionException("without a cause", null);
            assertThatThrownBy(() -> await(CompletableFuture.failedFuture(wrapper)))
                    .isSameAs(wrapper);
        });
    }

    @Test
    void aStageThatFailsLaterThrowsToo() {
        var failure = new IOException("broken");
        run(() -> {
            Thread.ofVirtual().start(() -> stage.completeExceptionally(failure));
            assertThatThrownBy(() -> await(stage.thenApply(x -> x))).isSameAs(failure);
        });
    }

    @Test
    void aCancelledStageThrowsACancelledError() {
        run(() -> {
            stage.cancel(true);
            assertThatThrownBy(() -> await(stage)).isInstanceOf(CancelledError.class);
            var message = new CancellationException("why");
            assertThatThrownBy(() -> await(CompletableFuture.failedFuture(message)))
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("why");
        });
    }

    @Test
    void cancellingTheTaskCancelsTheStage() {
        run(() -> {
            Task<String> task = createTask(() -> await(stage));
            sleep(Duration.ZERO);
            task.cancel("enough");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
            assertThat(stage.isCancelled()).isTrue();
        });
    }

    @Test
    void aStageThatCannotBeCancelledGoesOnAndThatIsReported() {
        var unable = new UnsupportedOperationException("a mere stage");
        var reported = new ArrayList<String>();
        var stubborn = new CompletableFuture<String>() {
            @Override
            public CompletableFuture<String> toCompletableFuture() {
                throw unable;
            }
        };
        run(() -> {
            runningLoop().setExceptionHandler((loop, problem) -> {
                reported.add(problem.message());
                assertThat(problem.exception()).isSameAs(unable);
            });
            Task<String> task = createTask(() -> await(stubborn));
            sleep(Duration.ZERO);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(stubborn).isNotDone();
            stubborn.complete("ignored");
            sleep(Duration.ZERO);
        });
        assertThat(reported).containsExactly("What a cancelled task waited for cannot be cancelled and goes on");
    }
}
