package io.asyncio4j.web;

import io.asyncio4j.web.form.FilePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file in a form. FastAPI: `UploadFile`.
///
/// It lies in memory, and so is bounded by [Limits].
public sealed interface UploadFile permits FilePart {
    /// Returns the file's name as the client has sent it: it may be anything, also empty or a path
    /// that leads elsewhere.
    String name();

    /// Returns the content type that the client claims; null if it claims none.
    @Nullable
    String type();

    /// Returns the length in bytes.
    long size();

    /// Returns a copy of the content.
    byte[] bytes();

    /// Returns the content as a stream, which neither suspends nor blocks.
    InputStream stream();

    /// Writes the content to a new file. Suspends: the file is written off the loop.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one already
    /// @throws IOException if it cannot be written
    void saveTo(Path file) throws IOException;
}
