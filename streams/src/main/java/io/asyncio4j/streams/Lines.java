package io.asyncio4j.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The lines of a stream, read when they are asked for.
final class Lines implements Iterator<String> {
    private final StreamReader reader;

    /// Read ahead by [#hasNext].
    private @Nullable String next;

    Lines(StreamReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = reader.readLine();
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            }
        }
        return next != null;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The stream has ended");
        }
        String line = Objects.requireNonNull(next);
        next = null;
        return line;
    }
}
