package io.asyncio4j.streams;

import io.asyncio4j.streams.bytes.Limits;
import io.asyncio4j.streams.process.ProcessSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Options for starting a subprocess: `SubprocessOptions.defaults().stdout(Redirect.PIPE)`.
/// Immutable.
///
/// asyncio: the keyword arguments of `create_subprocess_exec`.
public final class SubprocessOptions {
    private static final SubprocessOptions DEFAULTS = new SubprocessOptions();
    private static final SubprocessOptions PIPES =
            DEFAULTS.stdin(Redirect.PIPE).stdout(Redirect.PIPE).stderr(Redirect.PIPE);

    private ProcessBuilder.Redirect stdin = ProcessBuilder.Redirect.INHERIT;
    private ProcessBuilder.Redirect stdout = ProcessBuilder.Redirect.INHERIT;
    private ProcessBuilder.Redirect stderr = ProcessBuilder.Redirect.INHERIT;

    /// Whether standard error leads to where standard output does.
    private boolean merged;

    private @Nullable Path folder;

    /// The whole environment; null for this process's own.
    private @Nullable Map<String, String> environment;

    /// What is added to it.
    private Map<String, String> variables = Map.of();

    private Limits limits = Limits.DEFAULT;

    private SubprocessOptions() {}

    private SubprocessOptions(SubprocessOptions from) {
        stdin = from.stdin;
        stdout = from.stdout;
        stderr = from.stderr;
        merged = from.merged;
        folder = from.folder;
        environment = from.environment;
        variables = from.variables;
        limits = from.limits;
    }

    ProcessSettings settings() {
        return new ProcessSettings(stdin, stdout, stderr, merged, folder, environment, variables, limits);
    }

    /// Returns options that ask for nothing in particular: the subprocess shares the three standard
    /// streams, the folder and the environment of this process.
    public static SubprocessOptions defaults() {
        return DEFAULTS;
    }

    /// Returns options with all three standard streams as pipes.
    public static SubprocessOptions pipes() {
        return PIPES;
    }

    /// Returns these options with where standard input comes from. asyncio: `stdin`.
    public SubprocessOptions stdin(Redirect redirect) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.stdin = redirect.forInput();
        return changed;
    }

    /// Returns these options with a file as standard input.
    public SubprocessOptions stdin(Path file) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.stdin = ProcessBuilder.Redirect.from(file.toFile());
        return changed;
    }

    /// Returns these options with where standard output goes. asyncio: `stdout`.
    public SubprocessOptions stdout(Redirect redirect) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.stdout = redirect.forOutput();
        return changed;
    }

    /// Returns these options with a file for standard output; what it contains is replaced.
    public SubprocessOptions stdout(Path file) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.stdout = ProcessBuilder.Redirect.to(file.toFile());
        return changed;
    }

    /// Returns these options with where standard error goes. asyncio: `stderr`.
    public SubprocessOptions stderr(Redirect redirect) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.merged = redirect == Redirect.STDOUT;
        changed.stderr = changed.merged ? ProcessBuilder.Redirect.PIPE : redirect.forOutput();
        return changed;
    }

    /// Returns these options with a file for standard error; what it contains is replaced.
    public SubprocessOptions stderr(Path file) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.merged = false;
        changed.stderr = ProcessBuilder.Redirect.to(file.toFile());
        return changed;
    }

    /// Returns these options with the folder in which the subprocess works. asyncio: `cwd`.
    public SubprocessOptions folder(Path folder) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.folder = Objects.requireNonNull(folder, "folder");
        return changed;
    }

    /// Returns these options with the whole environment of the subprocess, instead of this
    /// process's. The program is looked for in this process's `PATH` all the same. asyncio: `env`.
    public SubprocessOptions environment(Map<String, String> variables) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.environment = Map.copyOf(variables);
        changed.variables = Map.of();
        return changed;
    }

    /// Returns these options with one more variable in the environment, or another value of it.
    public SubprocessOptions variable(String name, String value) {
        SubprocessOptions changed = new SubprocessOptions(this);
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        changed.variables = more;
        return changed;
    }

    /// Returns these options with the longest line that the readers take; 64 KiB if not set. When
    /// about twice as much is unread, the subprocess is held back: its writes block. asyncio:
    /// `limit`.
    ///
    /// @param bytes positive
    public SubprocessOptions readLimit(int bytes) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.limits = limits.read(bytes);
        return changed;
    }

    /// Returns these options with the high-water mark: when more bytes than this wait to be taken
    /// by the subprocess, [StreamWriter#drain] suspends; 64 KiB if not set.
    ///
    /// @param bytes positive
    public SubprocessOptions highWaterMark(int bytes) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.limits = limits.high(bytes);
        return changed;
    }

    /// Returns these options with the hard limit: while more bytes than this wait to be taken by
    /// the subprocess, [StreamWriter#write] throws; 16 MiB if not set.
    ///
    /// @param bytes not below the high-water mark
    public SubprocessOptions writeLimit(int bytes) {
        SubprocessOptions changed = new SubprocessOptions(this);
        changed.limits = limits.hard(bytes);
        return changed;
    }
}
