package io.asyncio4j.cli.run;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// One version of a program that is served: `io.asyncio4j.web.server.Generation`, which describes
/// these methods. It is called by name, as this package is compiled without that library.
final class ServedProgram {
    private static final Class<?> TYPE = find();

    private final Object generation;

    private ServedProgram(Object generation) {
        this.generation = generation;
    }

    private static Class<?> find() {
        try {
            return Class.forName("io.asyncio4j.web.server.Generation");
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException("The library io.asyncio4j.web is not on the class path", absent);
        }
    }

    static void prepare() {
        try {
            TYPE.getMethod("prepare").invoke(null);
        } catch (ReflectiveOperationException changed) {
            throw unlike(changed);
        }
    }

    static boolean isSignalled() {
        try {
            return (boolean) TYPE.getMethod("isSignalled").invoke(null);
        } catch (ReflectiveOperationException changed) {
            throw unlike(changed);
        }
    }

    static ServedProgram start(ClassLoader loader, Callable<?> main) {
        try {
            Method start = TYPE.getMethod("start", ClassLoader.class, Callable.class);
            return new ServedProgram(start.invoke(null, loader, main));
        } catch (ReflectiveOperationException changed) {
            throw unlike(changed);
        }
    }

    CompletableFuture<?> serving() {
        return future("serving");
    }

    CompletableFuture<?> ended() {
        return future("ended");
    }

    void retire(boolean replaced) {
        try {
            TYPE.getMethod("retire", boolean.class).invoke(generation, replaced);
        } catch (ReflectiveOperationException changed) {
            throw unlike(changed);
        }
    }

    private CompletableFuture<?> future(String name) {
        try {
            return (CompletableFuture<?>) TYPE.getMethod(name).invoke(generation);
        } catch (ReflectiveOperationException changed) {
            throw unlike(changed);
        }
    }

    private static IllegalStateException unlike(ReflectiveOperationException changed) {
        return new IllegalStateException(TYPE + " is not as it is described", changed);
    }
}
