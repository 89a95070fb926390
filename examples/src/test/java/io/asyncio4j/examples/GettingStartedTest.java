package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The projects that `docs/use/getting-started.md` has readers copy, made and run as they stand.
final class GettingStartedTest {
    static final String PAGE = "docs/use/getting-started.md";

    /// Logged in debug mode.
    private static final String FAST_ENGINE = "The loop runs on the carrier engine";

    private static final Pattern PINNED =
            Pattern.compile("<artifactId>(?<artifact>[^<]+)</artifactId>\\s*<version>(?<version>[^<]+)</version>");

    @TempDir
    private Path folder;

    private PastedPage page;

    @BeforeEach
    void read() throws IOException {
        page = PastedPage.of(PAGE);
    }

    @Test
    void everyBlockIsInASectionThatIsTested() {
        assertThat(page.headings())
                .containsExactly(
                        "A program without a project", "Maven", "Gradle", "A runtime image with jlink", "Spring Boot");
    }

    @Test
    void aProgramRunsWithoutAProject() throws Exception {
        var section = page.section("A program without a project");

        assertThat(new PastedProject(folder).inDebugMode().paste(section).run(section))
                .contains(FAST_ENGINE);
    }

    @Test
    void aMavenProjectIsTestedAndItsJarRunsOnTheFastEngine() throws Exception {
        requireMaven();
        var section = page.section("Maven");

        String printed = project().paste(section).run(section);

        assertThat(printed).contains(FAST_ENGINE);
        assertThat(folder.resolve("target/surefire-reports/hello.HelloTest.txt"))
                .content()
                .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    }

    @Test
    void aGradleProjectIsTestedAndItsJarRunsOnTheFastEngine() throws Exception {
        requireGradle();
        var section = page.section("Gradle");

        String printed = project().paste(page.section("Maven")).paste(section).run(section);

        assertThat(printed).contains(FAST_ENGINE);
        assertThat(folder.resolve("build/test-results/test/TEST-hello.HelloTest.xml"))
                .content()
                .contains("tests=\"1\" skipped=\"0\" failures=\"0\" errors=\"0\"");
    }

    @Test
    void anImageRunsOnTheFastEngine() throws Exception {
        requireMaven();
        requireJlink();
        var section = page.section("A runtime image with jlink");
        PastedProject project = project().paste(page.section("Maven"));
        Files.delete(folder.resolve("src/test/java/hello/HelloTest.java")); // needs JUnit

        assertThat(project.paste(section).run(section)).contains(FAST_ENGINE);
    }

    @Test
    void aSpringBootApplicationRunsOnTheFastEngine() throws Exception {
        requireMaven();
        var section = page.section("Spring Boot");

        assertThat(project().paste(section).run(section)).contains(FAST_ENGINE);
    }

    /// They are in the local repository then, so that these tests need no network.
    @ParameterizedTest
    @ValueSource(strings = {PAGE, ReadmeTest.PAGE})
    void versionsAreThoseOfThisBuild(String name) throws IOException {
        String parent = Files.readString(Launch.ROOT.resolve("pom.xml"));

        Matcher pinned = PINNED.matcher(Files.readString(Launch.ROOT.resolve(name)));
        while (pinned.find()) {
            Matcher own = Pattern.compile("<artifactId>" + Pattern.quote(pinned.group("artifact"))
                            + "</artifactId>\\s*<version>([^<]+)</version>")
                    .matcher(parent);
            if (own.find()) {
                assertThat(resolved(own.group(1), parent))
                        .as("version of %s in %s", pinned.group("artifact"), name)
                        .isEqualTo(pinned.group("version"));
            }
        }
        Matcher netty = Pattern.compile("<netty.version>([^<]+)<").matcher(Files.readString(Launch.ROOT.resolve(name)));
        while (netty.find()) {
            assertThat(netty.group(1)).isEqualTo(resolved("${netty.version}", parent));
        }
    }

    private static String resolved(String version, String pom) {
        if (!version.startsWith("${")) {
            return version;
        }
        String name = version.substring(2, version.length() - 1).replace("project.", "");
        Matcher property =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(property.find()).as(version).isTrue();
        return property.group(1);
    }

    private PastedProject project() throws IOException {
        return new PastedProject(folder).withLibrary().inDebugMode();
    }

    static void requireMaven() {
        assumeTrue(PastedProject.has("mvn"), "there is no mvn on the PATH");
    }

    private void requireGradle() throws Exception {
        assumeTrue(PastedProject.has("gradle"), "there is no gradle on the PATH");
        Launch.Ended version = new PastedProject(Files.createDirectory(folder.resolve("probe")))
                .launch("gradle --version")
                .end();
        Matcher numbers = Pattern.compile("Gradle (\\d+)\\.(\\d+)").matcher(String.join("\n", version.out()));
        boolean isNew =
                numbers.find() && 100 * Integer.parseInt(numbers.group(1)) + Integer.parseInt(numbers.group(2)) >= 901;
        assumeTrue(isNew, () -> "gradle is older than 9.1, or does not run: " + version);
    }

    private void requireJlink() throws Exception {
        Launch.Ended probe = new PastedProject(Files.createDirectory(folder.resolve("probe")))
                .launch("jlink --add-modules java.base --output image")
                .end();
        assumeTrue(probe.exitCode() == 0, () -> "jlink cannot link even this JDK's java.base: " + probe);
    }
}
