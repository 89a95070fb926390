package io.asyncio4j.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The place of one program in the cache.
///
/// @param folder its folder
/// @param key what tells it from other programs, and from this program under other circumstances
/// @param library the name of the library it is compiled with
/// @param jar that library's jar
record CacheEntry(Path folder, String key, String library, Path jar) {
    /*
     * The folder has a file "current", and a folder per version, which is never changed once it is complete:
     *
     *   program.jar  the classes; a JVM keeps it open, so it can be deleted under a running program
     *   inputs       the key and all sources, one after the other, each followed by the mark
     *   mark         some text that is in no source
     *   library      empty, and as old as the library's jar
     *   warnings     what the compiler has said
     *   used         empty; its time is that of the last start
     *
     * "current" names a version and says how the launcher can tell whether it is still right: see build/compiled.sh.
     * It is replaced at once, so whoever reads it finds one version or the other, and complete.
     */

    private static final SecureRandom RANDOM = new SecureRandom();

    /// How much later than it was made a file may seem to be, as a file system's clock is coarse.
    private static final Duration COARSE = Duration.ofMillis(50);

    /// A compiled program.
    ///
    /// @param source the file that is run
    /// @param others the other sources it consists of
    /// @param root the folder of the unnamed package
    /// @param main the name of the class to start
    /// @param warnings what the compiler has said
    record Content(ProgramSource source, List<Path> others, Path root, String main, String warnings) {}

    /// Makes a new version, and makes it the current one.
    ///
    /// @param began when the compiler had not yet read any of the other sources
    void publish(Content content, ClassFiles files, Instant began) throws IOException {
        Path version = folder.resolve(HexFormat.of().toHexDigits(RANDOM.nextLong()));
        String mark = "\n--- " + version.getFileName() + " ---\n";
        Files.createDirectories(version);
        try (var out = Files.newOutputStream(version.resolve("program.jar"))) {
            files.writeTo(out);
        }
        Files.writeString(version.resolve("mark"), mark);
        Files.write(version.resolve("inputs"), inputs(content, mark.getBytes(UTF_8), began));
        Files.writeString(version.resolve("warnings"), content.warnings());
        Files.createFile(version.resolve("used"));
        Path library = Files.createFile(version.resolve("library"));
        Files.setLastModifiedTime(library, Files.getLastModifiedTime(jar));

        Path current = version.resolve("current");
        Files.write(current, description(version, content, files.packagesSearched()));
        Files.move(current, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
        try {
            new CacheSize(requireNonNull(folder.getParent())).limit(Instant.now());
        } catch (IOException | UncheckedIOException unable) {
            // Another process does the same at this moment; the next one tries again.
        }
    }

    /// Returns what must be the same the next time; nothing if a file was changed while it was
    /// compiled.
    private byte[] inputs(Content content, byte[] mark, Instant began) throws IOException {
        var inputs = new ByteArrayOutputStream();
        inputs.writeBytes((key + "\n").getBytes(UTF_8));
        inputs.writeBytes(content.source().bytes());
        inputs.writeBytes(mark);
        for (Path other : content.others()) {
            inputs.writeBytes(Files.readAllBytes(other));
            inputs.writeBytes(mark);
            if (Files.getLastModifiedTime(other).toInstant().isAfter(began.minus(COARSE))) {
                return new byte[0];
            }
        }
        return inputs.toByteArray();
    }

    private List<String> description(Path version, Content content, Set<String> packages) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "version " + version.getFileName(),
                "library " + library,
                "jar " + jar,
                "main " + content.main(),
                "root " + content.root()));
        if (!content.warnings().isEmpty()) {
            lines.add("warnings");
        }
        lines.add("file " + content.source().file().toAbsolutePath());
        content.others().forEach(other -> lines.add("file " + other));
        describeFolders(lines, content.root(), packages);
        if (lines.stream().anyMatch(line -> line.contains("\n"))) {
            throw new IOException("A file's name has a line break");
        }
        return lines;
    }

    /// Describes where a new file may change what a name in the program means.
    private static void describeFolders(List<String> lines, Path root, Set<String> packages) throws IOException {
        Set<Path> folders = new TreeSet<>(Set.of(root));
        Set<Path> missing = new TreeSet<>();
        for (String name : packages) {
            Path folder = root;
            for (String part : name.split("\\.", -1)) {
                folder = Files.isDirectory(folder) ? folder.resolve(part) : folder;
            }
            (Files.isDirectory(folder) ? folders : missing).add(folder);
        }
        missing.forEach(folder -> lines.add("missing " + folder));
        for (Path folder : folders) {
            lines.add("folder " + folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java") && !name.startsWith("."))
                        .forEach(name -> lines.add("source " + name));
            }
        }
    }
}
