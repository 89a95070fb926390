package io.asyncio4j.streams;

import java.io.EOFException;
import java.util.OptionalInt;

/// Thrown when a stream ends before all bytes that were asked for have come.
///
/// asyncio: `IncompleteReadError`.
public final class IncompleteReadException extends EOFException {
    private static final long serialVersionUID = 1;

    private final byte[] partial;
    private final int expected;

    /// @param expected how many bytes were asked for, or -1 if as many as there are before a
    ///     separator
    IncompleteReadException(byte[] partial, int expected) {
        super("The stream ended after " + partial.length
                + (expected < 0 ? " bytes, before a separator" : " bytes, of the " + expected + " expected"));
        this.partial = partial;
        this.expected = expected;
    }

    /// Returns the bytes that came before the end, which have been taken out of the stream.
    /// asyncio: `partial`.
    public byte[] partial() {
        return partial.clone();
    }

    /// Returns how many bytes were asked for; empty if all up to a separator. asyncio: `expected`.
    public OptionalInt expected() {
        return expected < 0 ? OptionalInt.empty() : OptionalInt.of(expected);
    }
}
