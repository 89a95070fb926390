package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.base.Throwing;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is thrown outside the loop arrives as it was thrown; only what stages wrap around it on its
/// way is taken off.
final class WrappedFailureTest {
    private final IOException inner = new IOException("inner");

    private static Object failWith(Throwable failure) {
        throw Throwing.sneaky(failure);
    }

    // ------------------------------------------------------------------ calls

    static Stream<Throwable> whatACallThrows() {
        return Stream.of(
                new CompletionException(new IOException("inner")),
                new CompletionException("with a message", new IOException("inner")),
                new ExecutionException(new IOException("inner")),
                new CancellationException("of the call"),
                new CancelledError("of the call"),
                new AssertionError("an error"),
                new IOException("checked"));
    }

    @ParameterizedTest
    @MethodSource("whatACallThrows")
    void whatACallThrowsArrivesAsItIs(Throwable thrown) {
        run(() -> {
            Callable<Object> call = () -> failWith(thrown);
            assertThatThrownBy(() -> toThread(call)).isSameAs(thrown);
            assertThatThrownBy(() -> runInExecutor(null, call).await()).isSameAs(thrown);
            try (var executor = Executors.newSingleThreadExecutor()) {
                assertThatThrownBy(() -> runInExecutor(executor, call).await()).isSameAs(thrown);
            }
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void whatJoinThrowsInACallArrivesAsItIs() {
        run(() -> assertThatThrownBy(() ->
                        toThread(() -> CompletableFuture.failedFuture(inner).join()))
                .isInstanceOf(CompletionException.class)
                .hasCause(inner));
    }

    // ------------------------------------------------------------------ stages

    /// Awaits a stage that is complete and one that another thread completes.
    private static void assertThrows(CompletionStage<?> stage, Throwable expected) {
        assertThatThrownBy(() -> await(stage)).isSameAs(expected);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletionStage<?> late = gate.thenCompose(_ -> stage);
        createTask(() -> toThread(() -> {
            gate.complete(null);
        }));
        assertThatThrownBy(() -> await(late)).isSameAs(expected);
    }

    @Test
    void whatAStageFailedWithArrivesWithoutTheWrappingOfLaterStages() {
        run(() -> {
            CompletableFuture<Object> failed = CompletableFuture.failedFuture(inner);
            assertThrows(failed, inner);
            assertThrows(failed.thenApply(value -> value), inner);
            assertThrows(failed.thenCompose(CompletableFuture::completedFuture), inner);
            assertThrows(failed.whenComplete((_, _) -> {}), inner);
            assertThrows(CompletableFuture.allOf(failed), inner);
            assertThrows(CompletableFuture.anyOf(failed), inner);
            assertThrows(failed.copy(), inner);
            assertThrows(failed.minimalCompletionStage(), inner);
            assertThrows(CompletableFuture.supplyAsync(() -> failWith(inner)), inner);
            assertThrows(CompletableFuture.completedFuture(1).thenApply(_ -> failWith(inner)), inner);
        });
    }

    @Test
    void aCompletionExceptionThatAStageWasCompletedWithArrivesAsItIs() {
        run(() -> {
            var own = new CompletionException("own", inner);
            CompletableFuture<Object> failed = CompletableFuture.failedFuture(own);
            assertThrows(failed, own);
            assertThrows(failed.thenApply(value -> value), own);
            assertThrows(CompletableFuture.allOf(failed), own);
            assertThrows(CompletableFuture.supplyAsync(() -> failWith(own)), own);
            var bare = new CompletionException(inner);
            assertThrows(CompletableFuture.failedFuture(bare), bare);
        });
    }

    @Test
    void aKindOfCompletionExceptionOfTheProgramsOwnArrivesAsItIs() {
        final class Own extends CompletionException {
            private static final long serialVersionUID = 1L;

            Own(Throwable cause) {
                super(cause);
            }
        }
        run(() -> {
            var own = new Own(inner);
            assertThrows(CompletableFuture.supplyAsync(() -> failWith(own)), own);
        });
    }

    @Test
    void whatJoinThrowsInAStageArrivesAsItIs() {
        run(() -> {
            CompletableFuture<Object> failed = CompletableFuture.failedFuture(inner);
            assertThatThrownBy(() -> await(CompletableFuture.supplyAsync(failed::join)))
                    .isInstanceOf(CompletionException.class)
                    .hasCause(inner);
        });
    }

    @Test
    void aCompletionExceptionWithoutATraceIsTakenForTheWrappingOfAStage() {
        run(() -> {
            var wrapping = new CompletionException(inner);
            wrapping.setStackTrace(new StackTraceElement[0]);
            assertThrows(CompletableFuture.failedFuture(wrapping), inner);
        });
    }

    @Test
    void aTaskThatFailsWithACompletionExceptionArrivesAsItIsByWayOfAFuture() {
        run(() -> {
            var own = new CompletionException("own", inner);
            Task<Object> task = createTask(() -> failWith(own));
            assertThatThrownBy(() -> await(task.toCompletableFuture())).isSameAs(own);
        });
    }

    @Test
    void aStageThatWasCancelledIsACancellationAlsoForLaterStages() {
        run(() -> {
            var cancelled = new CompletableFuture<Object>();
            cancelled.cancel(true);
            assertThatThrownBy(() -> await(cancelled)).isInstanceOf(CancelledError.class);
            assertThatThrownBy(() -> await(cancelled.thenApply(value -> value))).isInstanceOf(CancelledError.class);
        });
    }
}
