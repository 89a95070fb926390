package io.asyncio4j.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files of a folder: `app.mount("/static", StaticFiles.of(Path.of("static")))`. FastAPI:
/// `StaticFiles`.
///
/// Ranges, conditions and types are as of [Response#file]. Nothing outside of the folder is given
/// away, neither by `..` nor by a symbolic link. Immutable.
public final class StaticFiles implements RouteTarget.Mounted {
    private final Path folder;
    private final boolean html;

    private StaticFiles(Path folder, boolean html) {
        this.folder = folder;
        this.html = html;
    }

    /// Returns the files of a folder.
    ///
    /// @throws IllegalArgumentException if there is no such folder
    public static StaticFiles of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder " + folder.toAbsolutePath());
        }
        return new StaticFiles(folder, false);
    }

    /// Returns this with `index.html` for folders, and `404.html`, if it is there, for what is not.
    /// FastAPI: `html=True`.
    public StaticFiles html() {
        return new StaticFiles(folder, true);
    }

    /// Returns the file at a decoded path, which begins with a slash.
    ///
    /// @throws HttpException with status 404 or 405 if there is none, or it is asked for otherwise
    ///     than to be read
    Response answer(Request request, String path) throws IOException {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw new HttpException(405).header("allow", "GET, HEAD");
        }
        Path file = find(path.substring(1));
        if (html && file != null && Files.isDirectory(file)) {
            if (!path.endsWith("/")) {
                return Response.redirect(request.path() + "/");
            }
            file = inside(file.resolve("index.html"));
        }
        if (file != null && Files.isRegularFile(file)) {
            return Response.file(file);
        }
        Path missing = html ? inside(folder.resolve("404.html")) : null;
        if (missing != null && Files.isRegularFile(missing)) {
            return Response.file(missing).status(404);
        }
        throw new HttpException(404);
    }

    private @Nullable Path find(String path) throws IOException {
        try {
            return path.indexOf('\0') >= 0 ? null : inside(folder.resolve(path.replaceFirst("^/+", "")));
        } catch (InvalidPathException impossible) {
            return null;
        }
    }

    /// Returns the real place of a file; null if it is not there, or lies outside.
    private @Nullable Path inside(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        Path real = file.toRealPath();
        return real.startsWith(folder.toRealPath()) ? real : null;
    }

    @Override
    public String toString() {
        return "StaticFiles[" + folder + "]";
    }
}
