package io.asyncio4j.cli.run;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// One call of the compiler for a program and the sources beside it that it uses.
///
/// @param shape what its text says
/// @param files the classes, and where the compiler has looked
/// @param others the sources that the program consists of, besides the file itself
/// @param succeeded whether there are classes
/// @param main the name of the class to start; nothing if there is none
/// @param messages what the compiler has said
record Compilation(
        ProgramShape shape,
        ClassFiles files,
        List<Path> others,
        boolean succeeded,
        Optional<String> main,
        String messages) {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /// Compiles. Returns nothing for what cannot be run from a class path.
    static Optional<Compilation> of(ProgramSource source, JavacOptions options) throws IOException {
        Optional<ProgramShape> found = ProgramShape.of(COMPILER, options, source);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ProgramShape shape = found.get();
        StringWriter messages = new StringWriter();
        try (var standard = COMPILER.getStandardFileManager(null, null, null);
                var files = new ClassFiles(standard, shape.root())) {
            JavacTask task =
                    (JavacTask) COMPILER.getTask(messages, files, null, options.words(), null, List.of(source));
            Listener listener = new Listener(task, source);
            task.addTaskListener(listener);
            boolean succeeded = task.call();
            String fileName = source.file().getFileName().toString();
            return Optional.of(new Compilation(
                    shape,
                    files,
                    List.copyOf(listener.others),
                    succeeded,
                    succeeded ? listener.mains.choose(shape, fileName) : Optional.empty(),
                    messages.toString()));
        }
    }

    /// Notes which files are compiled, and which types can be started.
    private static final class Listener implements TaskListener {
        private final JavacTask task;
        private final ProgramSource source;
        final MainClasses mains = new MainClasses();
        final Set<Path> others = new LinkedHashSet<>();

        Listener(JavacTask task, ProgramSource source) {
            this.task = task;
            this.source = source;
        }

        @Override
        public void finished(TaskEvent event) {
            JavaFileObject file = event.getSourceFile();
            switch (event.getKind()) {
                case PARSE -> {
                    if (file.toUri().getScheme().equals("file") && !file.toUri().equals(source.toUri())) {
                        others.add(Path.of(file.toUri()));
                    }
                }
                case ANALYZE -> {
                    TypeElement type = event.getTypeElement();
                    if (type != null) {
                        mains.add(type, task.getElements());
                    }
                }
                default -> {}
            }
        }
    }
}
