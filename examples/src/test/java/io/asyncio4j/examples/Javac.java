package io.asyncio4j.examples;

import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The compiler, run in this JVM on sources in memory. It checks them and writes no classes.
final class Javac {
    /// `FLOW` also where another source has errors: there the exceptions are checked.
    private static final List<String> OPTIONS = List.of(
            "-proc:none",
            "-Xmaxerrs",
            "10000",
            "-XDshould-stop.ifError=FLOW",
            "-XDshould-stop.ifNoError=FLOW",
            "-classpath",
            System.getProperty("java.class.path"));

    private Javac() {}

    /// An error's message, with simple names of classes, as on the command line.
    record Message(String english, String chinese) {
        private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");

        private static Message of(Diagnostic<?> error) {
            return new Message(in(Locale.ENGLISH, error), in(Locale.SIMPLIFIED_CHINESE, error));
        }

        private static String in(Locale locale, Diagnostic<?> error) {
            return PACKAGE.matcher(error.getMessage(locale)).replaceAll("");
        }

        @Override
        public String toString() {
            return english;
        }
    }

    /// Compiles top-level classes of a package together, and returns the errors of each that has
    /// some.
    ///
    /// @param sources the texts of their files, by simple names
    static Map<String, List<Message>> errors(String inPackage, Map<String, String> sources) {
        var files = new ArrayList<JavaFileObject>();
        var names = new LinkedHashMap<URI, String>();
        sources.forEach((name, text) -> {
            Source file = new Source(inPackage, name, text);
            files.add(file);
            names.put(file.toUri(), name);
        });

        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(Writer.nullWriter(), null, diagnostics, OPTIONS, null, files)
                .call();

        var errors = new LinkedHashMap<String, List<Message>>();
        // A copy, since making the text of a message may load a class, and that may report more.
        for (var diagnostic : List.copyOf(diagnostics.getDiagnostics())) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                JavaFileObject source = diagnostic.getSource();
                if (source == null) {
                    throw new AssertionError(diagnostic);
                }
                errors.computeIfAbsent(names.get(source.toUri()), name -> new ArrayList<>())
                        .add(Message.of(diagnostic));
            }
        }
        return errors;
    }

    /// A file in memory.
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String inPackage, String name, String text) {
            super(URI.create("memory:///" + inPackage + "/" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
