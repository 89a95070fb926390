package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The command with which readers install the library. It builds the jars that launchers may use.
@Isolated
final class InstallTest {
    private static final Pattern INSTALL = Pattern.compile("(?m)^ {4}(mvn .* install)$");

    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    void theCommandOnThePagesInstallsTheLibrary() throws Exception {
        GettingStartedTest.requireMaven();
        String command = "mvn -B -Dquick -pl bom,core,streams,testing -am install";
        for (String page : List.of(GettingStartedTest.PAGE, ReadmeTest.PAGE)) {
            assertThat(INSTALL.matcher(Files.readString(Launch.ROOT.resolve(page)))
                            .results()
                            .map(found -> found.group(1)))
                    .containsExactly(command);
        }
        Path repository = LocalRepository.withoutLibrary();

        Launch.Ended ended = new PastedProject(folder)
                .launch(command)
                .in(Launch.ROOT)
                .with("MAVEN_OPTS", "-Dmaven.repo.local=" + repository)
                .end();

        assertThat(ended.exitCode()).as("%s", ended).isZero();
        try (var artifacts = Files.list(repository.resolve("io/asyncio4j"))) {
            assertThat(artifacts.map(artifact -> artifact.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "asyncio4j-parent",
                            "asyncio4j-bom",
                            "asyncio4j-core",
                            "asyncio4j-streams",
                            "asyncio4j-testing");
        }
    }
}
