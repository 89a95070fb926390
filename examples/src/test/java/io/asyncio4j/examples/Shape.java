package io.asyncio4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A piece of code as a newcomer would write it, and what the compiler must say of it.
///
/// The files in `resources/shapes` have one kind of shapes each. A line `=== title` begins a shape.
/// Comments at its beginning tell about it:
///
/// | comment | meaning |
/// |---|---|
/// | `// type: T` | the variable `value` has exactly this type |
/// | `// fails: hint` | it does not compile, and the message contains this |
/// | `// mistake` | not natural: wrong in Java, or it compiles and does the wrong thing |
/// | `// remedy` | not natural: one learns it from "The compiler says" |
/// | `// throws: X` | what the method around the code declares; without it, nothing |
/// | `// members` | the code is members of a class, not statements of a method |
/// | `// class: extends X` | what the class around the code extends and implements |
/// | `// imports: own` | only the imports of the shape itself, besides that of `Given` |
///
/// @param kind the file's name without its end
/// @param title the title
/// @param told the comments at the beginning
/// @param code what follows them
record Shape(String kind, String title, Map<String, String> told, List<String> code) {
    static final Path FOLDER = Launch.ROOT.resolve("examples/src/test/resources/shapes");

    private static final Pattern COMMENT =
            Pattern.compile("// (type|fails|mistake|remedy|throws|members|class|imports)(?:: (.*))?");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import ");
    private static final Pattern METHOD = Pattern.compile("(?m)^void \\w+\\(.*\\{$");

    /// The import block of the documentation, and what an editor adds for classes of the JDK.
    private static final String USUAL_IMPORTS = importBlock() + """
        import java.io.IOException;
        import java.sql.SQLException;
        import java.time.Duration;
        import java.util.stream.*;
        """;

    static List<Shape> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .flatMap(Shape::ofKind)
                    .toList();
        }
    }

    private static Stream<Shape> ofKind(Path file) {
        String kind = file.getFileName().toString().replace(".txt", "");
        return Pattern.compile("(?m)^=== ")
                .splitAsStream(read(file))
                .skip(1) // what is said of the kind
                .map(text -> of(kind, text.lines().toList()));
    }

    /// Makes one of a block of a page. A block with imports has all that it needs. A block with a
    /// method has members of a class.
    static Shape ofPage(String title, String block) {
        var told = new LinkedHashMap<String, String>();
        if (IMPORT.matcher(block).find()) {
            told.put("imports", "own");
        }
        if (METHOD.matcher(block).find()) {
            told.put("members", "");
        }
        return new Shape("page", title, told, block.lines().toList());
    }

    private static Shape of(String kind, List<String> lines) {
        var told = new LinkedHashMap<String, String>();
        int next = 1;
        for (; next < lines.size(); next++) {
            var comment = COMMENT.matcher(lines.get(next));
            if (!comment.matches()) {
                break;
            }
            told.put(comment.group(1), Optional.ofNullable(comment.group(2)).orElse(""));
        }
        return new Shape(kind, lines.getFirst(), told, lines.subList(next, lines.size()));
    }

    boolean isNatural() {
        return !told.containsKey("mistake") && !told.containsKey("remedy");
    }

    /// Returns a part of the compiler's message, or null if the shape compiles.
    String hint() {
        return told.get("fails");
    }

    boolean compiles() {
        return hint() == null;
    }

    /// Returns the text of a file with the class `name` around the code.
    String source(String name) {
        var imports = new ArrayList<>(lines(true));
        if (!"own".equals(told.get("imports"))) {
            imports.addFirst(USUAL_IMPORTS);
        }
        String body = String.join("\n", lines(false));
        if (!told.containsKey("members")) {
            body = "void shape()%s {\n%s%s\n}"
                    .formatted(
                            told.containsKey("throws") ? " throws " + told.get("throws") : "", body, assertionOfType());
        }
        return "package shapes;\n%s\nimport static shapes.Given.*;\nclass %s %s {\n%s\n}\n"
                .formatted(String.join("\n", imports), name, told.getOrDefault("class", ""), body);
    }

    private String assertionOfType() {
        String type = told.get("type");
        return type == null
                ? ""
                : "\nvar exactlyTheValue = exact(value);\nExact<%s> exactly = exactlyTheValue;".formatted(type);
    }

    private List<String> lines(boolean imports) {
        return code.stream()
                .filter(line -> line.startsWith("import ") == imports)
                .toList();
    }

    @Override
    public String toString() {
        return kind + ": " + title;
    }

    /// Returns the errors of each shape, which are compiled together.
    static Map<Shape, List<Javac.Message>> errors(Collection<Shape> shapes) {
        var names = new LinkedHashMap<Shape, String>();
        var sources = new LinkedHashMap<String, String>();
        sources.put("Given", read(FOLDER.resolve("Given.java")));
        for (Shape shape : shapes) {
            String name = "Shape" + names.size();
            names.put(shape, name);
            sources.put(name, shape.source(name));
        }
        Map<String, List<Javac.Message>> errors = Javac.errors("shapes", sources);
        if (errors.containsKey("Given")) {
            throw new AssertionError(errors.get("Given"));
        }
        var byShape = new LinkedHashMap<Shape, List<Javac.Message>>();
        names.forEach((shape, name) -> byShape.put(shape, errors.getOrDefault(name, List.of())));
        return byShape;
    }

    private static String importBlock() {
        return read(Launch.ROOT.resolve("examples/docs/tutorial/Imports.java"))
                .lines()
                .filter(line -> line.startsWith("import "))
                .reduce("", (block, line) -> block + line + "\n");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
