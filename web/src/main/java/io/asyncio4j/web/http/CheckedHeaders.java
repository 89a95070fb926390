package io.asyncio4j.web.http;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way to make headers whose names and values a parser has checked byte by byte already. It
/// lies below the class of headers, and so does not name it.
public final class CheckedHeaders {
    private static volatile @Nullable Function<String[], ?> maker;

    private CheckedHeaders() {}

    /// Sets what makes them; their class does so when it is loaded.
    public static void madeBy(Function<String[], ?> known) {
        maker = known;
    }

    /// Returns headers; their class has to be loaded.
    ///
    /// @param fields names in lower case and values without blanks at their ends, in turn; not
    ///     changed afterwards
    public static Object of(String[] fields) {
        return Objects.requireNonNull(maker).apply(fields);
    }
}
