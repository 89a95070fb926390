package io.asyncio4j.testing.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/// Makes instances of a test class, and of the classes around it if that is nested, as JUnit has
/// made its own.
///
/// Their constructors are called. What other extensions have put into the fields of JUnit's
/// instances, before any `@BeforeEach` method, is taken over: it is in fields that the constructor
/// leaves null.
final class FreshInstances {
    private final List<Object> originals;
    private final ExecutableInvoker invoker;
    private final boolean shared;

    private FreshInstances(List<Object> originals, ExecutableInvoker invoker, boolean shared) {
        this.originals = originals;
        this.invoker = invoker;
        this.shared = shared;
    }

    static FreshInstances of(ExtensionContext context) {
        return new FreshInstances(
                context.getRequiredTestInstances().getAllInstances(),
                context.getExecutableInvoker(),
                context.getTestInstanceLifecycle().orElseThrow() == Lifecycle.PER_CLASS);
    }

    /// Returns new instances, the outermost first; those of JUnit if a class has only one.
    List<Object> create() {
        if (shared) {
            return originals;
        }
        List<Object> fresh = new ArrayList<>();
        for (Object original : originals) {
            Object instance = construct(original.getClass(), fresh.isEmpty() ? null : fresh.getLast());
            ReflectionSupport.findFields(original.getClass(), FreshInstances::canBeSet, HierarchyTraversalMode.TOP_DOWN)
                    .forEach(field -> takeOver(field, original, instance));
            fresh.add(instance);
        }
        return fresh;
    }

    private Object construct(Class<?> type, @Nullable Object outer) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0]; // JUnit allows one only
        return outer == null ? invoker.invoke(constructor) : invoker.invoke(constructor, outer);
    }

    private static boolean canBeSet(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isFinal(modifiers)
                && !field.getType().isPrimitive();
    }

    private static void takeOver(Field field, Object original, Object instance) {
        Object value = read(field, original);
        if (value == null || read(field, instance) != null) {
            return;
        }
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ExtensionConfigurationException(
                    "Field '" + field.getDeclaringClass().getSimpleName() + "." + field.getName()
                            + "' cannot be set for another run of the test; open its package to"
                            + " io.asyncio4j.testing, or set it in a @BeforeEach method",
                    e);
        }
    }

    private static @Nullable Object read(Field field, Object instance) {
        try {
            return ReflectionSupport.tryToReadFieldValue(field, instance).get();
        } catch (Exception e) {
            throw new ExtensionConfigurationException("Field '" + field + "' cannot be read", e);
        }
    }
}
