package io.asyncio4j.cli.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The bound on the cache: the programs used last are kept, and of each the current version.
///
/// What was used a short while ago is kept in any case: somebody may be about to start it. Several
/// processes may do this at once.
///
/// @param programs the folder that has a folder for each program
record CacheSize(Path programs) {
    private static final int MAX_PROGRAMS = 200;
    private static final long MAX_BYTES = 64L << 20;
    private static final Duration GRACE = Duration.ofMinutes(10);

    /// A version of a program.
    private record Version(Path folder, Instant used, long bytes) {}

    /// Deletes what is too much.
    void limit(Instant now) throws IOException {
        List<Version> current = new ArrayList<>();
        for (Path program : list(programs)) {
            String name = currentVersion(program);
            for (Path folder : list(program)) {
                if (Files.isDirectory(folder)) {
                    Version version = describe(folder);
                    if (folder.getFileName().toString().equals(name)) {
                        current.add(version);
                    } else if (isOld(version, now)) {
                        delete(folder);
                    }
                }
            }
        }
        current.sort(Comparator.comparing(Version::used).reversed());
        long bytes = 0;
        for (int i = 0; i < current.size(); i++) {
            Version version = current.get(i);
            bytes += version.bytes();
            if ((i >= MAX_PROGRAMS || bytes > MAX_BYTES) && isOld(version, now)) {
                delete(requireNonNull(version.folder().getParent()));
            }
        }
    }

    private static boolean isOld(Version version, Instant now) {
        return version.used().isBefore(now.minus(GRACE));
    }

    private static String currentVersion(Path program) {
        try (Stream<String> lines = Files.lines(program.resolve("current"))) {
            return lines.findFirst().orElse("").replaceFirst("version ", "");
        } catch (IOException none) {
            return ""; // not yet, or no more
        }
    }

    private static Version describe(Path folder) throws IOException {
        long bytes = 0;
        Instant used = Files.getLastModifiedTime(folder).toInstant();
        for (Path file : list(folder)) {
            bytes += Files.size(file);
            if (file.endsWith("used")) {
                used = Files.getLastModifiedTime(file).toInstant();
            }
        }
        return new Version(folder, used, bytes);
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : list(folder)) {
            if (Files.isDirectory(file)) {
                delete(file);
            } else {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
