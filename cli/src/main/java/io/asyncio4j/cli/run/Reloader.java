package io.asyncio4j.cli.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `asyncio4j serve --reload`: serves a program, and its next version when one of its sources
/// changes.
///
/// All versions are in this process, each with a class loader of its own; the library is loaded
/// once, and the compiler too, so that a version starts quickly. One that does not compile, or does
/// not come to serve, leaves the one before alone.
public final class Reloader {
    private static final long PAUSE_MILLIS = 50;

    /// The time by which a new file may seem older than it is, as a file system's clock is coarse.
    private static final Duration COARSE = Duration.ofMillis(50);

    private final Path file;
    private final JavacOptions options;
    private final SourceWatch watch;

    /// The version that serves, or served last.
    private Optional<ServedProgram> current = Optional.empty();

    /// True if its end was told.
    private boolean endTold;

    private Reloader(Path file, JavacOptions options) {
        this.file = file;
        this.options = options;
        this.watch = new SourceWatch(folder(file));
    }

    /// The arguments are the file, the class path of the program, and the words of the options for
    /// `java`.
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = Arrays.asList(args);
        ServedProgram.prepare();
        new Reloader(Path.of(args[0]), JavacOptions.of(args[1], words.subList(2, words.size()))).run();
    }

    private void run() throws IOException, InterruptedException {
        while (true) {
            watch.begin();
            if (Files.isReadable(file)) {
                load();
            }
            while (!watch.isChanged()) {
                endIfAsked();
                tellEnd();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    // ------------------------------------------------------------------ a version

    /// Compiles, and serves what it has compiled.
    private void load() throws IOException, InterruptedException {
        Instant began = Instant.now().minus(COARSE);
        Optional<Compilation> made;
        try {
            made = Compilation.of(ProgramSource.read(file, options.encoding()), options);
        } catch (IOException changing) {
            complain("cannot be read: " + changing);
            return;
        }
        if (made.isEmpty()) {
            complain(
                    "cannot be reloaded: it declares no class, its folder does not fit its package, or it is a module");
            return;
        }
        Compilation compilation = made.get();
        watch.add(folders(compilation), began);
        System.err.print(compilation.messages());
        if (!compilation.succeeded()) {
            complain("does not compile");
        } else if (compilation.main().isEmpty()) {
            complain("has no main that can be started");
        } else {
            start(compilation, compilation.main().get());
        }
    }

    private static Set<Path> folders(Compilation compilation) {
        Path root = compilation.shape().root();
        Set<Path> folders = new LinkedHashSet<>(Set.of(root));
        for (String name : compilation.files().packagesSearched()) {
            folders.add(root.resolve(name.replace('.', '/')));
        }
        compilation.others().forEach(other -> folders.add(folder(other)));
        return folders;
    }

    private static Path folder(Path source) {
        return requireNonNull(source.toAbsolutePath().normalize().getParent());
    }

    private void start(Compilation compilation, String main) throws IOException, InterruptedException {
        ProgramLoader loader = new ProgramLoader(
                compilation.files().classes(), compilation.shape().root());
        ServedProgram next = ServedProgram.start(loader, () -> {
            MainMethod.of(loader.loadClass(main)).call();
            return null;
        });
        while (!next.serving().isDone()) {
            if (watch.isChanged()) {
                next.retire(false);
                return;
            }
            endIfAsked();
            Thread.sleep(PAUSE_MILLIS);
        }
        if (next.serving().isCompletedExceptionally()) {
            next.serving().exceptionNow().printStackTrace();
            complain("cannot be started");
            return;
        }
        current.ifPresent(before -> before.retire(true));
        current = Optional.of(next);
        endTold = false;
    }

    // ------------------------------------------------------------------ what is told

    private boolean isServing() {
        return current.isPresent() && !current.get().ended().isDone();
    }

    private void complain(String fault) {
        System.err.println("asyncio4j: " + file + " " + fault + "; "
                + (isServing() ? "the version before goes on serving" : "it is tried again when a source changes"));
    }

    private void endIfAsked() {
        if (ServedProgram.isSignalled() && !isServing()) {
            System.exit(current.isPresent() && hasFailed(current.get()) ? 1 : 0);
        }
    }

    private void tellEnd() {
        if (current.isPresent() && !endTold && !isServing()) {
            endTold = true;
            complain(hasFailed(current.get()) ? "has failed" : "has ended");
        }
    }

    /// Returns whether a version that has ended has failed, and prints why.
    private static boolean hasFailed(ServedProgram ended) {
        if (!ended.ended().isCompletedExceptionally()) {
            return false;
        }
        ended.ended().exceptionNow().printStackTrace();
        return true;
    }
}
