package io.asyncio4j.cli.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The sources of a program, looked at again and again: those in the folders where the compiler
/// has looked for them. It does not depend on what a file system can tell by itself.
final class SourceWatch {
    private static final long PAUSE_MILLIS = 50;

    /// The number of looks until a change is taken for complete: an editor may write in several
    /// steps.
    private static final int MAX_LOOKS = 20;

    private final Set<Path> folders = new LinkedHashSet<>();

    /// The sources and their states at the last compilation.
    private Map<Path, String> compiled = Map.of();

    SourceWatch(Path folder) {
        folders.add(folder);
        compiled = look();
    }

    /// Begins a compilation of what is there now; later changes are others.
    void begin() throws InterruptedException {
        Map<Path, String> now = look();
        for (int i = 0; i < MAX_LOOKS; i++) {
            Thread.sleep(PAUSE_MILLIS);
            Map<Path, String> then = look();
            boolean quiet = then.equals(now);
            now = then;
            if (quiet) {
                break;
            }
        }
        compiled = now;
    }

    /// Adds folders that the compiler has looked in.
    ///
    /// @param began when it had not yet
    void add(Set<Path> more, Instant began) {
        Map<Path, String> known = new HashMap<>(compiled);
        for (Path folder : more) {
            if (folders.add(folder)) {
                known.putAll(look(folder, began));
            }
        }
        compiled = known;
    }

    /// Returns whether something has changed since the last compilation began.
    boolean isChanged() {
        return !look().equals(compiled);
    }

    private Map<Path, String> look() {
        Map<Path, String> all = new TreeMap<>();
        for (Path folder : folders) {
            all.putAll(look(folder, Instant.MAX));
        }
        return all;
    }

    /// @param changedFrom what was changed since then seems to be in no state at all
    private static Map<Path, String> look(Path folder, Instant changedFrom) {
        Map<Path, String> found = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.java")) {
            for (Path file : files) {
                if (!file.getFileName().toString().startsWith(".")) {
                    found.put(file, state(file, changedFrom));
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException absent) {
            return Map.of();
        }
        return found;
    }

    private static String state(Path file, Instant changedFrom) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime().toInstant().isAfter(changedFrom)
                    ? "changed"
                    : attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException absent) {
            return "absent";
        }
    }
}
