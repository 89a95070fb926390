package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file in a form. FastAPI: `UploadFile`.
///
/// It lies in memory, and so is bounded by [Limits].
public final class UploadFile {
    private final String name;
    private final @Nullable String type;
    private final byte[] content;
    private final int start;
    private final int length;

    UploadFile(String name, @Nullable String type, byte[] content, int start, int length) {
        this.name = name;
        this.type = type;
        this.content = content;
        this.start = start;
        this.length = length;
    }

    /// Returns the file's name as the client has sent it: it may be anything, also empty or a path
    /// that leads elsewhere.
    public String name() {
        return name;
    }

    /// Returns the content type that the client claims; null if it claims none.
    public @Nullable String type() {
        return type;
    }

    /// Returns the length in bytes.
    public long size() {
        return length;
    }

    /// Returns a copy of the content.
    public byte[] bytes() {
        return Arrays.copyOfRange(content, start, start + length);
    }

    /// Returns the content as a stream, which neither suspends nor blocks.
    public InputStream stream() {
        return new ByteArrayInputStream(content, start, length);
    }

    /// Writes the content to a new file. Suspends: the file is written off the loop.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one already
    /// @throws IOException if it cannot be written
    public void saveTo(Path file) throws IOException {
        Asyncio.toThread(() -> {
            try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                out.write(content, start, length);
            }
        });
    }

    @Override
    public String toString() {
        return "UploadFile[" + name + ", " + length + " bytes]";
    }
}
