package io.asyncio4j.web.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs of the conformance kit, which are written in Python.
public final class Python {
    private static final Path KIT = Path.of(System.getProperty("basedir", "."), "..", "verification", "web");

    private Python() {}

    /// Returns the lines that a program prints. Aborts the test if there is no Python.
    public static List<String> lines(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path output = Files.createTempFile("python", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(KIT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int status = process.waitFor();
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            assertThat(status).as(() -> String.join("\n", lines)).isZero();
            return lines;
        } catch (IOException absent) {
            return abort("There is no python3 to compare with: " + absent.getMessage());
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
