package io.asyncio4j.cli.run;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;

/// The facts about a program that its text shows before it is compiled.
///
/// @param root the folder of its unnamed package, absolute
/// @param types the names of the types it declares, with their package, in their order
record ProgramShape(Path root, List<String> types) {
    /// Reads it. Returns nothing for what cannot be run from a class path: a file without types,
    /// or in a folder that does not match its package, or a module's.
    static Optional<ProgramShape> of(JavaCompiler compiler, JavacOptions options, ProgramSource source)
            throws IOException {
        JavacTask task =
                (JavacTask) compiler.getTask(null, null, diagnostic -> {}, options.words(), null, List.of(source));
        CompilationUnitTree unit = task.parse().iterator().next();
        String packageName =
                unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        List<String> types = new ArrayList<>();
        for (Tree declaration : unit.getTypeDecls()) {
            if (declaration instanceof ClassTree type) {
                types.add(qualified(packageName, type.getSimpleName().toString()));
            }
        }
        return root(source.file(), packageName)
                .filter(root -> !types.isEmpty() && !Files.exists(root.resolve("module-info.java")))
                .map(root -> new ProgramShape(root, List.copyOf(types)));
    }

    private static String qualified(String packageName, String simpleName) {
        return packageName.isEmpty() ? simpleName : packageName + '.' + simpleName;
    }

    private static Optional<Path> root(Path file, String packageName) {
        Path folder = requireNonNull(file.toAbsolutePath().normalize().getParent());
        if (packageName.isEmpty()) {
            return Optional.of(folder);
        }
        Path ending = Path.of(packageName.replace('.', '/'));
        if (!folder.endsWith(ending)) {
            return Optional.empty();
        }
        Path root = folder;
        for (int i = 0; i < ending.getNameCount(); i++) {
            root = requireNonNull(root.getParent());
        }
        return Optional.of(root);
    }
}
