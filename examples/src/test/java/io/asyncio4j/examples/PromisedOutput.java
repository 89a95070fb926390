package io.asyncio4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The output of a program by its last comment: below `// Output:` word for word, below
/// `/* Output of one run:` but for what is another each time.
///
/// That is times (`220 ms`, `2.5 s`, `PT0.22S`), the hexadecimal numbers of objects and threads
/// (`@1b4fb997`, `#31`), and the numbers of lines in the JDK's own code. The comment shows them as
/// they were in a real run; only their form is compared.
///
/// @param lines the lines, as the comment has them
/// @param ofOneRun whether they differ from run to run
record PromisedOutput(List<String> lines, boolean ofOneRun) {
    private static final String EXACT = "// Output:";
    private static final String OF_ONE_RUN = "/* Output of one run:";

    private static final Pattern TIME = Pattern.compile("\\b\\d+ ms\\b|\\b\\d+\\.\\d s\\b|\\bPT[0-9.]+S\\b");
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]+\\b|#\\d+\\b|\\$\\$Lambda/0x[0-9a-f]+");
    private static final Pattern LINE_IN_JDK = Pattern.compile("(at (?:java|jdk)\\.[a-z.]+/.*\\.java):\\d+\\)");

    /// Whether a program promises anything.
    static boolean isIn(Path program) throws IOException {
        List<String> source = Files.readAllLines(program);
        return source.contains(EXACT) || source.contains(OF_ONE_RUN);
    }

    static PromisedOutput of(Path program) throws IOException {
        List<String> source = Files.readAllLines(program);
        int exact = source.indexOf(EXACT);
        int varying = source.indexOf(OF_ONE_RUN);
        if (exact < 0 && varying < 0) {
            throw new AssertionError(program + " has no line '" + EXACT + "' or '" + OF_ONE_RUN + "'");
        }
        List<String> lines = exact < 0
                ? source.subList(varying + 1, source.lastIndexOf("*/"))
                : source.subList(exact + 1, source.size()).stream()
                        .map(line -> line.substring(Math.min("// ".length(), line.length())))
                        .toList();
        return new PromisedOutput(lines, exact < 0);
    }

    /// Returns lines that a program has printed, or those promised, in the form to be compared.
    List<String> comparable(List<String> printed) {
        return ofOneRun ? printed.stream().map(PromisedOutput::withoutFigures).toList() : printed;
    }

    private static String withoutFigures(String line) {
        String timeless = TIME.matcher(line).replaceAll("<time>");
        String nameless = IDENTITY.matcher(timeless).replaceAll("<number>");
        return LINE_IN_JDK.matcher(nameless).replaceAll("$1)");
    }

    /// The lines as a page shows them.
    String text() {
        return String.join("\n", lines) + "\n";
    }
}
