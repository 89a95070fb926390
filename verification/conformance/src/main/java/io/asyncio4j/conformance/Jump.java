package io.asyncio4j.conformance;

import org.jspecify.annotations.Nullable;

/// How a block of statements ended, other than by its end or an exception.
///
/// @param kind where it goes on
/// @param value what is returned
record Jump(Kind kind, @Nullable Object value) {
    enum Kind {
        BREAK,
        CONTINUE,
        RETURN
    }

    static final Jump BREAK = new Jump(Kind.BREAK, null);
    static final Jump CONTINUE = new Jump(Kind.CONTINUE, null);

    static Jump returning(@Nullable Object value) {
        return new Jump(Kind.RETURN, value);
    }
}
