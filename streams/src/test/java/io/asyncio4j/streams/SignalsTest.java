package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.asyncio4j.CancelledError;
import io.asyncio4j.ContextVar;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.ProcessSignals;
import io.asyncio4j.streams.process.NativeKill;
import io.asyncio4j.streams.process.SignalHandlers;
import io.asyncio4j.sync.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signals that this process sends to itself: those which do nothing where nobody handles them.
final class SignalsTest {
    static void raise(String name) {
        NativeKill.kill(ProcessHandle.current().pid(), ProcessSignals.number(name));
    }

    @Test
    void aHandlerRunsOnTheLoopWhenTheSignalArrives() {
        run(() -> {
            Thread loop = EventLoop.access().thread();
            List<Thread> threads = new ArrayList<>();
            Event arrived = new Event();
            try (var _ = Signals.on("WINCH", () -> {
                threads.add(Thread.currentThread());
                arrived.set();
            })) {
                raise("WINCH");
                arrived.await();
                arrived.clear();
                raise("SIGWINCH");
                arrived.await();
            }
            assertThat(threads).containsExactly(loop, loop);
        });
    }

    @Test
    void aHandlerMayBeGivenBeforeTheLoopRuns() {
        List<String> calls = new ArrayList<>();
        EventLoop loop;
        try (Runner runner = new Runner()) {
            loop = runner.loop();
            Event seen = new Event();
            Signals.on(loop, "WINCH", () -> {
                calls.add("called");
                seen.set();
            });
            runner.run(() -> {
                raise("WINCH");
                seen.await();
            });
        }
        assertThat(calls).containsExactly("called");
        assertThatThrownBy(() -> Signals.on(loop, "WINCH", () -> {}))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void allHandlersOfASignalAreCalledInOrder() {
        run(() -> {
            List<String> order = new ArrayList<>();
            Event arrived = new Event();
            Signals.Registration first = Signals.on("WINCH", () -> order.add("first"));
            Signals.Registration second = Signals.on("SIGWINCH", () -> {
                order.add("second");
                arrived.set();
            });
            raise("WINCH");
            arrived.await();
            first.close();
            first.close();
            arrived.clear();
            raise("WINCH");
            arrived.await();
            second.close();
            assertThat(order).containsExactly("first", "second", "second");
            assertThat(first).hasToString("the handler of SIGWINCH, closed");
        });
    }

    @Test
    void aHandlerThatWasClosedIsNotCalledForASignalOnItsWay() {
        run(() -> {
            List<String> calls = new ArrayList<>();
            Event second = new Event();
            Signals.Registration[] other = new Signals.Registration[1];
            Signals.Registration closing = Signals.on("WINCH", () -> {
                calls.add("first");
                other[0].close();
                second.set();
            });
            other[0] = Signals.on("WINCH", () -> calls.add("second"));
            raise("WINCH");
            second.await();
            sleep(Duration.ZERO);
            closing.close();
            assertThat(calls).containsExactly("first");
        });
    }

    /// Has `code` run by a task, and checks that a signal which it leaves unanswered reaches who
    /// had the signal before.
    private static void assertPassedOn(VoidCoroutine code) {
        List<String> calls = new ArrayList<>();
        ProcessSignals.Claim[] outer = new ProcessSignals.Claim[1];
        run(() -> {
            Event seen = new Event();
            EventLoop loop = runningLoop();
            outer[0] = ProcessSignals.claim(
                    "WINCH",
                    () -> loop.callSoonThreadsafe(() -> {
                        calls.add("before");
                        seen.set();
                    }));
            code.execute();
            seen.await();
        });
        outer[0].close();
        assertThat(calls).containsExactly("before");
    }

    @Test
    void aSignalOnItsWayToAHandlerThatIsClosedGoesToTheHandlerBefore() {
        assertPassedOn(() -> {
            Signals.Registration closing = Signals.on("WINCH", () -> {
                throw new AssertionError("closed, and called");
            });
            SignalHandlers.of("WINCH").arrived();
            closing.close();
        });
    }

    @Test
    void aSignalThatArrivesWhenAwaitIsCancelledGoesToTheHandlerBefore() {
        assertPassedOn(() -> {
            Task<String> waiting = createTask(() -> Signals.await("WINCH"));
            sleep(Duration.ZERO);
            SignalHandlers.of("WINCH").arrived();
            runningLoop().callSoon(waiting::cancel); // comes first
            assertThatThrownBy(waiting::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void aSignalThatAwaitHasNotReturnedWhenItIsCancelledGoesToTheHandlerBefore() {
        assertPassedOn(() -> {
            Task<String> waiting = createTask(() -> Signals.await("WINCH"));
            sleep(Duration.ZERO);
            SignalHandlers.of("WINCH").arrived();
            sleep(Duration.ZERO); // the handler comes after this task in the same iteration
            runningLoop().callSoon(waiting::cancel); // and this before the task that waits
            assertThatThrownBy(waiting::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void signalsInQuickSuccessionAreOneForAwait() {
        run(() -> {
            Task<String> waiting = createTask(() -> Signals.await("WINCH", "URG"));
            sleep(Duration.ZERO);
            SignalHandlers.of("WINCH").arrived();
            SignalHandlers.of("WINCH").arrived();
            SignalHandlers.of("URG").arrived();
            assertThat(waiting.await()).isEqualTo("WINCH");
        });
    }

    @Test
    void theHandlerBeforeIsBackAfterTheLast() {
        ProcessSignals.Claim[] outer = new ProcessSignals.Claim[1];
        run(() -> {
            Event seen = new Event();
            EventLoop loop = runningLoop();
            outer[0] = ProcessSignals.claim("WINCH", () -> loop.callSoonThreadsafe(seen::set));
            Signals.on("WINCH", () -> {}).close();
            raise("WINCH");
            seen.await();
        });
        outer[0].close();
    }

    @Test
    void aHandlerSeesTheContextInWhichItWasGiven() {
        ContextVar<String> user = new ContextVar<>("user");
        run(() -> {
            Event arrived = new Event();
            List<String> seen = new ArrayList<>();
            user.set("Ada");
            try (var _ = Signals.on("WINCH", () -> {
                seen.add(user.get());
                arrived.set();
            })) {
                raise("WINCH");
                arrived.await();
            }
            assertThat(seen).containsExactly("Ada");
        });
    }

    @Test
    void whatAHandlerThrowsGoesToTheExceptionHandler() {
        try (Runner runner = new Runner()) {
            List<Throwable> problems = new ArrayList<>();
            RuntimeException failure = new RuntimeException("handler");
            runner.run(() -> {
                Event told = new Event();
                runner.loop().setExceptionHandler((_, problem) -> {
                    problems.add(problem.exception());
                    told.set();
                });
                try (var _ = Signals.on("WINCH", () -> {
                    throw failure;
                })) {
                    raise("WINCH");
                    told.await();
                }
            });
            assertThat(problems).containsExactly(failure);
        }
    }

    @Test
    void awaitTellsWhichSignalArrived() {
        run(() -> {
            Task<String> waiting = createTask(() -> Signals.await("URG", "SIGWINCH"));
            sleep(Duration.ZERO);
            raise("WINCH");
            assertThat(waiting.await()).isEqualTo("SIGWINCH");
        });
    }

    @Test
    void aCancelledAwaitHandlesNothingAnyLonger() {
        run(() -> {
            assertThatThrownBy(() -> timeout(Duration.ofMillis(1), () -> Signals.await("WINCH")))
                    .isInstanceOf(TimeoutException.class);
            raise("WINCH");
        });
    }

    @Test
    void closingTheLoopEndsItsHandlers() {
        Signals.Registration[] left = new Signals.Registration[1];
        run(() -> {
            left[0] = Signals.on("WINCH", () -> {});
        });
        assertThat(left[0]).hasToString("the handler of SIGWINCH, closed");
        left[0].close();
    }

    @Test
    void theProgramsHandlerOfCtrlCComesBeforeTheRunners() throws IOException {
        assumeFalse(GracefulEndTest.ctrlCIsIgnored(), "a JVM that ignores INT from its start does not handle it");
        run(() -> {
            assertThat(timeout(Duration.ofMinutes(5), () -> {
                        Task<String> waiting = createTask(() -> Signals.await("INT"));
                        sleep(Duration.ZERO);
                        raise("INT");
                        return waiting.await();
                    }))
                    .isEqualTo("INT");
        });
    }

    @Test
    void anUnknownSignalIsNamed() {
        run(() -> {
            assertThatThrownBy(() -> Signals.on("NONSENSE", () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There is no signal 'NONSENSE' on this system; give a name such as TERM, INT or USR1");
            assertThatThrownBy(() -> Signals.await())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Signals.await needs the name of a signal, such as TERM");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP", "SEGV", "QUIT"})
    void aSignalThatCannotBeHandledIsRefused(String name) {
        run(() -> assertThatThrownBy(() -> Signals.await("WINCH", name))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Cannot handle SIG" + name + ": the JVM or the operating system keeps it for itself;"
                        + " TERM, INT, HUP and USR1 can be handled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUS", "USR2"})
    void aSignalThatTheJvmNeedsIsRefused(String name) {
        run(() -> assertThatThrownBy(() -> Signals.on(name, () -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Cannot handle SIG" + name + ": the JVM needs it for itself;"
                        + " TERM, INT, HUP and USR1 can be handled"));
    }
}
