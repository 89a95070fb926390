package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.streams.Redirect.DEVNULL;
import static io.asyncio4j.streams.Redirect.PIPE;
import static io.asyncio4j.streams.Redirect.STDOUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Coroutine;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubprocessTest {
    private static final SubprocessOptions PIPES = SubprocessOptions.pipes();
    private static final SubprocessOptions OUT = SubprocessOptions.defaults().stdout(PIPE);

    @TempDir
    private Path folder;

    private static String outputOf(SubprocessOptions options, String program, String... args) throws IOException {
        return Subprocess.exec(options, program, args).communicate().stdoutText();
    }

    // ------------------------------------------------------------------ what it gets

    @Test
    void argumentsArriveAsTheyAre() throws IOException {
        run(() -> {
            assertThat(outputOf(OUT, "printf", "<%s>", "a b", "$HOME", "*", "", "\"'", "für"))
                    .isEqualTo("<a b><$HOME><*><><\"'><für>");
        });
    }

    @Test
    void theShellRunsACommand() throws IOException {
        run(() -> {
            Output output = Subprocess.shell(PIPES, "echo $((6 * 7)) | cat; echo oops >&2; exit 3")
                    .communicate();
            assertThat(output).isEqualTo(new Output(3, "42\n".getBytes(UTF_8), "oops\n".getBytes(UTF_8)));
            assertThat(output).hasToString("Output[exit code 3, 3 bytes of output, 5 of errors]");
        });
    }

    @Test
    void inputIsSentAndClosed() throws IOException {
        run(() -> {
            Output output = Subprocess.exec(PIPES, "tr", "a-z", "A-Z").communicate("hello\n");
            assertThat(output.stdoutText()).isEqualTo("HELLO\n");
            assertThat(output.stderrText()).isEmpty();
            assertThat(output.exitCode()).isZero();
        });
    }

    @Test
    void communicateWithoutInputClosesStandardInput() throws IOException {
        run(() -> assertThat(Subprocess.exec(PIPES, "cat").communicate().exitCode())
                .isZero());
    }

    @Test
    void theStreamsCanBeUsedByHand() throws IOException {
        run(() -> {
            Subprocess cat = Subprocess.exec(PIPES, "cat");
            for (int i = 0; i < 50; i++) {
                cat.stdin().write("line " + i + "\n");
                cat.stdin().drain();
                assertThat(cat.stdout().readLine()).isEqualTo("line " + i);
            }
            cat.stdin().close();
            cat.stdin().waitClosed();
            assertThat(cat.stdout().readLine()).isNull();
            assertThat(cat.stderr().readAll()).isEmpty();
            assertThat(cat.waitFor()).isZero();
        });
    }

    @Test
    void errorsCanGoWhereOutputGoes() throws IOException {
        run(() -> {
            Subprocess both = Subprocess.shell(OUT.stderr(STDOUT), "echo 1; echo 2 >&2; echo 3");
            assertThat(both.stdout().lines()).containsExactly("1", "2", "3");
            assertThat(both.waitFor()).isZero();
        });
    }

    @Test
    void nothingComesFromAndGoesToNowhere() throws IOException {
        run(() -> {
            SubprocessOptions options =
                    SubprocessOptions.defaults().stdin(DEVNULL).stdout(DEVNULL).stderr(PIPE);
            Output output = Subprocess.shell(options, "cat; echo dropped; echo kept >&2")
                    .communicate();
            assertThat(output.stdout()).isEmpty();
            assertThat(output.stderrText()).isEqualTo("kept\n");
        });
    }

    @Test
    void filesCanBeItsStreams() throws IOException {
        Path in = Files.writeString(folder.resolve("in"), "text");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        run(() -> {
            SubprocessOptions options =
                    SubprocessOptions.defaults().stdin(in).stdout(out).stderr(err);
            assertThat(Subprocess.shell(options, "cat; echo bad >&2").waitFor()).isZero();
        });
        assertThat(out).hasContent("text");
        assertThat(err).hasContent("bad");
    }

    @Test
    void folderAndEnvironmentAreItsOwn() throws IOException {
        run(() -> {
            assertThat(outputOf(OUT.folder(folder), "pwd", "-P").strip())
                    .isEqualTo(folder.toRealPath().toString());
            assertThat(outputOf(OUT.environment(Map.of("A", "1")).variable("B", "2"), "sh", "-c", "echo $A $B $HOME."))
                    .isEqualTo("1 2 .\n");
            assertThat(outputOf(OUT.variable("A", "1"), "sh", "-c", "echo $A ${PATH:+inherited}"))
                    .isEqualTo("1 inherited\n");
        });
    }

    @Test
    void severalRunAtOnce() {
        run(() -> {
            List<Coroutine<String>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String number = Integer.toString(i);
                all.add(() -> Subprocess.exec(PIPES, "cat").communicate(number).stdoutText());
            }
            assertThat(gather(all).await()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        });
    }

    // ------------------------------------------------------------------ its end

    @Test
    void theExitCodeIsEmptyWhileItRuns() throws IOException {
        run(() -> {
            Subprocess cat = Subprocess.exec(PIPES, "cat");
            assertThat(cat.exitCode()).isEmpty();
            assertThat(cat).hasToString("Subprocess['cat' (process " + cat.pid() + "), running]");
            cat.stdin().close();
            assertThat(cat.waitFor()).isZero();
            assertThat(cat.exitCode()).hasValue(0);
            assertThat(cat.waitFor()).isZero();
            assertThat(cat).hasToString("Subprocess['cat' (process " + cat.pid() + "), exit code 0]");
        });
    }

    @Test
    void aSignalsExitCodeIsTheShells() throws IOException {
        run(() -> {
            Subprocess asked = Subprocess.exec("sleep", "1000");
            asked.terminate();
            assertThat(asked.waitFor()).isEqualTo(128 + 15);

            Subprocess forced = Subprocess.exec("sleep", "1000");
            forced.kill();
            assertThat(forced.waitFor()).isEqualTo(128 + 9);

            Subprocess interrupted = Subprocess.exec("sleep", "1000");
            interrupted.signal("USR1");
            assertThat(interrupted.waitFor()).isEqualTo(128 + 10);

            Subprocess long1 = Subprocess.exec("sleep", "1000");
            long1.signal("SIGTERM");
            assertThat(long1.waitFor()).isEqualTo(128 + 15);
        });
    }

    @Test
    void aProgramThatHandlesASignalGoesOn() throws IOException {
        run(() -> {
            Subprocess shell = Subprocess.shell(PIPES, "trap 'echo caught; exit 7' USR1; echo ready; read line");
            assertThat(shell.stdout().readLine()).isEqualTo("ready");
            shell.signal("USR1");
            shell.stdin().write("\n");
            assertThat(shell.stdout().readLine()).isEqualTo("caught");
            assertThat(shell.waitFor()).isEqualTo(7);
        });
    }

    @Test
    void signalsAfterTheEndAreHarmless() throws IOException {
        run(() -> {
            Subprocess done = Subprocess.exec("true");
            assertThat(done.waitFor()).isZero();
            done.terminate();
            done.kill();
            done.signal("INT");
            done.close();
            done.close();
            assertThat(done.exitCode()).hasValue(0);
        });
    }

    @Test
    void closingKillsWhatStillRuns() throws IOException {
        run(() -> {
            Subprocess sleeping;
            try (Subprocess opened = Subprocess.exec(PIPES, "sleep", "1000")) {
                sleeping = opened;
            }
            assertThat(sleeping.exitCode()).hasValue(128 + 9);
            assertThat(sleeping.stdout().readAll()).isEmpty();
            assertThat(sleeping.stdin().isClosing()).isTrue();
            assertThat(ProcessHandle.of(sleeping.pid())).isEmpty();
        });
    }

    // ------------------------------------------------------------------ what cannot be

    @Test
    void aMissingProgramIsNamed() throws IOException {
        run(() -> {
            assertThatThrownBy(() -> Subprocess.exec("no-such-program", "x"))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("Cannot run 'no-such-program': there is no such program in PATH;"
                            + " install it, or give its full path")
                    .hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> Subprocess.exec("/no/such/program"))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("Cannot run '/no/such/program': there is no such file; check the path");
            Path script = Files.writeString(folder.resolve("script"), "#!/no/such/interpreter\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
            assertThatThrownBy(() -> Subprocess.exec(script.toString()))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("Cannot run '" + script
                            + "': the file is there, but not the interpreter that its first line names");
        });
    }

    @Test
    void aMissingFolderIsNamed() {
        Path missing = folder.resolve("missing");
        run(() -> assertThatThrownBy(() -> Subprocess.exec(OUT.folder(missing), "ls"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("Cannot run 'ls' in the folder '" + missing
                        + "': there is no such folder; create it, or give another"));
    }

    @Test
    void aFileThatIsNoProgramIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no program");
        run(() -> assertThatThrownBy(() -> Subprocess.exec(text.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot run '" + text + "': it is not executable by this user (permission denied);"
                        + " try chmod +x, or give its interpreter as the program"));
    }

    @Test
    void misuseIsExplained() throws IOException {
        run(() -> {
            assertThatThrownBy(() -> Subprocess.exec("echo", "a\0b"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("A subprocess's command cannot contain the character NUL: [echo, a");
            assertThatThrownBy(() -> SubprocessOptions.defaults().stdin(STDOUT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The standard input cannot lead to STDOUT, only standard error can;"
                            + " choose INHERIT, PIPE or DEVNULL");
            Subprocess plain = Subprocess.exec("true");
            assertThatThrownBy(plain::stdout)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("There is no stdout of 'true' (process " + plain.pid() + ") here: it is not a pipe;"
                            + " start it with SubprocessOptions.defaults().stdout(Redirect.PIPE)");
            assertThatThrownBy(() -> plain.communicate("input"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("There is no stdin of 'true'");
            assertThatThrownBy(() -> plain.signal("NONSENSE"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There is no signal 'NONSENSE' on this system; give a name such as TERM, INT or USR1");
            assertThat(plain.waitFor()).isZero();
        });
    }
}
