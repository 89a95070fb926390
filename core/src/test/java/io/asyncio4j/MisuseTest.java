package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The mistakes of a program, and the whole text of each message.
final class MisuseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void assertRefused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt).isInstanceOf(IllegalStateException.class).hasMessage(message);
    }

    // ------------------------------------------------------------------ outside a loop

    private static void assertNeedsLoop(ThrowingCallable attempt, String what) {
        assertRefused(
                attempt,
                "Cannot " + what + ": no event loop runs in thread '"
                        + Thread.currentThread().getName()
                        + "'; in a test, use @AsyncTest of asyncio4j-testing in place"
                        + " of @Test, or start one with Asyncio.run(...)");
    }

    @Test
    void withoutALoopNothingWorks() {
        assertNeedsLoop(() -> await(() -> 1), "await a coroutine");
        assertNeedsLoop(() -> await(() -> {}), "await a coroutine");
        assertNeedsLoop(() -> await(CompletableFuture.completedFuture(1)), "await a CompletionStage");
        assertNeedsLoop(() -> sleep(SECOND), "sleep");
        assertNeedsLoop(() -> sleep(SECOND, 1), "sleep");
        assertNeedsLoop(() -> createTask(() -> 1), "create a task");
        assertNeedsLoop(() -> createTask("name", () -> {}), "create a task");
        assertNeedsLoop(() -> taskGroup(group -> {}), "open a task group");
        assertNeedsLoop(() -> currentTask(), "get the current task");
        assertNeedsLoop(() -> Asyncio.allTasks(), "list the tasks");
        assertNeedsLoop(() -> createFuture(), "create a future");
        assertNeedsLoop(() -> runningLoop(), "get the running loop");
        assertNeedsLoop(() -> toThread(() -> 1), "call toThread");
        assertNeedsLoop(() -> Asyncio.runInExecutor(null, () -> 1), "run in an executor");
    }

    @Test
    void afterARunThereIsNoLoopAnyLonger() {
        run(() -> {});
        assertNeedsLoop(() -> runningLoop(), "get the running loop");
    }

    @Test
    void aFutureCannotBeAwaitedOutsideItsLoop() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        try {
            Future<Void> future = loop.createFuture();
            assertNeedsLoop(() -> await(future), "await Future[pending]");
            assertNeedsLoop(future::await, "await Future[pending]");
        } finally {
            loop.close();
        }
    }

    // ------------------------------------------------------------------ in a callback

    private static void assertRefusedInCallback(ThrowingCallable attempt, String what) {
        runVirtually(() -> {
            Future<Throwable> refusal = createFuture();
            runningLoop().callSoon(() -> {
                try {
                    attempt.call();
                    refusal.setResult(null);
                } catch (Throwable thrown) {
                    refusal.setResult(thrown);
                }
            });
            assertThat(refusal.await())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot " + what
                            + " in a callback: only a task can suspend; create one in the callback with"
                            + " createTask(...)");
        });
    }

    @Test
    void callbacksCannotSuspend() {
        assertRefusedInCallback(() -> await(() -> 1), "await a coroutine");
        assertRefusedInCallback(() -> createFuture().await(), "await Future[pending]");
        assertRefusedInCallback(() -> await(new CompletableFuture<>()), "await a CompletionStage");
        assertRefusedInCallback(() -> sleep(Duration.ZERO), "sleep");
        assertRefusedInCallback(() -> taskGroup(group -> {}), "open a task group");
        assertRefusedInCallback(() -> toThread(() -> 1), "call toThread");
    }

    @Test
    void aRunInACallbackIsRefused() {
        runVirtually(() -> {
            Future<String> refusal = createFuture();
            runningLoop().callSoon(() -> {
                try {
                    run(() -> {});
                } catch (IllegalStateException e) {
                    refusal.setResult(e.getMessage());
                }
            });
            assertThat(refusal.await())
                    .isEqualTo("Cannot run an event loop in thread '"
                            + toThreadName()
                            + "': one runs there already; await the coroutine, or create a task for it");
        });
    }

    /// The name of the thread that runs the loop.
    private static String toThreadName() {
        Future<String> name = createFuture();
        runningLoop().callSoon(() -> name.setResult(Thread.currentThread().getName()));
        return name.await();
    }

    // ------------------------------------------------------------------ futures and tasks

    @Test
    void anOutcomeThatIsNotThereYet() {
        runVirtually(() -> {
            Future<Void> future = createFuture();
            Task<Void> task = createTask("slow", () -> sleep(SECOND));
            assertThatThrownBy(future::result)
                    .isInstanceOf(InvalidStateException.class)
                    .hasMessage("The result of Future[pending] is not there yet; await it, or ask isDone() first");
            assertThatThrownBy(task::exception)
                    .isInstanceOf(InvalidStateException.class)
                    .hasMessage("The exception of Task['slow', pending] is not there yet; await it, or ask isDone()"
                            + " first");
        });
    }

    @Test
    void anOutcomeGivenTwice() {
        runVirtually(() -> {
            Future<String> future = createFuture();
            future.setResult("first");
            assertThatThrownBy(() -> future.setResult("second"))
                    .isInstanceOf(InvalidStateException.class)
                    .hasMessage("Cannot give a result to Future[result=first]: it is done already; check isDone()"
                            + " first");
            assertThatThrownBy(() -> future.setException(new IOException("second")))
                    .isInstanceOf(InvalidStateException.class)
                    .hasMessage("Cannot give an exception to Future[result=first]: it is done already; check isDone()"
                            + " first");
            assertThat(future.result()).isEqualTo("first");
            Future<String> cancelled = createFuture();
            cancelled.cancel();
            assertThatThrownBy(() -> cancelled.setResult("late"))
                    .isInstanceOf(InvalidStateException.class)
                    .hasMessage("Cannot give a result to Future[cancelled]: it is done already; check isDone() first");
        });
    }

    @Test
    void theOutcomeOfATaskCannotBeSet() {
        runVirtually(() -> {
            Task<String> task = createTask("mine", () -> "body");
            assertThatThrownBy(() -> task.setResult("x"))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(
                            "The result of task 'mine' comes from its body and cannot be set; use createFuture() for"
                                    + " one that can");
            assertThatThrownBy(() -> task.setException(new IOException()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("The exception of task 'mine' comes from its body and cannot be set; use createFuture()"
                            + " for one that can");
            assertThat(task.await()).isEqualTo("body");
        });
    }

    @Test
    void aTaskThatAwaitsItself() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<Void>>();
            tasks.add(createTask("narcissus", () -> tasks.getFirst().await()));
            assertRefused(
                    () -> tasks.getFirst().await(), "Task 'narcissus' cannot await itself; await it from another task");
        });
    }

    @Test
    void aFutureOfAnotherLoop() {
        EventLoop other = EventLoop.create(new VirtualClock());
        try {
            Future<Void> future = other.createFuture();
            runVirtually(() -> assertRefused(
                    future::await,
                    "Cannot await Future[pending]: it belongs to another event loop; use runCoroutineThreadsafe(...)"
                            + " there"));
        } finally {
            other.close();
        }
    }

    // ------------------------------------------------------------------ from another thread

    private static void assertRefusedElsewhere(String what, ThrowingCallable attempt) {
        Thread loopThread = Thread.currentThread();
        Throwable[] refusal = new Throwable[1];
        String owner = toThreadName();
        toThread(() -> {
            Thread.currentThread().setName("elsewhere");
            try {
                attempt.call();
            } catch (Throwable thrown) {
                refusal[0] = thrown;
            }
        });
        assertThat(Thread.currentThread()).isSameAs(loopThread);
        assertThat(refusal[0])
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot " + what + " from thread 'elsewhere': the loop runs in thread '" + owner
                        + "'; use callSoonThreadsafe(...) or runCoroutineThreadsafe(...)");
    }

    @Test
    void anotherThreadMayNotTouchTheLoop() {
        run(() -> {
            EventLoop loop = runningLoop();
            Future<String> future = createFuture();
            Task<?> task = currentTask();
            assertRefusedElsewhere("call soon", () -> loop.callSoon(() -> {}));
            assertRefusedElsewhere("set a timer", () -> loop.callLater(SECOND, () -> {}));
            assertRefusedElsewhere("create a task", () -> loop.createTask(() -> 1));
            assertRefusedElsewhere("stop the loop", loop::stop);
            assertRefusedElsewhere("set the exception handler", () -> loop.setExceptionHandler(null));
            assertRefusedElsewhere(
                    "call the exception handler",
                    () -> loop.callExceptionHandler(new EventLoop.ExceptionContext("problem")));
            assertRefusedElsewhere("set the default executor", () -> loop.setDefaultExecutor(null));
            assertRefusedElsewhere("set a result of a future", () -> future.setResult("x"));
            assertRefusedElsewhere("set an exception of a future", () -> future.setException(new IOException()));
            assertRefusedElsewhere("cancel a future", () -> future.cancel());
            assertRefusedElsewhere("cancel task 'Task-1'", () -> task.cancel());
            assertRefusedElsewhere("uncancel a task", task::uncancel);
            assertRefusedElsewhere("add a done callback", () -> future.addDoneCallback(f -> {}));
            assertRefusedElsewhere("remove a done callback", () -> future.removeDoneCallback(f -> {}));
            TaskGroup group = taskGroup(g -> g);
            assertRefusedElsewhere("add a task to a group", () -> group.createTask(() -> 1));
            assertRefusedElsewhere("cancel a task group", group::cancel);
            assertThat(future.isDone()).isFalse();
            assertThat(task.cancelling()).isZero();
        });
    }

    @Test
    void anotherThreadMayNotRunARunningLoop() {
        run(() -> {
            EventLoop loop = runningLoop();
            String owner = toThreadName();
            Throwable refusal = toThread(() -> {
                try {
                    loop.runForever();
                    return null;
                } catch (IllegalStateException e) {
                    return e;
                }
            });
            assertThat(refusal).hasMessage("The event loop is running already, in thread '" + owner + "'");
        });
    }

    // ------------------------------------------------------------------ null

    @Test
    void nullIsRefusedByName() {
        runVirtually(() -> {
            EventLoop loop = runningLoop();
            assertNullRefused(() -> createTask((Coroutine<Void>) null), "coroutine");
            assertNullRefused(() -> createTask((VoidCoroutine) null), "coroutine");
            assertNullRefused(() -> createTask((String) null, () -> {}), "name");
            assertNullRefused(() -> currentTask().setName(null), "name");
            assertNullRefused(() -> await((VoidCoroutine) null), "coroutine");
            assertNullRefused(() -> await((CompletableFuture<Void>) null), "stage");
            assertNullRefused(() -> taskGroup((TaskGroup.VoidBody) null), "body");
            assertNullRefused(() -> taskGroup((TaskGroupBody<Void>) null), "body");
            assertNullRefused(() -> loop.callSoon(null), "callback");
            assertNullRefused(() -> loop.callSoonThreadsafe(null), "callback");
            assertNullRefused(() -> loop.callLater(SECOND, null), "callback");
            assertNullRefused(() -> createFuture().setException(null), "exception");
            assertNullRefused(() -> createFuture().addDoneCallback(null), "action");
            assertNullRefused(() -> loop.setDefaultExecutor(null), "executor");
            assertNullRefused(() -> loop.callExceptionHandler(null), "problem");
            assertNullRefused(() -> TaskOptions.defaults().context(null), "context");
        });
        assertNullRefused(() -> EventLoop.create(null), "clock");
    }

    private static void assertNullRefused(ThrowingCallable attempt, String name) {
        assertThatThrownBy(attempt).isInstanceOf(NullPointerException.class).hasMessage(name);
    }
}
