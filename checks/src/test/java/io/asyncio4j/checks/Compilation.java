package io.asyncio4j.checks;

import com.google.errorprone.BaseErrorProneJavaCompiler;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.scanner.ScannerSupplier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A compilation of programs with checks of this module, and nothing else of Error Prone.
final class Compilation {
    private static final Pattern CHECK =
            Pattern.compile("\\[(Asyncio\\w+)] ([^\n]*)(?:\n\\s*Did you mean '(.*)'\\?)?", Pattern.DOTALL);

    /// A finding of a check.
    ///
    /// @param line where, beginning with 1
    /// @param fix the line as it would be after the fix, or null if there is none
    record Finding(
            String file,
            long line,
            Diagnostic.Kind kind,
            String check,
            String message,
            @Nullable String fix) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + kind + " [" + check + "] " + message + (fix == null ? "" : " -> " + fix);
        }
    }

    private Compilation() {}

    /// Compiles files, which may be compact ones, and returns what checks have found.
    ///
    /// @throws AssertionError if one does not compile, not counting what is found
    static List<Finding> findings(List<Class<? extends BugChecker>> checks, List<Path> files, String... options) {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var all = new ArrayList<>(List.of("-proc:none", "-d", System.getProperty("java.io.tmpdir")));
        all.add("-Xlint:none");
        all.addAll(List.of(options));
        var manager = ToolProvider.getSystemJavaCompiler().getStandardFileManager(diagnostics, Locale.ENGLISH, null);
        new BaseErrorProneJavaCompiler(ScannerSupplier.fromBugCheckerClasses(checks))
                .getTask(null, manager, diagnostics, all, null, manager.getJavaFileObjectsFromPaths(files))
                .call();
        var findings = new ArrayList<Finding>();
        for (var diagnostic : diagnostics.getDiagnostics()) {
            String text = diagnostic.getMessage(Locale.ENGLISH);
            var matcher = CHECK.matcher(text);
            if (matcher.matches()) {
                findings.add(new Finding(
                        Path.of(diagnostic.getSource().toUri()).getFileName().toString(),
                        diagnostic.getLineNumber(),
                        diagnostic.getKind(),
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3)));
            } else if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                throw new AssertionError("Does not compile: " + diagnostic);
            }
        }
        return findings;
    }

    /// All checks of this module.
    static List<Class<? extends BugChecker>> checks() {
        return ServiceLoader.load(BugChecker.class).stream()
                .<Class<? extends BugChecker>>map(ServiceLoader.Provider::type)
                .filter(type -> type.getPackage() == Compilation.class.getPackage())
                .toList();
    }
}
