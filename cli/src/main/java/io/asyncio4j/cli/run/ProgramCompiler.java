package io.asyncio4j.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    private final CacheEntry entry;
    private final JavacOptions options;
    private final ProgramSource source;

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
        Instant began = Instant.now();
        Optional<Compilation> made = Compilation.of(source, options);
        if (made.isEmpty()) {
            return NOT_FOR_THE_CACHE;
        }
        Compilation compilation = made.get();
        if (!compilation.succeeded()) {
            return complain(compilation);
        }
        if (compilation.main().isEmpty()) {
            return NOT_FOR_THE_CACHE;
        }
        entry.publish(
                new CacheEntry.Content(
                        source,
                        compilation.others(),
                        compilation.shape().root(),
                        compilation.main().get(),
                        compilation.messages()),
                compilation.files(),
                began);
        System.err.print(compilation.messages());
        return COMPILED;
    }

    private static int complain(Compilation compilation) {
        if (!compilation.others().isEmpty()) {
            return NOT_FOR_THE_CACHE;
        }
        System.err.print(compilation.messages());
        System.err.println("error: compilation failed");
        return FAULTY;
    }
}
