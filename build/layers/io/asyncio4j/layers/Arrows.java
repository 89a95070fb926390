package io.asyncio4j.layers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The arrows between the types of a module, read from its class files: a type points to those that
/// it names, in code and in signatures.
///
/// Types are the outermost ones, written as paths below the module's main package, such as
/// `kernel/Loop`.
final class Arrows {
    private final String main;
    private final Pattern inSignatures;
    private final List<ClassModel> classes;
    private final Set<String> exported;

    private Arrows(String main, List<ClassModel> classes, Set<String> exported) {
        this.main = main;
        this.inSignatures = Pattern.compile("L(" + main + "[\\w/]+)");
        this.classes = classes;
        this.exported = exported;
    }

    /// Reads the class files that lie where `type` does.
    ///
    /// @param type a type of the module's main package
    static Arrows of(Class<?> type) throws IOException, URISyntaxException {
        Path root =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        String main = type.getPackageName().replace('.', '/') + "/";
        try (Stream<Path> files = Files.walk(root.resolve(main))) {
            List<ClassModel> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .map(Arrows::parse)
                    .toList();
            return new Arrows(main, classes, exportedBy(root.resolve("module-info.class")));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Returns the packages that a module exports, to some or to all others.
    private static Set<String> exportedBy(Path moduleInfo) {
        if (!Files.exists(moduleInfo)) {
            return Set.of();
        }
        ModuleAttribute module =
                parse(moduleInfo).findAttribute(Attributes.module()).orElseThrow();
        return module.exports().stream()
                .map(export -> export.exportedPackage().name().stringValue() + "/")
                .collect(Collectors.toSet());
    }

    /// Returns for each type those that it names, without itself.
    Map<String, Set<String>> all() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (ClassModel each : classes) {
            String from = outermost(each.thisClass().asInternalName());
            Set<String> targets = arrows.computeIfAbsent(from, _ -> new TreeSet<>());
            for (PoolEntry entry : each.constantPool()) {
                targets.addAll(namedBy(entry));
            }
            targets.remove(from);
        }
        return arrows;
    }

    private Set<String> namedBy(PoolEntry entry) {
        return switch (entry) {
            case ClassEntry type
            when type.asInternalName().startsWith(main) -> Set.of(outermost(type.asInternalName()));
            case Utf8Entry text -> typesIn(text.stringValue());
            default -> Set.of();
        };
    }

    /// Returns the types of the module that a descriptor or a signature names.
    Set<String> typesIn(String signature) {
        Set<String> types = new TreeSet<>();
        Matcher matcher = inSignatures.matcher(signature);
        while (matcher.find()) {
            types.add(outermost(matcher.group(1)));
        }
        return types;
    }

    private String outermost(String internalName) {
        String name = internalName.substring(main.length());
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    List<ClassModel> classes() {
        return classes;
    }

    /// Returns whether the package of a type is exported.
    boolean isExported(ClassModel type) {
        return isExported(outermost(type.thisClass().asInternalName()));
    }

    /// Returns whether programs can name a type: its package is exported, and it is public, as is
    /// the type that it is nested in.
    boolean isVisible(ClassModel type) {
        String outermost = main + outermost(type.thisClass().asInternalName());
        return isExported(type)
                && type.flags().has(AccessFlag.PUBLIC)
                && classes.stream()
                        .anyMatch(each -> each.thisClass().asInternalName().equals(outermost)
                                && each.flags().has(AccessFlag.PUBLIC));
    }

    /// Returns whether the package of a type is exported.
    ///
    /// @param type as in [#all]
    boolean isExported(String type) {
        return exported.contains((main + type).substring(0, main.length() + type.lastIndexOf('/') + 1));
    }

    /// Returns the circles of types that name each other.
    static Set<Set<String>> circles(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> reached = new TreeMap<>();
        arrows.keySet().forEach(type -> reached.put(type, reachedFrom(type, arrows)));
        return reached.keySet().stream()
                .filter(type -> reached.get(type).contains(type))
                .map(type -> reached.get(type).stream()
                        .filter(other -> reached.getOrDefault(other, Set.of()).contains(type))
                        .collect(Collectors.toCollection(TreeSet::new)))
                .collect(Collectors.toSet());
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
}
