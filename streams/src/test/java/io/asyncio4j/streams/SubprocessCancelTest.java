package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.streams.SubprocessPipesTest.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Cancelling leaves no process behind and loses no output.
final class SubprocessCancelTest {
    private static final SubprocessOptions PIPES = SubprocessOptions.pipes();
    private static final Duration SHORT = Duration.ofMillis(5);

    /// Returns the state and the command of each child of this process, but of the `ps` that tells.
    private static List<String> children() throws IOException {
        Output ps = Subprocess.exec(
                        PIPES,
                        "ps",
                        "-o",
                        "stat=,args=",
                        "--ppid",
                        Long.toString(ProcessHandle.current().pid()))
                .communicate();
        return ps.stdoutText()
                .lines()
                .map(String::strip)
                .filter(line -> !line.contains("ps -o stat"))
                .toList();
    }

    private static boolean isAlive(Subprocess process) {
        return ProcessHandle.of(process.pid()).isPresent();
    }

    @Test
    void cancellingAStartLeavesNoProcess() throws IOException {
        run(() -> {
            List<Task<Subprocess>> starting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                starting.add(createTask(() -> Subprocess.exec(PIPES, "sleep", "1001")));
            }
            sleep(Duration.ZERO);
            starting.forEach(Task::cancel);
            for (Task<Subprocess> task : starting) {
                assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            }
            assertThat(children()).isEmpty();
        });
    }

    @Test
    void cancellingAStartTwiceLeavesNoProcess() {
        run(() -> {
            Task<Subprocess> starting = createTask(() -> Subprocess.exec("sleep", "1002"));
            sleep(Duration.ZERO);
            starting.cancel();
            sleep(Duration.ZERO);
            starting.cancel();
            assertThatThrownBy(starting::await).isInstanceOf(CancelledError.class);
            until(() -> ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
        });
    }

    @Test
    void aFailedStartThatWasCancelledIsCancelled() {
        run(() -> {
            Task<Subprocess> starting = createTask(() -> Subprocess.exec("no-such-program"));
            sleep(Duration.ZERO);
            starting.cancel();
            assertThatThrownBy(starting::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void cancellingAWaitLeavesTheProgramAlone() throws IOException {
        run(() -> {
            try (Subprocess cat = Subprocess.exec(PIPES, "cat")) {
                assertThatThrownBy(() -> timeout(SHORT, () -> cat.waitFor())).isInstanceOf(TimeoutException.class);
                assertThat(cat.exitCode()).isEmpty();
                assertThat(cat.communicate("still there").stdoutText()).isEqualTo("still there");
            }
        });
    }

    @Test
    void aTimeoutAroundTheBlockEndsTheProgram() throws IOException {
        Subprocess[] opened = new Subprocess[1];
        run(() -> {
            assertThatThrownBy(() -> timeout(null, limit -> {
                        try (Subprocess sleeping = Subprocess.exec("sleep", "1000")) {
                            opened[0] = sleeping;
                            limit.reschedule(runningLoop().time());
                            return sleeping.waitFor();
                        }
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(opened[0].exitCode()).hasValue(128 + 9);
            assertThat(children()).isEmpty();
        });
    }

    @Test
    void cancellingCommunicateKeepsTheOutput() throws IOException {
        run(() -> {
            try (Subprocess sleeping = Subprocess.shell(PIPES, "echo out; echo err >&2; exec sleep 1000")) {
                Task<Output> communicating = createTask(() -> sleeping.communicate());
                until(() -> sleeping.stdout().toString().contains("4 bytes")
                        && sleeping.stderr().toString().contains("4 bytes"));
                communicating.cancel();
                assertThatThrownBy(communicating::await).isInstanceOf(CancelledError.class);

                assertThat(sleeping.stdout().readLine()).isEqualTo("out");
                sleeping.kill();
                Output rest = sleeping.communicate();
                assertThat(rest.stdoutText()).isEmpty();
                assertThat(rest.stderrText()).isEqualTo("err\n");
                assertThat(rest.exitCode()).isEqualTo(128 + 9);
            }
        });
    }

    @Test
    void aCommunicateThatIsGivenUpHoldsTheProgramBackAgain() throws IOException {
        run(() -> {
            try (Subprocess endless = Subprocess.exec(PIPES.readLimit(1000), "cat", "/dev/zero")) {
                Task<Output> communicating = createTask(() -> endless.communicate());
                until(() -> unread(endless) > 0);
                communicating.cancel();
                assertThatThrownBy(communicating::await).isInstanceOf(CancelledError.class);
                for (int pause = 0, before = -1; before != unread(endless); pause++) {
                    assertThat(pause).as("pauses in each of which more came").isLessThan(1000);
                    before = unread(endless);
                    sleep(SHORT);
                }
            }
        });
    }

    private static int unread(Subprocess process) {
        return Integer.parseInt(process.stdout().toString().replaceAll("\\D", ""));
    }

    @Test
    void anotherCommunicateGoesOnWithTheInput() throws IOException {
        byte[] input = new byte[1_000_000];
        run(() -> {
            Subprocess counting = Subprocess.shell(PIPES, "echo ready; kill -STOP $$; wc -c");
            assertThat(counting.stdout().readLine()).isEqualTo("ready");
            assertThatThrownBy(() -> timeout(SHORT, () -> counting.communicate(input)))
                    .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> counting.communicate(input))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot give '/bin/sh' (process " + counting.pid() + ") another input:"
                            + " communicate(...) was called with one before; call communicate() without to go on"
                            + " with that");
            until(() -> {
                try {
                    return children().stream().anyMatch(child -> child.startsWith("T"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            counting.signal("CONT");
            assertThat(counting.communicate().stdoutText().strip()).isEqualTo("1000000");
        });
    }

    @Test
    void noneIsLeftAsAZombie() throws IOException {
        run(() -> {
            for (int i = 0; i < 10; i++) {
                Task<Output> task = createTask(() -> {
                    try (Subprocess cat = Subprocess.exec(PIPES, "cat")) {
                        cat.stdout().readLine();
                        return cat.communicate();
                    }
                });
                sleep(Duration.ofMillis(i));
                task.cancel();
                assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            }
            assertThat(children()).isEmpty();
        });
    }

    @Test
    void closingTheLoopKillsWhatRunsAndSaysSo() throws IOException {
        List<String> problems = new ArrayList<>();
        Subprocess sleeping;
        try (Runner runner = new Runner()) {
            EventLoop loop = runner.loop();
            loop.setExceptionHandler((_, problem) -> problems.add(problem.message()));
            sleeping = runner.run(() -> Subprocess.exec(PIPES, "sleep", "1000"));
            assertThat(isAlive(sleeping)).isTrue();
        }
        assertThat(problems)
                .containsExactly("The event loop was closed while its subprocess 'sleep' (process " + sleeping.pid()
                        + ") still ran, which was killed; wait for it with waitFor(), or close it");
        ProcessHandle.of(sleeping.pid()).ifPresent(left -> left.onExit().join());
        assertThat(isAlive(sleeping)).isFalse();
    }

    @Test
    void aLoopThatWasClosedEndsTheStartsItHad() {
        try (Runner runner = new Runner()) {
            runner.run(() -> {
                createTask(() -> Subprocess.exec("sleep", "1003"));
                sleep(Duration.ZERO);
            });
        }
        while (ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive)) {
            Thread.onSpinWait(); // it was killed, and is about to end
        }
    }
}
