package io.asyncio4j.streams.netty;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The file of a Unix socket that a server listens on.
final class UnixSocketFile {
    /// The part of a file's mode that says what it is, and a socket's.
    private static final int TYPE = 0xf000;

    private static final int SOCKET = 0xc000;

    private final Path path;

    /// Tells this server's file from one that another has put in its place.
    private @Nullable Object identity;

    private UnixSocketFile(Path path) {
        this.path = path;
    }

    /// Removes the file if an earlier server left it there.
    static UnixSocketFile prepare(Path path) throws IOException {
        if (UnixPath.isTooLong(path)) {
            throw new BindException("Cannot listen on " + path + ": " + UnixPath.whyTooLong(path));
        }
        try {
            if (isSocket(path)) {
                Files.delete(path);
            } else {
                // Said here, as the native transports would delete it.
                throw new BindException(
                        "Cannot listen on " + path + ": there is such a file already, which is not a socket");
            }
        } catch (NoSuchFileException usual) {
            // nothing is in the way
        }
        return new UnixSocketFile(path);
    }

    private static boolean isSocket(Path path) throws IOException {
        if (!attributes(path).isOther()) {
            return false;
        }
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & TYPE) == SOCKET;
        } catch (UnsupportedOperationException notUnix) {
            return true;
        }
    }

    /// Returns the path to bind the socket to, before it gets its name. Netty deletes the file that
    /// a server was bound to, whatever has become of it: of this one there will be nothing left.
    Path temporary() {
        return path.resolveSibling(
                "." + Integer.toHexString(ThreadLocalRandom.current().nextInt()));
    }

    /// Gives the socket its name.
    void bound(Path temporary) throws IOException {
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        identity = attributes(path).fileKey();
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
