package io.asyncio4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands, on processes that are what they should be and on others.
@Timeout(120)
final class CommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int command(Object... words) {
        String[] args = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            args[i] = words[i].toString();
        }
        return Asyncio4j.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void expectRefusal(int exitCode, String message, Object... words) {
        assertThat(command(words)).isEqualTo(exitCode);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("asyncio4j: " + message + "\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /// Starts a program that looks as `mode` says, and waits until it does.
    private static Process start(String mode, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TargetProgram.class.getName(), mode));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return process;
    }

    private static String[] on(String engine) {
        return engine.equals("carrier")
                ? new String[] {"-Dasyncio4j.engine=carrier", "--add-opens=java.base/java.lang=ALL-UNNAMED"}
                : new String[] {"-Dasyncio4j.engine=baton"};
    }

    // ------------------------------------------------------------------ what is there

    @ParameterizedTest
    @ValueSource(strings = {"carrier", "baton"})
    void aLoopThatWaits(String engine) throws Exception {
        Process program = start("waits", on(engine));
        try {
            assertThat(command("ps", program.pid(), "--no-stack")).isZero();
            assertThat(lines().getFirst()).isEqualTo("Loop 1 waits in thread 'main', 2 tasks");
            assertThat(lines().get(2)).startsWith("   1  Task-1   waiting  ").endsWith(" s  task 'sleeper'");
            assertThat(lines().get(3)).startsWith("   2  sleeper  waiting  ").contains(" s  a sleep, 86");
        } finally {
            program.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"carrier", "baton"})
    void aLoopThatIsBlockedAnswersToo(String engine) throws Exception {
        Process program = start("blocks", on(engine));
        try {
            assertThat(command("ps", program.pid())).isZero();
            assertThat(lines().getFirst())
                    .isEqualTo("Loop 1 is BLOCKED by a task or callback in thread 'main', 2 tasks");
            assertThat(lines()).anySatisfy(line -> assertThat(line).isEqualTo("   2  blocker  running"));
            assertThat(lines())
                    .anySatisfy(line -> assertThat(line).contains("TargetProgram.block(TargetProgram.java:"));
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aProgramWhoseLoopIsClosed() throws Exception {
        Process program = start("has-ended");
        try {
            assertThat(command("pstree", program.pid())).isZero();
            assertThat(lines()).containsExactly("No event loop is open in process " + program.pid() + ".");
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void asJson() throws Exception {
        Process program = start("waits");
        try {
            assertThat(command("pstree", program.pid(), "--json", "--max-tasks", 1))
                    .isZero();
            LiveProgram told = LiveProgram.parse(out.toString(StandardCharsets.UTF_8));
            assertThat(told.pid()).isEqualTo(program.pid());
            assertThat(told.loops().getFirst().omitted()).isEqualTo(1);
            assertThat(Objects.requireNonNull(told.loops().getFirst().tasks().getFirst())
                            .stack())
                    .anySatisfy(frame -> assertThat(frame).contains("TargetProgram."));
        } finally {
            program.destroyForcibly();
        }
    }

    // ------------------------------------------------------------------ what is not

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ps abc | Invalid value for positional parameter at index 0 (PID): it must be the number of a process, not 'abc'; asyncio4j --help shows how to use it
        ps | Missing required parameter: 'PID'; asyncio4j --help shows how to use it
        pstree 1 --colour | Unknown option: '--colour'; asyncio4j --help shows how to use it
        """)
    void wrongUse(String words, String message) {
        expectRefusal(2, message, (Object[]) words.split(" "));
    }

    @Test
    void noSuchProcess() throws Exception {
        Process over = new ProcessBuilder("true").start();
        over.waitFor();
        expectRefusal(1, "there is no process " + over.pid(), "ps", over.pid());
    }

    @Test
    void thisVeryProcess() {
        long me = ProcessHandle.current().pid();
        expectRefusal(1, "process " + me + " is this command itself", "ps", me);
    }

    @Test
    void aProcessThatIsNotJava() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(command("ps", sleep.pid())).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("asyncio4j: process " + sleep.pid() + " is not a Java process, but /")
                    .endsWith("\n");
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void aJavaProgramWithoutAsyncio4j() throws Exception {
        Process program = start("no-loop");
        try {
            expectRefusal(
                    1,
                    "no event loop of asyncio4j has run in process " + program.pid()
                            + ", or its library is too old to be asked",
                    "ps",
                    program.pid());
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aJavaProgramThatForbidsIt() throws Exception {
        Process program = start("no-loop", "-XX:+DisableAttachMechanism");
        try {
            expectRefusal(
                    1,
                    "process " + program.pid() + " cannot be attached to: The VM does not support the attach mechanism"
                            + " (is it a Java program, started without -XX:+DisableAttachMechanism?)",
                    "ps",
                    program.pid());
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aProcessOfAnotherUser() {
        Attachment attachment = new Attachment(7);
        assertThatThrownBy(() -> attachment.requireMine("alice", "bob"))
                .isInstanceOf(Refusal.class)
                .hasMessage("process 7 belongs to user alice, and you are bob; run this as alice, for example with"
                        + " sudo -u alice");
        attachment.requireMine("bob", "bob");
        attachment.requireMine("alice", "root");
    }
}
