package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class FutureTest {
    private final Trace trace = new Trace();

    @Test
    void aResultWakesWhoWaits() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            assertThat(future.isDone()).isFalse();
            Task<String> waiting = createTask(() -> await(future));
            sleep(Duration.ZERO);
            future.setResult("value");
            assertThat(future.isDone()).isTrue();
            assertThat(future.isCancelled()).isFalse();
            assertThat(waiting.await()).isEqualTo("value");
            assertThat(future.result()).isEqualTo("value");
            assertThat(future.exception()).isNull();
        });
    }

    @Test
    void aResultMayBeNull() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            future.setResult(null);
            assertThat(future.await()).isNull();
            assertThat(future).hasToString("Future[result=null]");
        });
    }

    @Test
    void anExceptionIsThrownAsItIs() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Future<String> future = createFuture();
            future.setException(failure);
            assertThatThrownBy(future::await).isSameAs(failure);
            assertThatThrownBy(future::result).isSameAs(failure);
            assertThat(future.exception()).isSameAs(failure);
            assertThat(future.isCancelled()).isFalse();
        });
    }

    @Test
    void aCancelledFutureGivesTheMessageToEveryoneWhoAsks() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            assertThat(future.cancel("why")).isTrue();
            assertThat(future.cancel("again")).isFalse();
            assertThat(future.isCancelled()).isTrue();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(future::await)
                        .isInstanceOf(CancelledError.class)
                        .hasMessage("why");
                assertThatThrownBy(future::exception)
                        .isInstanceOf(CancelledError.class)
                        .hasMessage("why");
            }
        });
    }

    @Test
    void cancellingAFutureCancelsTheTaskThatAwaitsIt() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            Task<String> waiting = createTask(() -> future.await());
            sleep(Duration.ZERO);
            future.cancel();
            sleep(Duration.ZERO);
            assertThat(waiting.isCancelled()).isTrue();
            assertThat(waiting.cancelling()).isZero();
        });
    }

    @Test
    void cancellingAWaitingTaskLeavesOthersThatWaitForTheSameFutureCancelledToo() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            Task<String> one = createTask(() -> future.await());
            Task<String> other = createTask(() -> future.await());
            sleep(Duration.ZERO);
            one.cancel();
            sleep(Duration.ZERO);
            assertThat(List.of(one, other)).allMatch(Future::isCancelled);
            assertThat(other.cancelling()).isZero();
        });
    }

    @Test
    void aFutureThatFailsWithACancelledErrorCancelsTheTask() {
        var error = new CancelledError("from elsewhere");
        runVirtually(() -> {
            Future<String> future = createFuture();
            Task<String> waiting = createTask(() -> future.await());
            sleep(Duration.ZERO);
            future.setException(error);
            assertThat(future.isCancelled()).isFalse();
            waiting.cancel("mine");
            assertThatThrownBy(waiting::await).isSameAs(error);
            assertThat(waiting.isCancelled()).isTrue();
        });
    }

    @Test
    void theTextTellsTheState() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            assertThat(future).hasToString("Future[pending]");
            future.setResult("x");
            assertThat(future).hasToString("Future[result=x]");
            Future<String> cancelled = createFuture();
            cancelled.cancel();
            assertThat(cancelled).hasToString("Future[cancelled]");
            Future<String> failed = createFuture();
            failed.setException(new IOException("broken"));
            assertThat(failed).hasToString("Future[exception=java.io.IOException: broken]");
            assertThat(failed.exception()).isNotNull();
        });
    }

    @Test
    void aFutureKnowsItsLoop() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            assertThat(future.loop()).isSameAs(runningLoop());
            Future<String> other = runningLoop().createFuture();
            assertThat(other.loop()).isSameAs(runningLoop());
        });
    }

    // ------------------------------------------------------------------ done callbacks

    @Test
    void callbacksRunLaterInTheOrderTheyWereAddedAndGetTheFuture() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            future.addDoneCallback(f -> trace.add("1:" + f.equals(future)));
            future.addDoneCallback(f -> trace.add("2:" + f.result()));
            future.setResult("value");
            trace.add("set");
            sleep(Duration.ZERO);
        });
        trace.assertIs("set 1:true 2:value");
    }

    @Test
    void aCallbackAddedWhenDoneRunsSoonToo() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            future.setResult("value");
            future.addDoneCallback(f -> trace.add("called"));
            trace.add("added");
            sleep(Duration.ZERO);
        });
        trace.assertIs("added called");
    }

    @Test
    void callbacksRunAfterFailureAndCancellation() {
        runVirtually(() -> {
            Future<String> failed = createFuture();
            failed.addDoneCallback(f -> trace.add(f.exception().getMessage()));
            failed.setException(new IOException("broken"));
            Future<String> cancelled = createFuture();
            cancelled.addDoneCallback(f -> trace.add("cancelled:" + f.isCancelled()));
            cancelled.cancel();
            sleep(Duration.ZERO);
        });
        trace.assertIs("broken cancelled:true");
    }

    @Test
    void callbacksOfATaskRunWhenItEnds() {
        runVirtually(() -> {
            Task<String> task = createTask(() -> "value");
            task.addDoneCallback(f -> trace.add("1:" + f.result()));
            task.addDoneCallback(f -> trace.add("2"));
            task.await();
            trace.add("awaited");
        });
        trace.assertIs("1:value 2 awaited");
    }

    @Test
    void removingACallbackRemovesItAsOftenAsItWasAdded() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            Consumer<Future<String>> twice = f -> trace.add("twice");
            Consumer<Future<String>> kept = f -> trace.add("kept");
            future.addDoneCallback(twice);
            future.addDoneCallback(kept);
            future.addDoneCallback(twice);
            assertThat(future.removeDoneCallback(twice)).isEqualTo(2);
            assertThat(future.removeDoneCallback(twice)).isZero();
            future.addDoneCallback(f -> trace.add("last"));
            future.setResult("value");
            assertThat(future.removeDoneCallback(kept)).isZero();
            sleep(Duration.ZERO);
        });
        trace.assertIs("kept last");
    }

    @Test
    void removingCallbacksLeavesWaitingTasksAlone() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            Consumer<Future<String>> removed = f -> trace.add("removed");
            Task<String> waiting = createTask(() -> future.await());
            sleep(Duration.ZERO);
            future.addDoneCallback(removed);
            assertThat(future.removeDoneCallback(removed)).isEqualTo(1);
            future.setResult("value");
            assertThat(waiting.await()).isEqualTo("value");
        });
        trace.assertIs("");
    }

    @Test
    void removingTheOnlyCallbackLeavesNone() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            Consumer<Future<String>> removed = f -> trace.add("removed");
            assertThat(future.removeDoneCallback(removed)).isZero();
            future.addDoneCallback(removed);
            assertThat(future.removeDoneCallback(removed)).isEqualTo(1);
            future.setResult("value");
            sleep(Duration.ZERO);
        });
        trace.assertIs("");
    }

    @Test
    void aCallbackThatThrowsIsReportedAndTheOthersRun() {
        var failure = new IllegalArgumentException("broken");
        var problems = new ArrayList<EventLoop.ExceptionContext>();
        runVirtually(() -> {
            runningLoop().setExceptionHandler((loop, problem) -> problems.add(problem));
            Future<String> future = createFuture();
            future.addDoneCallback(f -> {
                throw failure;
            });
            future.addDoneCallback(f -> trace.add("next"));
            future.setResult("value");
            sleep(Duration.ZERO);
        });
        trace.assertIs("next");
        assertThat(problems)
                .containsExactly(new EventLoop.ExceptionContext(
                        "Exception in a done callback of Future[result=value]", failure, null, null));
    }

    @Test
    void aCallbackRunsInACopyOfTheContextItWasAddedInOrInTheOneGiven() {
        var variable = new ContextVar<>("variable", "default");
        runVirtually(() -> {
            Future<String> future = createFuture();
            variable.set("added");
            future.addDoneCallback(f -> {
                trace.add(variable.get());
                variable.set("lost");
            });
            var context = new Context();
            future.addDoneCallback(f -> variable.set("kept"), context);
            variable.set("later");
            future.setResult("value");
            sleep(Duration.ZERO);
            assertThat(context.get(variable)).isEqualTo("kept");
            assertThat(variable.get()).isEqualTo("later");
        });
        trace.assertIs("added");
    }
}
