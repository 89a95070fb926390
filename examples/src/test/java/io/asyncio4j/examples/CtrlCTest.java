package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C in a program that the launcher runs.
final class CtrlCTest {
    /// What a shell sees of a process that Ctrl-C ended.
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path folder;

    @OnBothEngines
    void everyFinallyBlockRunsAndMayAwait(String engine) throws Exception {
        Launch.Ended program = Launch.of("run", Launch.ROOT.resolve("examples/docs/event-loop/CtrlC.java"))
                .on(engine)
                .start()
                .awaitLine("working")
                .interrupt()
                .end();

        assertThat(program.out())
                .containsExactly("working", "main cleans up", "main is clean", "other cleans up", "other is clean");
        assertThat(program.complaints()).isEmpty();
        assertThat(program.exitCode()).isEqualTo(INTERRUPTED);
    }

    @OnBothEngines
    void theSecondEndsAtOnceWhateverHangs(String engine) throws Exception {
        Path stubborn = Files.writeString(folder.resolve("Stubborn.java"), """
            import static io.asyncio4j.Asyncio.*;
            import static java.time.Duration.*;

            void main() throws Exception {
                run(() -> {
                    try {
                        IO.println("working");
                        sleep(ofDays(1));
                    } finally {
                        IO.println("hangs");
                        Thread.sleep(ofDays(1));
                    }
                });
            }
            """);

        Launch.Ended program = Launch.of("run", stubborn)
                .on(engine)
                .start()
                .awaitLine("working")
                .interrupt()
                .awaitLine("hangs")
                .interrupt()
                .end();

        assertThat(program.exitCode()).isEqualTo(INTERRUPTED);
    }

    @OnBothEngines
    void aProgramThatComputesIsInterruptedAtItsNextAwait(String engine) throws Exception {
        Path busy = Files.writeString(folder.resolve("Busy.java"), """
            import static io.asyncio4j.Asyncio.*;
            import static java.time.Duration.*;

            void main() {
                run(() -> {
                    IO.println("computing");
                    for (long i = 0; ; i++) {
                        sleep(ZERO);
                    }
                });
            }
            """);

        Launch.Ended program = Launch.of("run", busy)
                .on(engine)
                .start()
                .awaitLine("computing")
                .interrupt()
                .end();

        assertThat(program.complaints()).isEmpty();
        assertThat(program.exitCode()).isEqualTo(INTERRUPTED);
    }
}
