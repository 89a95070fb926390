package io.asyncio4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The arrows between the types of a module, as its class files have them: which type names which.
///
/// A nested type counts as its outermost one. Names are relative to the main package, with slashes.
final class Arrows {
    private static final String PREFIX = "io/asyncio4j/";
    private static final Pattern TYPE = Pattern.compile("io/asyncio4j/[\\w/$]+");

    /// The packages that the module exports.
    private static final Set<String> EXPORTED = Set.of("io.asyncio4j", "io.asyncio4j.spi", "io.asyncio4j.sync");

    private Arrows() {}

    /// Returns the types that each type of a module names.
    ///
    /// @param ofModule any type of it
    static Map<String, Set<String>> of(Class<?> ofModule) throws IOException, URISyntaxException {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (ClassModel model : models(ofModule)) {
            String from = outermost(model.thisClass().asInternalName());
            Set<String> known = arrows.computeIfAbsent(from, _ -> new TreeSet<>());
            for (PoolEntry entry : model.constantPool()) {
                Matcher types = TYPE.matcher(text(entry));
                while (types.find()) {
                    known.add(outermost(types.group()));
                }
            }
            known.remove(from);
        }
        return arrows;
    }

    private static String text(PoolEntry entry) {
        return switch (entry) {
            case ClassEntry type -> type.asInternalName();
            case NameAndTypeEntry member -> member.type().stringValue();
            case Utf8Entry descriptor
            when descriptor.stringValue().matches("[\\[(].*|L[^;]*;") -> descriptor.stringValue();
            default -> "";
        };
    }

    private static String outermost(String internalName) {
        String name = internalName.substring(PREFIX.length());
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    /// Returns the class files of a module.
    static List<ClassModel> models(Class<?> ofModule) throws IOException, URISyntaxException {
        URI place = ofModule.getProtectionDomain().getCodeSource().getLocation().toURI();
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(place))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                    .filter(each -> !each.toString().endsWith("-info.class"))
                    .toList()) {
                models.add(ClassFile.of().parse(file));
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        return models;
    }

    /// Returns the circles of types that name each other, each as the types of one.
    static List<List<String>> circles(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> reached = new LinkedHashMap<>();
        arrows.forEach((type, _) -> reached.put(type, reachedFrom(type, arrows)));
        Set<List<String>> circles = new HashSet<>();
        reached.forEach((type, types) -> {
            List<String> circle = types.stream()
                    .filter(other -> reached.getOrDefault(other, Set.of()).contains(type))
                    .sorted()
                    .toList();
            if (types.contains(type)) {
                circles.add(circle);
            }
        });
        return List.copyOf(circles);
    }

    private static Set<String> reachedFrom(String start, Map<String, Set<String>> arrows) {
        Set<String> reached = new TreeSet<>();
        List<String> todo = new ArrayList<>(arrows.getOrDefault(start, Set.of()));
        while (!todo.isEmpty()) {
            String next = todo.removeLast();
            if (reached.add(next)) {
                todo.addAll(arrows.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    // ------------------------------------------------------------------ what others see

    static boolean isExported(ClassModel type) {
        String name = type.thisClass().asInternalName().replace('/', '.');
        return EXPORTED.contains(name.substring(0, name.lastIndexOf('.')));
    }

    /// Returns the public and protected fields that can be written.
    static List<String> openFields(ClassModel type) {
        return type.fields().stream()
                .filter(field ->
                        field.flags().has(AccessFlag.PUBLIC) || field.flags().has(AccessFlag.PROTECTED))
                .filter(field -> !field.flags().has(AccessFlag.FINAL))
                .map(field -> type.thisClass().asInternalName() + "."
                        + field.fieldName().stringValue())
                .toList();
    }

    /// Returns the public types of exported packages.
    static List<Class<?>> exportedTypes(Class<?> ofModule) {
        try {
            List<Class<?>> found = new ArrayList<>();
            for (ClassModel model : models(ofModule)) {
                String name = model.thisClass().asInternalName().replace('/', '.');
                if (isExported(model)) {
                    Class<?> type = Class.forName(name, false, ofModule.getClassLoader());
                    if (Modifier.isPublic(type.getModifiers())) {
                        found.add(type);
                    }
                }
            }
            return found;
        } catch (IOException | URISyntaxException | ClassNotFoundException unable) {
            throw new AssertionError(unable);
        }
    }

    static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    static boolean isHidden(Class<?> type) {
        Class<?> plain = type;
        while (plain.isArray()) {
            plain = plain.getComponentType();
        }
        String place = plain.getPackageName();
        return place.startsWith("io.asyncio4j") && !EXPORTED.contains(place);
    }

    static boolean namesExportedOnly(Executable member) {
        return Stream.of(member.getParameterTypes()).noneMatch(Arrows::isHidden)
                && Stream.of(member.getExceptionTypes()).noneMatch(Arrows::isHidden)
                && (!(member instanceof java.lang.reflect.Method method) || !isHidden(method.getReturnType()));
    }
}
