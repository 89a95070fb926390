package io.asyncio4j.conformance;

import io.asyncio4j.Context;
import io.asyncio4j.ContextVar;
import io.asyncio4j.ContextVar.Token;
import org.jspecify.annotations.Nullable;

/// A context variable of a program. Programs set variables to null, which a [ContextVar] has no
/// room for: so its values are boxes.
final class Variable {
    private record Box(@Nullable Object value) {}

    private final ContextVar<Box> boxes;

    Variable(String name) {
        this.boxes = new ContextVar<>(name);
    }

    @Nullable
    Object get() {
        return open(boxes.get(null));
    }

    @Nullable
    Object get(Context context) {
        return open(context.get(boxes));
    }

    Object set(@Nullable Object value) {
        return boxes.set(new Box(value));
    }

    @SuppressWarnings("unchecked") // a token that set() has returned, of this or another variable
    void reset(Object token) {
        boxes.reset((Token<Box>) token);
    }

    private static @Nullable Object open(@Nullable Box box) {
        return box == null ? null : box.value();
    }
}
