package io.asyncio4j.streams;

import java.io.IOException;

/// Thrown when a separator does not come within the limit of a [StreamReader]. The bytes stay in
/// the stream, unless [StreamReader#readLine()] was called.
///
/// asyncio: `LimitOverrunError`.
public final class LimitOverrunException extends IOException {
    private static final long serialVersionUID = 1;

    private final int consumed;

    LimitOverrunException(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /// Returns how many bytes can be read without reading a part of the separator. asyncio:
    /// `consumed`.
    public int consumed() {
        return consumed;
    }
}
