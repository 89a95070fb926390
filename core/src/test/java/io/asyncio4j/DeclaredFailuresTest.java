package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.Asyncio.timeoutAt;
import static io.asyncio4j.Asyncio.toThread;
import static io.asyncio4j.Asyncio.waitFor;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A function that runs code in the caller's task declares the exceptions of that code.
/// That this compiles is half of the test.
final class DeclaredFailuresTest {
    private static final Duration LIMIT = ofSeconds(60);

    private static String fetch() throws IOException {
        sleep(Duration.ZERO);
        throw new FileNotFoundException("page");
    }

    private static void save() throws IOException {
        fetch();
    }

    /// An attempt that fails with an `IOException`.
    private interface Attempt {
        void make() throws IOException;
    }

    private static void assertCaught(Attempt attempt) {
        run(() -> {
            try {
                attempt.make();
            } catch (IOException caught) {
                assertThat(caught)
                        .isExactlyInstanceOf(FileNotFoundException.class)
                        .hasMessage("page");
                return;
            }
            fail("nothing was thrown");
        });
    }

    @Test
    void ofACoroutineThatIsAwaited() {
        assertCaught(() -> await(() -> fetch()));
        assertCaught(() -> await(() -> save()));
    }

    @Test
    void ofATimeout() {
        assertCaught(() -> timeout(LIMIT, () -> fetch()));
        assertCaught(() -> timeout(LIMIT, DeclaredFailuresTest::save));
        assertCaught(() -> timeout(LIMIT, limit -> {
            assertThat(limit.expired()).isFalse();
            save();
        }));
        assertCaught(() -> timeout(LIMIT, limit -> limit.expired() ? "" : fetch()));
        assertCaught(() -> timeoutAt(null, () -> fetch()));
        assertCaught(() -> timeoutAt(null, () -> save()));
        assertCaught(() -> timeoutAt(null, limit -> limit.expired() ? "" : fetch()));
        assertCaught(() -> waitFor(() -> fetch(), LIMIT));
        assertCaught(() -> waitFor(() -> save(), LIMIT));
    }

    @Test
    void ofACallInAnotherThread() {
        assertCaught(() -> toThread(() -> {
            throw new FileNotFoundException("page");
        }));
        assertCaught(() -> {
            String value = timeout(
                    LIMIT,
                    () -> toThread(() -> {
                        if (LIMIT.isPositive()) {
                            throw new FileNotFoundException("page");
                        }
                        return "";
                    }));
            fail(value);
        });
    }

    @Test
    void ofAContext() {
        assertCaught(() -> Context.copyCurrent().run(() -> fetch()));
        assertCaught(() -> Context.copyCurrent().run(() -> save()));
    }

    @Test
    void ofATaskIfTheCallerSaysSo() {
        assertCaught(() -> await(createTask(() -> fetch()), IOException.class));
        run(() -> assertThatThrownBy(() -> await(createTask(() -> fetch()), InterruptedException.class))
                .isExactlyInstanceOf(FileNotFoundException.class));
        assertThatNullPointerException()
                .isThrownBy(() -> run(() -> await(createTask(() -> 1), (Class<IOException>) null)))
                .withMessage("expected");
    }

    @Test
    void ofARun() {
        try {
            String page = run(() -> fetch());
            fail(page);
        } catch (IOException caught) {
            assertThat(caught).hasMessage("page");
        }
        try (Runner runner = new Runner()) {
            runner.run(() -> save());
        } catch (IOException caught) {
            assertThat(caught).hasMessage("page");
        }
        try (EventLoop loop = EventLoop.create()) {
            loop.runUntilComplete(() -> fetch());
        } catch (IOException caught) {
            assertThat(caught).hasMessage("page");
        }
    }

    @Test
    void ofNothingWhereTheTypeDoesNotTell() {
        Coroutine<String> coroutine = () -> fetch();
        VoidCoroutine withoutResult = () -> save();
        Callable<String> callable = () -> "called";
        assertThatThrownBy(() -> run(coroutine)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> run(withoutResult)).isInstanceOf(IOException.class);
        String called = run(() -> {
            assertThatThrownBy(() -> await(coroutine)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> await(withoutResult)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> timeout(LIMIT, coroutine)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> waitFor(withoutResult, LIMIT)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> createTask(coroutine.returningNull()).await())
                    .isInstanceOf(IOException.class);
            return toThread(callable);
        });
        assertThat(called).isEqualTo("called");
    }

    @Test
    void aBodyIsWhateverSomethingWithLessIsWantedFor() throws Exception {
        List<String> calls = new ArrayList<>();
        Body<String, IOException> body = () -> {
            calls.add("called");
            return "value";
        };
        run(() -> {
            assertThat(await((Awaitable<String>) body)).isEqualTo("value");
            assertThat(timeout(LIMIT, (TimeoutBody<String, IOException>) body)).isEqualTo("value");
            timeout(LIMIT, (Timeout.VoidBody<IOException>) body);
            await((VoidBody<IOException>) body);
            assertThat((Object) await(body.returningNull())).isNull();
            VoidBody<IOException> withoutResult = () -> calls.add("void");
            timeout(LIMIT, (Timeout.VoidBody<IOException>) withoutResult);
            Coroutine<String> coroutine = () -> "value";
            coroutine.run();
            coroutine.execute();
            timeout(LIMIT, (Timeout.VoidBody<RuntimeException>) coroutine);
            assertThat(createTask((VoidCoroutine) coroutine).await()).isNull();
            timeoutAt(null, limit -> {
                calls.add("" + limit.when());
            });
        });
        assertThat(calls).containsExactly("called", "called", "called", "called", "called", "void", "null");
    }

    @Test
    void secondsMayBeFractions() {
        assertThat(List.of(seconds(0.5), seconds(-1), seconds(1e-9), seconds(3)))
                .containsExactly(Duration.ofMillis(500), ofSeconds(-1), Duration.ofNanos(1), ofSeconds(3));
        assertThatThrownBy(() -> seconds(Double.NaN))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("A duration cannot be of NaN seconds; give a finite number, or null for no limit");
        assertThatThrownBy(() -> seconds(Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTimeOfALoopIsADurationToo() {
        VirtualTime.runVirtually(() -> {
            Duration before = runningLoop().timeAsDuration();
            sleep(ofSeconds(2));
            assertThat(runningLoop().timeAsDuration().minus(before)).isEqualTo(ofSeconds(2));
            assertThat(runningLoop().time())
                    .isEqualTo(runningLoop().timeAsDuration().toNanos());
        });
    }

    @Test
    void aStageHasALimit() {
        VirtualTime.runVirtually(() -> {
            assertThat(waitFor(CompletableFuture.completedFuture("there"), LIMIT))
                    .isEqualTo("there");
            CompletableFuture<String> never = new CompletableFuture<>();
            assertThatThrownBy(() -> waitFor(never, Duration.ZERO)).isExactlyInstanceOf(TimeoutException.class);
        });
    }
}
