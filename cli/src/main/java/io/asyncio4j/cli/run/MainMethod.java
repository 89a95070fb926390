package io.asyncio4j.cli.run;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;

/// The `main` of a class, as Java's launcher chooses it: the one with arguments, else the one
/// without; static or of an instance.
record MainMethod(Class<?> type, Method method) {
    static MainMethod of(Class<?> type) throws NoSuchMethodException {
        return find(type, String[].class)
                .or(() -> find(type))
                .map(method -> new MainMethod(type, method))
                .orElseThrow(() -> new NoSuchMethodException(type.getName() + " has no main"));
    }

    private static Optional<Method> find(Class<?> type, Class<?>... parameters) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            try {
                Method method = declaring.getDeclaredMethod("main", parameters);
                if (!Modifier.isPrivate(method.getModifiers()) && method.getReturnType() == void.class) {
                    method.setAccessible(true);
                    return Optional.of(method);
                }
            } catch (NoSuchMethodException _) { // it may be inherited
            }
        }
        return Optional.empty();
    }

    /// Calls it without arguments. Throws what it throws.
    void call() throws Exception {
        try {
            Object[] arguments = method.getParameterCount() == 0 ? new Object[0] : new Object[] {new String[0]};
            if (Modifier.isStatic(method.getModifiers())) {
                method.invoke(null, arguments);
            } else {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                method.invoke(constructor.newInstance(), arguments);
            }
        } catch (InvocationTargetException thrown) {
            switch (thrown.getCause()) {
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw thrown;
            }
        }
    }
}
