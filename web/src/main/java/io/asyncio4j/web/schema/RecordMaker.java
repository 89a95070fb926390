package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The canonical constructor of a record.
final class RecordMaker {
    private static final MethodType FROM_ARRAY = MethodType.methodType(Object.class, Object[].class);

    private final MethodHandle constructor;

    private RecordMaker(MethodHandle constructor) {
        this.constructor = constructor;
    }

    /// @throws DeclarationException if it is not accessible
    static RecordMaker of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            MethodHandle constructor =
                    Access.lookup(type).findConstructor(type, MethodType.methodType(void.class, types));
            return new RecordMaker(
                    constructor.asSpreader(Object[].class, types.length).asType(FROM_ARRAY));
        } catch (IllegalAccessException closed) {
            throw Access.closed(type, closed);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("No canonical constructor of " + type, impossible);
        }
    }

    /// Returns the record, or the [Fault] if its constructor refuses the values with an
    /// [IllegalArgumentException].
    Object make(@Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (IllegalArgumentException refused) {
            return Fault.ofValue(refused.getMessage());
        } catch (Throwable thrown) {
            throw Access.sneaky(thrown);
        }
    }
}
