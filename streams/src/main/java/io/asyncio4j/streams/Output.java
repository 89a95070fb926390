package io.asyncio4j.streams;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The result of a subprocess: see [Subprocess#communicate()].
///
/// @param exitCode 0 if all went well, as far as the program says
/// @param stdout what it wrote to standard output; empty if that is no pipe
/// @param stderr what it wrote to standard error; empty if that is no pipe
@SuppressWarnings("ArrayRecordComponent") // equality is that of the bytes
public record Output(int exitCode, byte[] stdout, byte[] stderr) {
    /// Returns standard output as text in UTF-8.
    public String stdoutText() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /// Returns standard error as text in UTF-8.
    public String stderrText() {
        return new String(stderr, StandardCharsets.UTF_8);
    }

    /// Returns whether the exit codes and all bytes are the same.
    @Override
    public boolean equals(Object object) {
        return object instanceof Output other
                && exitCode == other.exitCode
                && Arrays.equals(stdout, other.stdout)
                && Arrays.equals(stderr, other.stderr);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * exitCode + Arrays.hashCode(stdout)) + Arrays.hashCode(stderr);
    }

    /// Returns the exit code and how much was written.
    @Override
    public String toString() {
        return "Output[exit code " + exitCode + ", " + stdout.length + " bytes of output, " + stderr.length
                + " of errors]";
    }
}
