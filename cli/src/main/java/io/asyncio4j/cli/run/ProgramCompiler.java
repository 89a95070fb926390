package io.asyncio4j.cli.run;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Compiles a program and the sources beside it that it uses into the cache, for the launcher.
///
/// It does what Java's source launcher does before it starts a program, and leaves to that whatever
/// is out of the ordinary, such as a module, a missing `main`, or a fault in another file than the
/// program's own, which may not be needed when it runs.
public final class ProgramCompiler {
    /// The launcher starts what is in the cache.
    private static final int COMPILED = 0;

    /// The compiler has said what is wrong.
    private static final int FAULTY = 1;

    /// The launcher is to leave the program to Java's source launcher.
    private static final int NOT_FOR_THE_CACHE = 3;

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final CacheEntry entry;
    private final JavacOptions options;
    private final ProgramSource source;

    /// What the compiler says.
    private final StringWriter messages = new StringWriter();

    private final MainClasses mains = new MainClasses();

    /// The sources that the program consists of, besides the file itself.
    private final Set<Path> others = new LinkedHashSet<>();

    private ProgramCompiler(CacheEntry entry, JavacOptions options, Path file) throws IOException {
        this.entry = entry;
        this.options = options;
        this.source = ProgramSource.read(file, options.encoding());
    }

    /// Compiles, and ends the process with a status for the launcher.
    ///
    /// The arguments are the folder of the cache entry, its key, the file, the name and jar of the
    /// library it is compiled with, its class path, and the words of the options for `java`.
    public static void main(String[] args) {
        System.exit(compile(Arrays.asList(args)));
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, Java's source launcher can do without a cache
    private static int compile(List<String> args) {
        try {
            CacheEntry entry = new CacheEntry(Path.of(args.get(0)), args.get(1), args.get(3), Path.of(args.get(4)));
            JavacOptions options = JavacOptions.of(args.get(5), args.subList(6, args.size()));
            return new ProgramCompiler(entry, options, Path.of(args.get(2))).compile();
        } catch (Exception | LinkageError | StackOverflowError unable) {
            return NOT_FOR_THE_CACHE;
        }
    }

    private int compile() throws IOException {
        Optional<ProgramShape> shape = ProgramShape.of(compiler, options, source);
        if (shape.isEmpty()) {
            return NOT_FOR_THE_CACHE;
        }
        Instant began = Instant.now();
        try (var standard = compiler.getStandardFileManager(null, null, null);
                var files = new ClassFiles(standard, shape.get().root())) {
            JavacTask task =
                    (JavacTask) compiler.getTask(messages, files, null, options.words(), null, List.of(source));
            task.addTaskListener(new Listener(task));
            if (!task.call()) {
                return complain();
            }
            Optional<String> main =
                    mains.choose(shape.get(), source.file().getFileName().toString());
            if (main.isEmpty()) {
                return NOT_FOR_THE_CACHE;
            }
            entry.publish(
                    new CacheEntry.Content(
                            source, List.copyOf(others), shape.get().root(), main.get(), messages.toString()),
                    files,
                    began);
        }
        System.err.print(messages);
        return COMPILED;
    }

    private int complain() {
        if (!others.isEmpty()) {
            return NOT_FOR_THE_CACHE;
        }
        System.err.print(messages);
        System.err.println("error: compilation failed");
        return FAULTY;
    }

    /// Notes which files are compiled, and which types can be started.
    private final class Listener implements TaskListener {
        private final JavacTask task;

        Listener(JavacTask task) {
            this.task = task;
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
