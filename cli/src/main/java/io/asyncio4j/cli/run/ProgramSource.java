package io.asyncio4j.cli.run;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.lang.model.SourceVersion;
import javax.tools.SimpleJavaFileObject;

/// The file that is to be run, as it was when it was read.
final class ProgramSource extends SimpleJavaFileObject {
    private final Path file;
    private final byte[] bytes;
    private final String text;

    private ProgramSource(Path file, byte[] bytes, Charset encoding) {
        super(file.toUri(), Kind.SOURCE);
        this.file = file;
        this.bytes = bytes;
        this.text = new String(bytes, encoding);
    }

    static ProgramSource read(Path file, Charset encoding) throws IOException {
        return new ProgramSource(file, Files.readAllBytes(file), encoding);
    }

    /// Returns the file, as the user has named it.
    Path file() {
        return file;
    }

    byte[] bytes() {
        return bytes;
    }

    /// The name in the compiler's messages.
    @Override
    public String getName() {
        return file.toString();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }

    /// A public class need not have the name of the file, as with `java FILE.java`.
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE && SourceVersion.isIdentifier(simpleName);
    }
}
