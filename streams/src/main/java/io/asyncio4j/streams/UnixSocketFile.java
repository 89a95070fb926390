package io.asyncio4j.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The file of a Unix socket that a server listens on.
final class UnixSocketFile {
    private final Path path;

    /// Tells this server's file from one that another has put in its place.
    private @Nullable Object identity;

    private UnixSocketFile(Path path) {
        this.path = path;
    }

    /// Removes the file if an earlier server left it there.
    static UnixSocketFile prepare(Path path) throws IOException {
        try {
            if (attributes(path).isOther()) {
                Files.delete(path);
            }
        } catch (NoSuchFileException usual) {
            // nothing is in the way
        }
        return new UnixSocketFile(path);
    }

    /// The socket is there.
    void bound() {
        try {
            identity = attributes(path).fileKey();
        } catch (IOException gone) {
            identity = null;
        }
    }

    void delete() {
        try {
            if (identity != null && identity.equals(attributes(path).fileKey())) {
                Files.delete(path);
            }
        } catch (IOException gone) {
            // somebody else has deleted it
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
