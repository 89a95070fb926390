package io.asyncio4j.streams;

import java.io.File;

/// The other end of one of a subprocess's three standard streams. See [SubprocessOptions].
public enum Redirect {
    /// To where this process's own leads: its terminal, say. asyncio: `None`, the default.
    INHERIT,

    /// To this program: as a [StreamWriter] or [StreamReader] of the [Subprocess]. asyncio: `PIPE`.
    PIPE,

    /// Nowhere: there is nothing to read, and what is written is dropped. asyncio: `DEVNULL`.
    DEVNULL,

    /// To where standard output leads; for standard error only. asyncio: `STDOUT`.
    STDOUT;

    private static final File NULL =
            new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");

    ProcessBuilder.Redirect forInput() {
        return switch (this) {
            case INHERIT -> ProcessBuilder.Redirect.INHERIT;
            case PIPE -> ProcessBuilder.Redirect.PIPE;
            case DEVNULL -> ProcessBuilder.Redirect.from(NULL);
            case STDOUT -> throw onlyForErrors("standard input");
        };
    }

    ProcessBuilder.Redirect forOutput() {
        return switch (this) {
            case INHERIT -> ProcessBuilder.Redirect.INHERIT;
            case PIPE -> ProcessBuilder.Redirect.PIPE;
            case DEVNULL -> ProcessBuilder.Redirect.DISCARD;
            case STDOUT -> throw onlyForErrors("standard output");
        };
    }

    private static IllegalArgumentException onlyForErrors(String stream) {
        return new IllegalArgumentException(
                "The " + stream + " cannot lead to STDOUT, only standard error can; choose INHERIT, PIPE or DEVNULL");
    }
}
