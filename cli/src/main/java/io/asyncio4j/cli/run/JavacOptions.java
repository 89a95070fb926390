package io.asyncio4j.cli.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// The options for the compiler that follow from those for `java`, as Java's source launcher has
/// them.
///
/// @param encoding the encoding of sources
/// @param words what the compiler is given
record JavacOptions(Charset encoding, List<String> words) {
    /// Those of Java's source launcher, and the names of parameters.
    private static final List<String> ALWAYS = List.of(
            "-parameters",
            "-proc:none",
            "-implicit:class",
            "-Xprefer:source",
            "-Xdiags:verbose",
            "-Xlint:deprecation",
            "-Xlint:unchecked",
            "-Xlint:-options");

    /// Takes over what concerns the compiler.
    ///
    /// @param classPath the class path of the program
    /// @param options the words of the options for `java`, without the class path; an empty one
    ///     counts for nothing
    static JavacOptions of(String classPath, List<String> options) throws IOException {
        List<String> words = new ArrayList<>(ALWAYS);
        words.addAll(List.of("-classpath", expanded(classPath)));
        String release = "";
        boolean preview = false;
        Iterator<String> rest = options.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--source" -> release = value(word, equals, rest);
                case "--enable-preview" -> preview = true;
                case "--add-modules" -> addModules(words, value(word, equals, rest));
                case "-p",
                        "--module-path",
                        "--add-exports",
                        "--limit-modules",
                        "--patch-module",
                        "--upgrade-module-path" -> words.addAll(List.of(name, value(word, equals, rest)));
                default -> addDebugging(words, word);
            }
        }
        addRelease(words, release, preview);
        Charset encoding = encoding(options);
        words.addAll(List.of("-encoding", encoding.name()));
        return new JavacOptions(encoding, List.copyOf(words));
    }

    private static void addDebugging(List<String> words, String option) {
        if (option.startsWith("-agentlib:jdwp=") || option.startsWith("-Xrunjdwp:")) {
            words.add("-g");
        }
    }

    private static void addRelease(List<String> words, String release, boolean preview) {
        if (preview) {
            words.addAll(List.of("--enable-preview", "-XDsuppressNotes"));
        }
        if (preview && release.isEmpty()) {
            words.addAll(List.of("--release", Integer.toString(Runtime.version().feature())));
        } else if (!release.isEmpty()) {
            words.addAll(List.of("--release", release));
        }
    }

    private static Charset encoding(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith("-Dfile.encoding="))
                .map(option -> Charset.forName(option.substring("-Dfile.encoding=".length())))
                .reduce(StandardCharsets.UTF_8, (before, last) -> last);
    }

    /// Returns a class path without wildcards, which the compiler does not take from a program.
    private static String expanded(String classPath) throws IOException {
        List<String> elements = new ArrayList<>();
        for (String element : classPath.split(File.pathSeparator, -1)) {
            if (element.equals("*") || element.endsWith("/*")) {
                elements.addAll(jars(Path.of(element.substring(0, element.length() - 1))));
            } else {
                elements.add(element);
            }
        }
        return String.join(File.pathSeparator, elements);
    }

    private static List<String> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar") || name.endsWith(".JAR"))
                    .toList();
        }
    }

    private static String value(String word, int equals, Iterator<String> rest) {
        return equals < 0 ? rest.next() : word.substring(equals + 1);
    }

    private static void addModules(List<String> words, String value) {
        List<String> modules = new ArrayList<>(Arrays.asList(value.split(",")));
        modules.removeAll(List.of("ALL-DEFAULT", "ALL-SYSTEM")); // there are none for the compiler
        if (!modules.isEmpty()) {
            words.addAll(List.of("--add-modules", String.join(",", modules)));
        }
    }
}
