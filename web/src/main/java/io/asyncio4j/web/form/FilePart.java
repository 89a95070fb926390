package io.asyncio4j.web.form;

import io.asyncio4j.Asyncio;
import io.asyncio4j.web.UploadFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file as a piece of the form's body.
public final class FilePart implements UploadFile {
    private final String name;
    private final @Nullable String type;
    private final byte[] content;
    private final int start;
    private final int length;

    FilePart(String name, @Nullable String type, byte[] content, int start, int length) {
        this.name = name;
        this.type = type;
        this.content = content;
        this.start = start;
        this.length = length;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String type() {
        return type;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOfRange(content, start, start + length);
    }

    @Override
    public InputStream stream() {
        return new ByteArrayInputStream(content, start, length);
    }

    @Override
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
