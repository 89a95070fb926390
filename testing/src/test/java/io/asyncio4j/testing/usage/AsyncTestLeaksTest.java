package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Task;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A test fails for what it leaves behind.
final class AsyncTestLeaksTest {
    static final class LeavesATask {
        @AsyncTest
        void polls() {
            createTask("poll", LeavesATask::poll);
            sleep(ofSeconds(1));
        }

        static void poll() {
            sleep(ofSeconds(10));
        }
    }

    @Test
    void aTaskThatStillRunsIsShownWithWhatItWaitsForAndWhereItWasCreated() {
        assertThat(JUnitRun.of(LeavesATask.class).message()).isEqualTo("""
            'polls()' has left behind:
              Task 'poll' waits for a sleep, 9.0 s left
                  at AsyncTestLeaksTest$LeavesATask.poll(AsyncTestLeaksTest.java)
                  created at AsyncTestLeaksTest$LeavesATask.polls(AsyncTestLeaksTest.java)\
            """);
    }

    static final class CancelsItsTask {
        @AsyncTest
        void polls() {
            createTask(() -> sleep(ofHours(1))).cancel();
        }
    }

    @Test
    void aCancelledTaskMayEndAfterTheTest() {
        assertThat(JUnitRun.of(CancelsItsTask.class).succeeded()).isEqualTo(1);
    }

    static final class EndsItsTaskAfterwards {
        Task<?> poll;

        @AsyncTest
        void polls() {
            poll = createTask(() -> sleep(ofHours(1)));
        }

        @AfterEach
        void cancel() {
            poll.cancel();
        }
    }

    @Test
    void tasksMayBeEndedAfterEachTest() {
        assertThat(JUnitRun.of(EndsItsTaskAfterwards.class).succeeded()).isEqualTo(1);
    }

    static final class LeavesAFailure {
        @AsyncTest
        void uploads() {
            createTask("upload", LeavesAFailure::upload);
            sleep(ofSeconds(1));
        }

        @SuppressWarnings("DoNotCallSuggester")
        static void upload() throws IOException {
            throw new IOException("disk full");
        }
    }

    @Test
    void aFailureThatNobodyLookedAtIsShown() {
        Throwable failure = JUnitRun.of(LeavesAFailure.class).failure();

        assertThat(JUnitRun.readable(failure)).isEqualTo("""
            'uploads()' has left behind:
              The failure of task 'upload', created at AsyncTestLeaksTest$LeavesAFailure.uploads(AsyncTestLeaksTest.java), was not noticed: nobody awaited it or asked for its exception
                  java.io.IOException: disk full\
            """);
        assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(IOException.class);
    }

    static final class SwallowsACancellation {
        @AsyncTest
        void cancels() {
            Task<?> task = createTask("stubborn", SwallowsACancellation::ignore);
            sleep(ofMillis(1));
            task.cancel();
            Asyncio.waitAll(List.of(task), null, ReturnWhen.ALL_COMPLETED);
        }

        static void ignore() {
            try {
                createFuture("the end").await();
            } catch (CancelledError swallowed) {
                // as a library may do that catches Throwable
            }
            sleep(ofSeconds(1));
        }
    }

    @Test
    void aSwallowedCancellationIsShownWithWhoCaughtIt() {
        assertThat(JUnitRun.of(SwallowsACancellation.class).message())
                .startsWith("'cancels()' has left behind:\n  Task 'stubborn' was cancelled and swallowed it: ")
                .contains("caught in AsyncTestLeaksTest$SwallowsACancellation.ignore")
                .endsWith("created at AsyncTestLeaksTest$SwallowsACancellation.cancels(AsyncTestLeaksTest.java)");
    }

    static final class LeavesAServer {
        @AsyncTest
        void serves() {
            EventLoop.access().register(new Resource() {
                @Override
                public String describe() {
                    return "server on port 80";
                }

                @Override
                public void loopClosed() {}

                @Override
                public boolean mustBeClosed() {
                    return true;
                }
            });
        }
    }

    @Test
    void aResourceThatIsOpenIsShownWithWhereItWasOpened() {
        assertThat(JUnitRun.of(LeavesAServer.class).message()).isEqualTo("""
            'serves()' has left behind:
              Not closed by the program when its event loop was closed: server on port 80, created at AsyncTestLeaksTest$LeavesAServer.serves(AsyncTestLeaksTest.java); use try-with-resources\
            """);
    }

    static final class FailsAndLeavesTwo {
        @AsyncTest
        void fails() {
            createTask("one", () -> sleep(ofSeconds(1)));
            createTask("two", () -> createFuture("its end").await());
            throw new IllegalArgumentException("the test's own");
        }
    }

    @Test
    void theTestsOwnFailureComesFirstAndAllThatIsLeftWithIt() {
        Throwable failure = JUnitRun.of(FailsAndLeavesTwo.class).failure();

        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("the test's own");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(left -> assertThat(JUnitRun.readable(left)).isEqualTo("""
                    'fails()' has left behind:
                      Task 'one' waits for a sleep, 1.0 s left
                          at AsyncTestLeaksTest$FailsAndLeavesTwo.lambda(AsyncTestLeaksTest.java)
                          created at AsyncTestLeaksTest$FailsAndLeavesTwo.fails(AsyncTestLeaksTest.java)
                      Task 'two' waits for future 'its end'
                          at AsyncTestLeaksTest$FailsAndLeavesTwo.lambda(AsyncTestLeaksTest.java)
                          created at AsyncTestLeaksTest$FailsAndLeavesTwo.fails(AsyncTestLeaksTest.java)\
                    """));
    }

    static final class HandlesItsProblems {
        @AsyncTest
        void handles() {
            runningLoop().setExceptionHandler((_, _) -> {});
            runningLoop().callSoon(() -> {
                throw new IllegalStateException("expected");
            });
            sleep(ZERO);
            sleep(ZERO);
            runningLoop().setExceptionHandler(null);
        }
    }

    @Test
    void whatTheTestsOwnExceptionHandlerTookIsNotLeftBehind() {
        assertThat(JUnitRun.of(HandlesItsProblems.class).succeeded()).isEqualTo(1);
    }

    static final class LeavesACallbacksFailure {
        @AsyncTest
        void calls() {
            runningLoop().callSoon(() -> {
                throw new IllegalStateException("unexpected");
            });
        }
    }

    @Test
    void whatACallbackThrowsIsLeftBehind() {
        assertThat(JUnitRun.of(LeavesACallbacksFailure.class).message())
                .startsWith("'calls()' has left behind:\n")
                .endsWith("\n      java.lang.IllegalStateException: unexpected");
    }
}
