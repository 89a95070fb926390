package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The programs of the tutorial print what they print in Python, and take as long. What takes time
/// by sleeping on the loop does so in virtual time, and is exact.
final class TutorialTest {
    private static final Path FOLDER = Launch.ROOT.resolve("examples/tutorial");

    @OnBothEngines
    void coroutineIsLazy(String engine) throws Exception {
        assertThat(run("CoroutineIsLazy", engine)).containsExactly("nothing has run", "running", "done");
    }

    @OnBothEngines
    void directAwait(String engine) throws Exception {
        assertThat(virtually("DirectAwait", engine)).containsExactly("start 1", "end 1", "start 2", "end 2", "3 s");
    }

    @OnBothEngines
    void concurrent(String engine) throws Exception {
        assertThat(virtually("Concurrent", engine)).containsExactly("start 1", "start 2", "end 1", "end 2", "2 s");
    }

    @OnBothEngines
    void createTask(String engine) throws Exception {
        assertThat(virtually("CreateTask", engine))
                .containsExactly("created", "start 2", "start 1", "result of 2", "result of 1", "2 s");
    }

    @OnBothEngines
    void noYieldWithoutIo(String engine) throws Exception {
        assertThat(run("NoYieldWithoutIo", engine)).containsExactly("开始 aaa", "结束 aaa", "开始 bbb", "结束 bbb");
    }

    @OnBothEngines
    void yieldOnIo(String engine) throws Exception {
        assertThat(virtually("YieldOnIo", engine)).containsExactly("开始 aaa", "开始 bbb", "结束 bbb", "结束 aaa", "2 s");
    }

    @OnBothEngines
    void blockingSleep(String engine) throws Exception {
        List<String> lines = run("BlockingSleep", engine);

        assertThat(lines).hasSize(5).startsWith("start 1", "end 1", "start 2", "end 2");
        assertThat(lines.getLast()).matches("([3-9]|\\d{2,}) s");
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
        assertThat(virtually("Complete", engine))
                .containsExactly(
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
        var command = new ArrayList<Object>(List.of("run", FOLDER.resolve(program + ".java")));
        command.addAll(List.of(arguments));
        return outputOf(Launch.of(command.toArray()).on(engine));
    }

    private static List<String> virtually(String program, String engine) throws Exception {
        return outputOf(
                Launch.of("run", FOLDER.resolve(program + ".java")).on(engine).onVirtualTime());
    }

    private static List<String> outputOf(Launch program) throws Exception {
        Launch.Ended ended = program.end();
        assertThat(ended.complaints()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        return ended.out();
    }
}
