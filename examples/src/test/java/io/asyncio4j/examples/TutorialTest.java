package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The programs of the tutorial print what they print in Python, and take as long: they print their
/// loop time, rounded to a second, so each is within half a second.
final class TutorialTest {
    private static final Path FOLDER = Launch.ROOT.resolve("examples/tutorial");

    /// A machine that is busy with something else makes a program late, but not every time.
    private static final int ATTEMPTS = 3;

    @OnBothEngines
    void coroutineIsLazy(String engine) throws Exception {
        assertThat(run("CoroutineIsLazy", engine)).containsExactly("nothing has run", "running", "done");
    }

    @OnBothEngines
    void directAwait(String engine) throws Exception {
        assertThat(timed("DirectAwait", engine, "3 s")).containsExactly("start 1", "end 1", "start 2", "end 2", "3 s");
    }

    @OnBothEngines
    void concurrent(String engine) throws Exception {
        assertThat(timed("Concurrent", engine, "2 s")).containsExactly("start 1", "start 2", "end 1", "end 2", "2 s");
    }

    @OnBothEngines
    void createTask(String engine) throws Exception {
        assertThat(timed("CreateTask", engine, "2 s"))
                .containsExactly("created", "start 2", "start 1", "result of 2", "result of 1", "2 s");
    }

    @OnBothEngines
    void noYieldWithoutIo(String engine) throws Exception {
        assertThat(run("NoYieldWithoutIo", engine)).containsExactly("开始 aaa", "结束 aaa", "开始 bbb", "结束 bbb");
    }

    @OnBothEngines
    void yieldOnIo(String engine) throws Exception {
        assertThat(timed("YieldOnIo", engine, "2 s")).containsExactly("开始 aaa", "开始 bbb", "结束 bbb", "结束 aaa", "2 s");
    }

    @OnBothEngines
    void blockingSleep(String engine) throws Exception {
        assertThat(timed("BlockingSleep", engine, "3 s"))
                .containsExactly("start 1", "end 1", "start 2", "end 2", "3 s");
    }

    @OnBothEngines
    void cpuBound(String engine) throws Exception {
        List<String> lines = run("CpuBound", engine, "3");

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).matches("3 jobs on the loop: \\d+\\.\\d\\d s");
        assertThat(lines.getLast()).matches("3 jobs in an executor: \\d+\\.\\d\\d s");
    }

    @OnBothEngines
    void complete(String engine) throws Exception {
        List<String> expected = List.of(
                "开始",
                "aaaaa",
                "任务a",
                "test",
                "模拟io操作 任务a",
                "bbbbb",
                "任务b",
                "test",
                "模拟io操作 任务b",
                "我是 任务b",
                "我是 任务a",
                "结束");

        Launch.Ended program = launch("Complete", engine);
        for (int again = 1; again < ATTEMPTS && !(program.out().equals(expected) && tookTwoSeconds(program)); again++) {
            program = launch("Complete", engine); // where b starts a second late, it ends last
        }

        assertThat(program.out()).isEqualTo(expected);
        assertThat(timeOf(program)).isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(500));
    }

    private static boolean tookTwoSeconds(Launch.Ended program) {
        return timeOf(program).minusSeconds(2).abs().compareTo(Duration.ofMillis(500)) < 0;
    }

    /// The program prints no time of its own. The JVM warms up in the computation before this line.
    private static Duration timeOf(Launch.Ended program) {
        return program.between("模拟io操作 任务a", "结束");
    }

    @Test
    void everyProgramHasItsTest() throws IOException {
        List<String> tests = Arrays.stream(TutorialTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(OnBothEngines.class))
                .map(method -> method.getName() + ".java")
                .toList();
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                    .containsExactlyInAnyOrderElementsOf(tests);
        }
    }

    private static List<String> run(String program, String engine, Object... arguments) throws Exception {
        return launch(program, engine, arguments).out();
    }

    /// Runs a program whose last line is its time, again if that is not `time`.
    private static List<String> timed(String program, String engine, String time) throws Exception {
        List<String> lines = run(program, engine);
        for (int again = 1; again < ATTEMPTS && !lines.getLast().equals(time); again++) {
            lines = run(program, engine);
        }
        return lines;
    }

    private static Launch.Ended launch(String program, String engine, Object... arguments) throws Exception {
        var command = new ArrayList<Object>(List.of("run", FOLDER.resolve(program + ".java")));
        command.addAll(List.of(arguments));
        Launch.Ended ended = Launch.of(command.toArray()).on(engine).end();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        return ended;
    }
}
