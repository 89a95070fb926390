package io.asyncio4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs of one user, looked at by another. Only the administrator can make such, on Linux:
/// elsewhere [CommandTest] has to do.
@Timeout(120)
final class OtherUserTest {
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--clear-groups");

    /// Holds the class path, which others may not be able to read where it is.
    @TempDir
    private Path folder;

    private final List<String> classPath = new ArrayList<>();

    @BeforeEach
    void copyClassPath() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assumeThat(Path.of("/usr/bin/setpriv")).isExecutable();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            if (Files.exists(source)) {
                Path copy = folder.resolve(classPath.size() + "-" + source.getFileName());
                copy(source, copy);
                classPath.add(copy.toString());
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private Process start(List<String> as, Class<?> main, Object... args) throws IOException {
        List<String> command = new ArrayList<>(as);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main.getName()));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> output(Process process) throws IOException, InterruptedException {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> output = lines.lines().toList();
            process.waitFor();
            return output;
        }
    }

    @Test
    void anotherUserIsToldWhoMayLook() throws Exception {
        Process program = start(List.of(), TargetProgram.class, "waits");
        try {
            assertThat(program.inputReader().readLine()).isEqualTo("ready");
            Process command = start(AS_NOBODY, Asyncio4j.class, "ps", program.pid());
            assertThat(output(command))
                    .containsExactly("asyncio4j: process " + program.pid()
                            + " belongs to user root, and you are nobody; run this as root, for example with"
                            + " sudo -u root");
            assertThat(command.exitValue()).isEqualTo(1);
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void theAdministratorMayLookAtWhatIsOthers() throws Exception {
        Process program = start(AS_NOBODY, TargetProgram.class, "waits");
        try {
            assertThat(program.inputReader().readLine()).isEqualTo("ready");
            Process command = start(List.of(), Asyncio4j.class, "ps", program.pid(), "--no-stack");
            assertThat(output(command)).first().isEqualTo("Loop 1 waits in thread 'main', 2 tasks");
            assertThat(command.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }
}
