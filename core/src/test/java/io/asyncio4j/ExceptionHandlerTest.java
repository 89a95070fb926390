package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExceptionHandlerTest {
    private final EventLoop loop = EventLoop.create(new VirtualClock());
    private final List<EventLoop.ExceptionContext> problems = new ArrayList<>();
    private final IllegalArgumentException failure = new IllegalArgumentException("broken");

    @AfterEach
    void close() {
        loop.close();
    }

    private final Runnable failing = new Runnable() {
        @Override
        public void run() {
            throw failure;
        }

        @Override
        public String toString() {
            return "failing";
        }
    };

    private void runOnce() {
        loop.stop();
        loop.runForever();
    }

    @Test
    void whatACallbackThrowsGoesToTheHandlerAndTheLoopGoesOn() {
        var trace = new Trace();
        loop.setExceptionHandler((source, problem) -> {
            assertThat(source).isSameAs(loop);
            problems.add(problem);
        });
        Handle handle = loop.callSoon(failing);
        loop.callSoon(() -> trace.add("next"));
        runOnce();
        trace.assertIs("next");
        assertThat(problems)
                .containsExactly(
                        new EventLoop.ExceptionContext("Exception in callback Handle[failing]", failure, null, handle));
    }

    @Test
    void errorsAndCancellationsInCallbacksAreProblemsToo() {
        loop.setExceptionHandler((source, problem) -> problems.add(problem));
        var error = new AssertionError("no");
        var cancelled = new CancelledError("out of place");
        loop.callSoon(() -> {
            throw error;
        });
        loop.callLater(Duration.ZERO, () -> {
            throw cancelled;
        });
        runOnce();
        assertThat(problems).extracting(EventLoop.ExceptionContext::exception).containsExactly(error, cancelled);
    }

    @Test
    void withoutAHandlerProblemsAreLogged() {
        try (var log = new CapturedLog()) {
            loop.callSoon(failing);
            loop.setExceptionHandler((source, problem) -> problems.add(problem));
            loop.setExceptionHandler(null);
            runOnce();
            assertThat(loop.exceptionHandler()).isNull();
            assertThat(log.lines()).containsExactly("SEVERE Exception in callback Handle[failing]");
            assertThat(log.thrown()).containsExactly(failure);
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void aHandlerThatThrowsIsLoggedTogetherWithTheProblem() {
        var second = new IllegalStateException("handler is broken");
        EventLoop.ExceptionHandler handler = (source, problem) -> {
            throw second;
        };
        try (var log = new CapturedLog()) {
            loop.setExceptionHandler(handler);
            assertThat(loop.exceptionHandler()).isSameAs(handler);
            loop.callSoon(failing);
            runOnce();
            assertThat(log.lines()).containsExactly("SEVERE Exception in the loop's exception handler");
            assertThat(log.thrown()).containsExactly(second);
            assertThat(second.getSuppressed())
                    .singleElement()
                    .satisfies(first -> assertThat(first)
                            .hasMessage("While handling: Exception in callback Handle[failing]")
                            .hasCause(failure));
        }
    }

    @Test
    void aProgramCanReportProblemsItself() {
        loop.setExceptionHandler((source, problem) -> problems.add(problem));
        loop.callExceptionHandler(new EventLoop.ExceptionContext("outside a run"));
        loop.runUntilComplete(() -> loop.callExceptionHandler(new EventLoop.ExceptionContext("in a task")));
        loop.callSoon(() -> loop.callExceptionHandler(new EventLoop.ExceptionContext("in a callback")));
        runOnce();
        assertThat(problems)
                .containsExactly(
                        new EventLoop.ExceptionContext("outside a run", null, null, null),
                        new EventLoop.ExceptionContext("in a task", null, null, null),
                        new EventLoop.ExceptionContext("in a callback", null, null, null));
    }

    @Test
    void theHandlerRunsOnTheLoopsThreadOutsideAnyTask() {
        var seen = new ArrayList<String>();
        Thread here = Thread.currentThread();
        loop.setExceptionHandler((source, problem) -> seen.add(currentTask() + " " + (Thread.currentThread() == here)));
        loop.runUntilComplete(() -> {
            loop.callSoon(failing);
            createTask(() -> sleep(Duration.ZERO));
            sleep(Duration.ZERO);
        });
        assertThat(seen).containsExactly("null true");
    }

    @Test
    void theHandlerRunsInTheContextOfTheCallback() {
        var variable = new ContextVar<>("variable", "default");
        var seen = new ArrayList<String>();
        var context = new Context();
        context.run(() -> variable.set("the callback's"));
        loop.setExceptionHandler((source, problem) -> seen.add(variable.get()));
        loop.callSoon(failing, context);
        runOnce();
        assertThat(seen).containsExactly("the callback's");
        assertThat(variable.get()).isEqualTo("default");
    }
}
