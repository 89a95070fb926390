package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.streams.Redirect.PIPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.streams.bytes.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// The pipes when much goes through them, or an end of them is gone.
final class SubprocessPipesTest {
    private static final SubprocessOptions PIPES = SubprocessOptions.pipes();
    private static final SubprocessOptions OUT = SubprocessOptions.defaults().stdout(PIPE);
    private static final int MUCH = 3_000_000;

    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            sleep(Duration.ofMillis(1));
        }
    }

    @Test
    void communicateTakesMoreThanAnyPipeHolds() throws IOException {
        byte[] much = new byte[MUCH];
        Arrays.fill(much, (byte) 'x');
        run(() -> {
            Output output = Subprocess.shell(PIPES, "tee /dev/stderr").communicate(much);
            assertThat(output.stdout()).isEqualTo(much);
            assertThat(output.stderr()).isEqualTo(much);
        });
    }

    @Test
    void aProgramThatNobodyReadsIsHeldBackAndLosesNothing() throws IOException {
        run(() -> {
            Subprocess writing = Subprocess.exec(OUT.readLimit(1000), "head", "-c", "" + MUCH, "/dev/zero");
            until(() -> writing.stdout().toString().contains("bytes"));
            sleep(Duration.ofMillis(20));
            assertThat(writing.exitCode()).isEmpty();
            assertThat(writing.stdout().readAll()).hasSize(MUCH);
            assertThat(writing.waitFor()).isZero();
        });
    }

    @Test
    void outputThatFitsCanBeReadAfterTheEnd() throws IOException {
        run(() -> {
            Subprocess done = Subprocess.shell(PIPES, "echo out; echo err >&2; exit 5");
            assertThat(done.waitFor()).isEqualTo(5);
            assertThat(done.stdout().readLine()).isEqualTo("out");
            assertThat(done.stderr().readLine()).isEqualTo("err");
            assertThat(done.stdout().readLine()).isNull();
        });
    }

    @Test
    void outputOfWhatOutlivesTheProgramIsNotLost() throws IOException {
        run(() -> {
            Subprocess shell = Subprocess.shell(
                    PIPES, "(while kill -0 $$; do sleep 0.01; done 2>&-; echo late) & read go; echo early");
            shell.stdin().write("go\n");
            assertThat(shell.waitFor()).isZero();
            assertThat(new String(shell.stdout().readAll(), UTF_8)).isEqualTo("early\nlate\n");
        });
    }

    @Test
    void waitForReturnsThoughAnotherHoldsThePipes() throws IOException {
        run(() -> {
            Subprocess shell = Subprocess.shell(OUT, "sleep 1000 & echo $!");
            assertThat(shell.waitFor()).isZero();
            long left = Long.parseLong(shell.stdout().readLine());
            shell.close();
            assertThat(shell.stdout().readLine()).isNull();
            assertThat(ProcessHandle.of(left).orElseThrow().destroy()).isTrue();
        });
    }

    @Test
    void communicateDoesNotMindAProgramThatDoesNotReadItsInput() throws IOException {
        byte[] much = new byte[MUCH];
        run(() -> {
            Output output = Subprocess.shell(PIPES, "head -c 5 | wc -c; exit 3").communicate(much);
            assertThat(output.stdoutText().strip()).isEqualTo("5");
            assertThat(output.exitCode()).isEqualTo(3);
            assertThat(Subprocess.exec(PIPES, "true").communicate(much).exitCode())
                    .isZero();
        });
    }

    @Test
    void writingToAProgramThatHasClosedItsInputFails() throws IOException {
        run(() -> {
            Subprocess deaf = Subprocess.shell(PIPES, "exec <&-; echo closed; sleep 1000");
            assertThat(deaf.stdout().readLine()).isEqualTo("closed");
            deaf.stdin().write(new byte[MUCH]);
            String message = "Cannot write to the standard input of '/bin/sh' (process " + deaf.pid()
                    + "): it has ended or does not read any longer (broken pipe)";
            assertThatThrownBy(() -> deaf.stdin().drain())
                    .isInstanceOf(IOException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> deaf.stdin().waitClosed())
                    .isInstanceOf(IOException.class)
                    .hasMessage(message);
            deaf.close();
        });
    }

    @Test
    void inputIsOverWhenTheProgramHasEnded() throws IOException {
        run(() -> {
            Subprocess done = Subprocess.exec(PIPES, "true");
            assertThat(done.waitFor()).isZero();
            done.stdin().waitClosed();
            done.stdin().write("nobody reads this");
            assertThatThrownBy(() -> done.stdin().drain())
                    .isInstanceOf(IOException.class)
                    .hasMessage("The connection was lost: the standard input of 'true' (process " + done.pid()
                            + ") is closed");
        });
    }

    @Test
    void drainWaitsForASlowProgram() throws IOException {
        run(() -> {
            Subprocess slow = Subprocess.shell(PIPES, "read line; cat | wc -c");
            slow.stdin().write(new byte[MUCH]);
            assertThat(slow.stdin().pendingBytes()).isEqualTo(MUCH);
            slow.stdin().write("\n");
            slow.stdin().drain();
            assertThat(slow.stdin().pendingBytes()).isLessThanOrEqualTo(Limits.DEFAULT.low());
            slow.stdin().writeEof();
            assertThat(Long.parseLong(slow.stdout().readLine().strip())).isLessThanOrEqualTo(MUCH);
            assertThat(slow.waitFor()).isZero();
        });
    }

    @Test
    void oneTaskReadsAtATime() throws IOException {
        run(() -> {
            Subprocess cat = Subprocess.exec(PIPES, "cat");
            var reading = createTask(() -> cat.stdout().readLine());
            sleep(Duration.ZERO);
            assertThatThrownBy(() -> cat.communicate("x\n"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot read from a stream while another task reads from it;"
                            + " let one task read and pass on what came");
            assertThat(reading.await()).isEqualTo("x");
            assertThat(cat.waitFor()).isZero();
        });
    }
}
