package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The programs of `examples/web` that send requests to themselves print what their last comment
/// says, on both engines. Those that need no network do so in virtual time.
final class WebProofsTest {
    private static final Path FOLDER = Launch.ROOT.resolve("examples/web");

    /// Programs with sockets, or with other threads.
    private static final Set<String> IN_REAL_TIME =
            Set.of("ManyRequests.java", "SeveralWorkers.java", "OffTheLoop.java", "CpuBound.java");

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("programs")
    void aProgramPrintsWhatItsLastCommentSays(String program, String engine) throws Exception {
        Path file = FOLDER.resolve(program);
        Launch launch = Launch.of("run", file).on(engine);
        if (!IN_REAL_TIME.contains(program)) {
            launch.onVirtualTime();
        }

        Launch.Ended ended = launch.end();

        PromisedOutput promised = PromisedOutput.of(file);
        assertThat(promised.comparable(ended.out())).as(ended.err()).isEqualTo(promised.comparable(promised.lines()));
        assertThat(ended.exitCode()).isZero();
    }

    static List<Arguments> programs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".java") && promises(file))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .flatMap(name -> Stream.of(Arguments.of(name, "carrier"), Arguments.of(name, "baton")))
                    .toList();
        }
    }

    private static boolean promises(Path file) {
        try {
            return PromisedOutput.isIn(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
