package io.asyncio4j.web.binding;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The methods of a class, in the order of its source, and how they are called.
public final class AnnotatedMethods {
    private AnnotatedMethods() {}

    /// Returns the methods of a class and then of those above it, without those that are overridden
    /// or made by the compiler.
    ///
    /// Reflection gives methods in any order; the class file has that of the source.
    public static List<Method> of(Class<?> type) {
        List<Method> all = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            Map<String, Integer> order = order(at);
            Arrays.stream(at.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic() && !method.isBridge())
                    .filter(method -> all.stream().noneMatch(below -> overrides(below, method)))
                    .sorted(Comparator.comparingInt(method -> order.getOrDefault(key(method), Integer.MAX_VALUE)))
                    .forEach(all::add);
        }
        return all;
    }

    private static boolean overrides(Method below, Method above) {
        return !Modifier.isPrivate(above.getModifiers())
                && !Modifier.isStatic(above.getModifiers())
                && below.getName().equals(above.getName())
                && Arrays.equals(below.getParameterTypes(), above.getParameterTypes());
    }

    private static Map<String, Integer> order(Class<?> type) {
        Map<String, Integer> order = new HashMap<>();
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (@Nullable InputStream in = type.getResourceAsStream(file)) {
            if (in != null) {
                for (MethodModel method :
                        ClassFile.of().parse(in.readAllBytes()).methods()) {
                    order.put(
                            method.methodName().stringValue()
                                    + method.methodType().stringValue(),
                            order.size());
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // a class made at run time, for instance: its methods come in whatever order
        }
        return order;
    }

    private static String key(Method method) {
        StringBuilder key = new StringBuilder(method.getName()).append('(');
        for (Class<?> parameter : method.getParameterTypes()) {
            key.append(parameter.descriptorString());
        }
        return key.append(')').append(method.getReturnType().descriptorString()).toString();
    }

    /// Returns what calls a method.
    ///
    /// @throws IllegalArgumentException if it must not be called from here
    public static Signature signature(Object object, Method method) {
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        MethodHandle handle;
        try {
            handle = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
                    .unreflect(method);
        } catch (IllegalAccessException closed) {
            throw new IllegalArgumentException(
                    name + ": It cannot be called; have the module of the class say: opens "
                            + method.getDeclaringClass().getPackageName() + " to io.asyncio4j.web",
                    closed);
        }
        if (!Modifier.isStatic(method.getModifiers())) {
            handle = handle.bindTo(object);
        }
        MethodHandle spread = handle.asFixedArity()
                .asSpreader(Object[].class, method.getParameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
        return new Signature.OfMethod(name, method, arguments -> (Object) spread.invokeExact(arguments));
    }
}
