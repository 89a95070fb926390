package io.asyncio4j.web.http;

import io.asyncio4j.web.Headers;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The making of headers whose names and values a parser has checked byte by byte already.
public final class CheckedHeaders {
    private static volatile @Nullable Function<String[], Headers> maker;

    private CheckedHeaders() {}

    /// Sets what makes them; [Headers] does so when it is loaded.
    public static void madeBy(Function<String[], Headers> known) {
        maker = known;
    }

    /// Returns headers.
    ///
    /// @param fields names in lower case and values without blanks at their ends, in turn; not
    ///     changed afterwards
    public static Headers of(String[] fields) {
        Function<String[], Headers> known = maker;
        if (known == null) {
            Headers.empty(); // loads the class
            known = Objects.requireNonNull(maker);
        }
        return known.apply(fields);
    }
}
