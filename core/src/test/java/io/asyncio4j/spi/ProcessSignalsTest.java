package io.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Signals of the process, by `WINCH`, which does nothing where nobody handles it.
@DisabledOnOs(OS.WINDOWS)
final class ProcessSignalsTest {
    private static final String NAME = "WINCH";

    /// Who was called, in order.
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @Test
    void theLatestClaimIsCalled() throws InterruptedException {
        try (var _ = ProcessSignals.claim(NAME, () -> calls.add("first"))) {
            ProcessSignals.raise(NAME);
            assertThat(calls.take()).isEqualTo("first");
            try (var _ = ProcessSignals.claim("SIG" + NAME, () -> calls.add("second"))) {
                ProcessSignals.raise("SIG" + NAME);
                assertThat(calls.take()).isEqualTo("second");
            }
            ProcessSignals.raise(NAME);
            assertThat(calls.take()).isEqualTo("first");
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void aFallbackComesAfterEveryClaim() throws InterruptedException {
        try (var claim = ProcessSignals.claim(NAME, () -> calls.add("claim"))) {
            try (var fallback = ProcessSignals.fallback(NAME, () -> calls.add("fallback"))) {
                ProcessSignals.raise(NAME);
                assertThat(calls.take()).isEqualTo("claim");
                assertThat(fallback.passOn()).as("others have it").isNull();
            }
            assertThat(claim.replacesJvms()).isFalse();
        }
    }

    @Test
    void theLastClaimPassesTheSignalOn() throws InterruptedException {
        Thread passing =
                ProcessSignals.fallback(NAME, () -> calls.add("not called")).passOn();
        assertThat(passing).isNotNull();
        assertThat(passing.getName()).isEqualTo("asyncio4j-SIGWINCH");
        passing.join();
        assertThat(calls).isEmpty();
    }

    @Test
    void whatCannotBeHandledIsRefused() {
        assertThatThrownBy(() -> ProcessSignals.claim("NOSUCH", () -> {}))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no signal 'NOSUCH' on this system; give a name such as TERM, INT or USR1");
        assertThatThrownBy(() -> ProcessSignals.number("NOSUCH")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessSignals.claim("USR2", () -> {}))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "Cannot handle SIGUSR2: the JVM needs it for itself; TERM, INT, HUP and USR1 can be handled");
        assertThatThrownBy(() -> ProcessSignals.claim("KILL", () -> {}))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Cannot handle SIGKILL: the JVM or the operating system keeps it for itself; TERM, INT, HUP"
                        + " and USR1 can be handled");
        assertThat(ProcessSignals.number("SIGINT")).isEqualTo(2);
    }
}
