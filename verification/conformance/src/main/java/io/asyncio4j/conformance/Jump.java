package io.asyncio4j.conformance;

import org.jspecify.annotations.Nullable;

/// The end of a block of statements, other than by its last statement or an exception.
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
