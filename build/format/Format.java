import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;

/// Checks or applies the format of every Java file here: `Format.java check|apply ROOT`.
///
/// Maven runs it in the JDK that compiles the code. palantir-java-format reads a file with the
/// javac of the JVM it runs in, and Maven's own JVM may be too old for the syntax found here; this
/// is why no formatter plugin, which would live in Maven's JVM, does the work.
///
/// `check` lists the files that differ, `apply` rewrites them. Either way a `///` line over 100
/// columns is an error, since the formatter would break it in two.
private static final int DOC_LINE_LIMIT = 100;

/// The formatter knows no compact source files, so their members are put into a class meanwhile.
private static final Pattern COMPACT_FILE = Pattern.compile("(?m)^(?:public |static )*void main\\(");

private static final Pattern LAST_IMPORT = Pattern.compile("(?ms)\\A.*^import [^;]+;\n");
private static final String WRAPPER = "class MembersOfCompactFile {\n";

private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules", ".git", ".idea");

private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
        .style(JavaFormatterOptions.Style.PALANTIR)
        .build());
private final Set<String> complaints = new ConcurrentSkipListSet<>();

void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]).toRealPath();
    javaFiles(root).parallelStream().forEach(file -> process(file, root.relativize(file), apply));
    complaints.forEach(System.err::println);
    System.exit(complaints.isEmpty() ? 0 : 1);
}

private static List<Path> javaFiles(Path root) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = SKIPPED_FOLDERS.contains(folder.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    });
    return found;
}

private void process(Path file, Path name, boolean apply) {
    try {
        String source = Files.readString(file);
        if (complainAboutLongDocLines(name, source)) {
            return;
        }
        String formatted = COMPACT_FILE.matcher(source).find()
                ? formatCompact(source)
                : formatter.formatSourceAndFixImports(source);
        if (formatted.equals(source)) {
            return;
        }
        if (apply) {
            Files.writeString(file, formatted);
            IO.println(name + ": formatted");
        } else {
            complaints.add(name + ": not formatted; run mvn -q -pl build/format validate -Dformat=apply");
        }
    } catch (FormatterException e) {
        e.diagnostics().forEach(problem -> complaints.add(name + ":" + problem));
    } catch (IOException e) {
        complaints.add(name + ": " + e);
    }
}

private String formatCompact(String source) throws FormatterException {
    Matcher imports = LAST_IMPORT.matcher(source);
    int start = imports.lookingAt() ? imports.end() : 0;
    String wrapped = source.substring(0, start) + WRAPPER + source.substring(start) + "}\n";
    String formatted = formatter.formatSourceAndFixImports(wrapped);
    int wrapper = formatted.indexOf(WRAPPER);
    String members = formatted.substring(wrapper + WRAPPER.length(), formatted.lastIndexOf('}'));
    return formatted.substring(0, wrapper) + members.strip().replaceAll("(?m)^ {4}", "") + "\n";
}

private boolean complainAboutLongDocLines(Path name, String source) {
    List<String> lines = source.lines().toList();
    boolean found = false;
    for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        int columns = line.codePointCount(0, line.length());
        if (columns > DOC_LINE_LIMIT && line.stripLeading().startsWith("///")) {
            complaints.add("%s:%d: a /// line of %d columns; wrap it at %d"
                    .formatted(name, i + 1, columns, DOC_LINE_LIMIT));
            found = true;
        }
    }
    return found;
}
