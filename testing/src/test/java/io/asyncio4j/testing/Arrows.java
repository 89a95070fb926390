package io.asyncio4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The arrows between the types of a module, read from its class files: a type points to those that
/// it names, in code and in signatures.
///
/// Types are the outermost ones, written as paths below the module's main package, such as
/// `memory/MemoryWire`.
final class Arrows {
    private final String prefix;
    private final Pattern inSignatures;
    private final List<ClassModel> classes;

    private Arrows(String prefix, List<ClassModel> classes) {
        this.prefix = prefix;
        this.inSignatures = Pattern.compile("L(" + prefix + "[\\w/]+)");
        this.classes = classes;
    }

    /// Reads the class files that lie where `type` does: those of its package and of those below.
    static Arrows around(Class<?> type) throws IOException, URISyntaxException {
        Path root =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        String prefix = type.getPackageName().replace('.', '/') + "/";
        try (Stream<Path> files = Files.walk(root.resolve(prefix))) {
            return new Arrows(
                    prefix,
                    files.filter(file -> file.toString().endsWith(".class"))
                            .filter(file -> !file.endsWith("package-info.class"))
                            .map(Arrows::parse)
                            .toList());
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

    List<ClassModel> classes() {
        return classes;
    }

    /// Returns for each type those that it names, without itself.
    Map<String, Set<String>> all() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (ClassModel each : classes) {
            String from = outermost(each);
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
            when type.asInternalName().startsWith(prefix) -> Set.of(outermost(type.asInternalName()));
            case Utf8Entry text -> inSignature(text.stringValue());
            default -> Set.of();
        };
    }

    /// Returns the types of the module that a descriptor or signature names.
    Set<String> inSignature(String text) {
        Set<String> types = new TreeSet<>();
        Matcher matcher = inSignatures.matcher(text);
        while (matcher.find()) {
            types.add(outermost(matcher.group(1)));
        }
        return types;
    }

    String outermost(ClassModel type) {
        return outermost(type.thisClass().asInternalName());
    }

    private String outermost(String internalName) {
        String name = internalName.substring(prefix.length());
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }
}
