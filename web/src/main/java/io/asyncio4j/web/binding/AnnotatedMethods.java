package io.asyncio4j.web.binding;

import io.asyncio4j.web.Description;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The methods of a class, in the order of its source, and how they are called.
public final class AnnotatedMethods {
    private AnnotatedMethods() {}

    /// Returns the methods of a class that have annotations of the library, then those of the
    /// classes and interfaces above it. One that is overridden counts unless the method that
    /// overrides it has such annotations itself; called is the latter in any case.
    ///
    /// Reflection gives methods in any order; the class file has that of the source.
    public static List<Method> of(Class<?> type) {
        List<Method> all = new ArrayList<>(); // with those that the compiler makes to override others
        for (Class<?> at : above(type)) {
            Map<String, Integer> order = order(at);
            List<Method> annotated = Arrays.stream(at.getDeclaredMethods())
                    .filter(AnnotatedMethods::isAnnotated)
                    .filter(method -> !method.isSynthetic() || isBehindAnother(method))
                    .filter(method -> all.stream().noneMatch(below -> overrides(below, method)))
                    .sorted(Comparator.comparingInt(method -> order.getOrDefault(key(method), Integer.MAX_VALUE)))
                    .toList();
            all.addAll(annotated);
        }
        all.removeIf(Method::isSynthetic);
        return all;
    }

    private static Set<Class<?>> above(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            all.add(at);
        }
        for (Class<?> at : List.copyOf(all)) {
            addInterfaces(at, all);
        }
        return all;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> one : type.getInterfaces()) {
            all.add(one);
            addInterfaces(one, all);
        }
    }

    private static boolean isAnnotated(Method method) {
        return Arrays.stream(method.getDeclaredAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getPackage() == Description.class.getPackage());
    }

    /// Returns whether a method that the compiler has made calls one of its class, not one of a
    /// class above.
    private static boolean isBehindAnother(Method made) {
        return Arrays.stream(made.getDeclaringClass().getDeclaredMethods())
                .anyMatch(method -> !method.isSynthetic()
                        && method.getName().equals(made.getName())
                        && method.getParameterCount() == made.getParameterCount());
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
        AnnotatedMethods.class.getModule().addReads(method.getDeclaringClass().getModule());
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
