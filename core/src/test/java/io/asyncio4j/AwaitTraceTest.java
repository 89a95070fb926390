package io.asyncio4j;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A failure shows where it was thrown and where it was awaited.
final class AwaitTraceTest {
    private static Void failDeepInside() throws IOException {
        throw new IOException("broken");
    }

    private static void awaitDeepInside(Task<Void> task) {
        task.await();
    }

    @Test
    void theExceptionKeepsItsOwnTraceAndNotesWhereItWasAwaited() {
        runVirtually(() -> {
            Task<Void> failing = createTask("failing", () -> failDeepInside());
            Task<Void> awaiting = createTask("awaiting", () -> awaitDeepInside(failing));
            sleep(Duration.ofSeconds(1));
            Throwable failure = awaiting.exception();
            assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("failDeepInside");
            assertThat(failure.getSuppressed()).singleElement().satisfies(trace -> {
                assertThat(trace).hasToString("awaited by task 'awaiting'");
                assertThat(trace.getStackTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("awaitDeepInside");
            });
        });
    }

    @Test
    void everyAwaitIsNotedInOrder() {
        runVirtually(() -> {
            Task<Void> failing = createTask(() -> failDeepInside());
            Task<Void> first = createTask("first", () -> failing.await());
            assertThatThrownBy(() -> createTask("second", () -> first.await()).await())
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .extracting(Throwable::toString)
                            .containsExactly(
                                    "awaited by task 'first'", "awaited by task 'second'", "awaited by task 'Task-1'"));
        });
    }

    @Test
    void anExceptionThatIsAwaitedOftenDoesNotGrowWithoutLimit() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Future<Void> future = createFuture();
            future.setException(failure);
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(future::await).isSameAs(failure);
            }
        });
        assertThat(failure.getSuppressed()).hasSize(8);
    }

    @Test
    void askingForTheOutcomeIsNoAwait() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Future<Void> future = createFuture();
            future.setException(failure);
            assertThat(future.exception()).isSameAs(failure);
            assertThatThrownBy(future::result).isSameAs(failure);
        });
        assertThat(failure.getSuppressed()).isEmpty();
    }
}
