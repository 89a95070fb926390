package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder with files that were copied from a page, in which the page's commands are run.
///
/// It has `./asyncio4j`, as a checkout has. Maven and Gradle find the library in the tests' own
/// [LocalRepository], work offline if they can, and run on the JDK of the tests.
final class PastedProject {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    /// Maven's words for an artifact that it could have had online.
    private static final Pattern OFFLINE = Pattern.compile("offline mode|has not been downloaded from it before");

    /// Maven's words for a registry that cannot be reached.
    private static final Pattern UNREACHABLE = Pattern.compile("(?m)^.*Could not transfer artifact.*$");

    private final Path folder;
    private boolean debug;

    PastedProject(Path folder) throws IOException {
        this.folder = folder;
        Path launcher = folder.resolve("asyncio4j");
        Files.writeString(launcher, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(Launch.LAUNCHER));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    /// Makes the files of a section.
    PastedProject paste(PastedPage.Section section) throws IOException {
        for (PastedPage.Copied file : section.files()) {
            Path path = folder.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.text());
        }
        return this;
    }

    /// Has Maven and Gradle find the library.
    PastedProject withLibrary() throws IOException {
        Path repository = LocalRepository.withLibrary();
        Files.createDirectories(folder.resolve(".mvn"));
        mavenOptions("-o", "-B", "-ntp", "-Dmaven.repo.local=" + repository);
        Files.writeString(folder.resolve("gradle.properties"), "systemProp.maven.repo.local=" + repository + "\n");
        return this;
    }

    /// Turns debug mode on, in which programs say which engine they run on.
    PastedProject inDebugMode() {
        debug = true;
        return this;
    }

    private void mavenOptions(String... options) throws IOException {
        Files.writeString(folder.resolve(".mvn/maven.config"), String.join("\n", options) + "\n");
    }

    /// Runs the commands of a section one after the other. Each must succeed, and print what the
    /// page says.
    ///
    /// @return all that was printed, to standard output and error
    String run(PastedPage.Section section) throws IOException, InterruptedException {
        StringBuilder printed = new StringBuilder();
        for (PastedPage.Command command : section.commands()) {
            Launch.Ended ended = run(command.text());
            String all = String.join("\n", ended.out()) + "\n" + ended.err();
            assertThat(ended.exitCode()).as("%s%n%s", command.text(), all).isZero();
            if (!command.output().isEmpty()) {
                assertThat(String.join("\n", ended.out())).matches(pattern(command.output()));
            }
            printed.append(all);
        }
        return printed.toString();
    }

    private static Pattern pattern(List<String> output) {
        return Pattern.compile(output.stream()
                .map(line -> line.equals("...") ? "(?s:.*)" : Pattern.quote(line))
                .collect(Collectors.joining("\n")));
    }

    /// Runs a command, and once more if it needs the network. The test is aborted if that cannot be
    /// had.
    private Launch.Ended run(String command) throws IOException, InterruptedException {
        Launch.Ended ended = launch(command).end();
        if (ended.exitCode() != 0 && find(OFFLINE, ended) != null) {
            Path options = folder.resolve(".mvn/maven.config");
            mavenOptions(Files.readAllLines(options).stream()
                    .filter(option -> !option.equals("-o"))
                    .toArray(String[]::new));
            ended = launch(command).end();
            String missing = find(UNREACHABLE, ended);
            assumeTrue(ended.exitCode() == 0 || missing == null, "cannot be had here: " + missing);
        }
        return ended;
    }

    private static String find(Pattern pattern, Launch.Ended ended) {
        return Stream.concat(ended.out().stream(), Stream.of(ended.err()))
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElse(null);
    }

    /// Returns a command, ready to start.
    Launch launch(String command) {
        return Launch.of(Path.of("sh"), "-ec", command)
                .in(folder)
                .with("JAVA_HOME", JDK.toString())
                .with("PATH", JDK.resolve("bin") + File.pathSeparator + System.getenv("PATH"))
                .with("ASYNCIO4J_DEBUG", debug ? "1" : "0");
    }

    /// Whether a program is on the `PATH`.
    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
