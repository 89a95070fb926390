package io.asyncio4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// Records in which order things happened.
final class Trace {
    private final List<String> entries = new ArrayList<>();

    void add(String entry) {
        entries.add(entry);
    }

    /// Asserts what has been recorded.
    ///
    /// @param expected the entries, with a blank between two
    void assertIs(String expected) {
        assertThat(String.join(" ", entries)).isEqualTo(expected);
    }
}
