package io.asyncio4j.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory that runs out, at each point of the library where it can.
final class FaultInjectionTest {
    @TempDir
    Path folder;

    /// The agent instruments a whole JVM, so the scenarios run in one of their own.
    @Test
    void theLoopIsSoundWhereverMemoryRunsOut() throws Exception {
        ChildJvm.Ended ended = ChildJvm.run(FaultScenarios.class, "-javaagent:" + agent());
        assertThat(ended.output()).last().asString().matches("sound after each of [1-9][0-9]{2,} faults");
        assertThat(ended.exitCode()).isZero();
    }

    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), FaultAgent.class.getName());
        Path jar = folder.resolve("agent.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }
}
