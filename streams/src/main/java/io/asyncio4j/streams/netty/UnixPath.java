package io.asyncio4j.streams.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The path of a Unix socket in a form that a transport takes: itself, or a shorter way to it.
///
/// The system has room for so many bytes and one that ends them. `java.nio` refuses one byte less
/// than that: a longer path is reached by a symbolic link, which lives as long as this.
public final class UnixPath implements AutoCloseable {
    /// How many bytes a path may have.
    public static final int LIMIT = roomOf(System.getProperty("os.name")) - 1;

    /// What is bound or connected to.
    final Path path;

    private final @Nullable Path link;

    private UnixPath(Path path, @Nullable Path link) {
        this.path = path;
        this.link = link;
    }

    private static int roomOf(String system) {
        return system.startsWith("Linux") || system.startsWith("Windows") ? 108 : 104;
    }

    public static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    public static boolean isTooLong(Path path) {
        return bytes(path) > LIMIT;
    }

    /// Returns why a path that is too long is refused, for messages.
    static String whyTooLong(Path path) {
        return "the path is too long for a socket: it has " + bytes(path) + " bytes, and " + LIMIT + " are the most;"
                + " use a shorter one, such as one that begins at the working directory";
    }

    /// Returns how to connect to the socket at `path`, which is not too long.
    static UnixPath toConnectTo(Path path, IoKind kind) throws IOException {
        return bytes(path) <= limitOf(kind) ? new UnixPath(path, null) : linked(path, null);
    }

    /// Returns how to make a socket at `path`, whose name is short.
    static UnixPath toBindTo(Path path, IoKind kind) throws IOException {
        return bytes(path) <= limitOf(kind)
                ? new UnixPath(path, null)
                : linked(path.resolveSibling(""), path.getFileName());
    }

    private static int limitOf(IoKind kind) {
        return kind == IoKind.NIO ? LIMIT - 1 : LIMIT;
    }

    private static UnixPath linked(Path target, @Nullable Path name) throws IOException {
        Path folder = Files.createTempDirectory("a4j");
        Path link = folder.resolve("s");
        try {
            Files.createSymbolicLink(link, target.toAbsolutePath());
        } catch (IOException | RuntimeException refused) {
            Files.delete(folder);
            throw refused;
        }
        return new UnixPath(name == null ? link : link.resolve(name), link);
    }

    @Override
    public void close() throws IOException {
        if (link != null) {
            Files.deleteIfExists(link);
            Files.deleteIfExists(link.resolveSibling(""));
        }
    }
}
