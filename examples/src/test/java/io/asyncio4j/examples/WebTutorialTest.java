package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.Driver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages of the web tutorial show what really happens: their programs are started as the pages
/// say, and their commands print what stands below them.
final class WebTutorialTest {
    private static final Path PROGRAMS = Path.of("examples/web");

    private static final Pattern CONSOLE = Pattern.compile("(?ms)^```console\n(.*?)^```");

    /// A command, which may go on in lines with four blanks, and what it prints.
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ (.*(?:\n {4}.*)*)\n((?:(?!\\$ ).*\n)*)");

    private static final Pattern START = Pattern.compile("(?:\\w+=\"(.*)\" )?\\./asyncio4j run (\\S+)");

    /// Headers that differ from run to run, or that no page speaks of.
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^(date|content-length): .*\n");

    /// The port in all pages and programs.
    private static final String PORT = "8000";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("pages")
    void theCommandsOfAPagePrintWhatStandsBelowThem(String page) throws Exception {
        String port = freePort();
        copyPrograms(port);
        List<Command> commands = commandsOf(Launch.ROOT.resolve(page));
        assertThat(commands).isNotEmpty();

        Launch.Running server = null;
        try {
            for (Command command : commands) {
                Matcher start = START.matcher(command.text());
                if (!start.matches()) {
                    assertThat(shell(command.text().replace(PORT, port)).replace(port, PORT))
                            .as(command.text())
                            .isEqualToIgnoringWhitespace(command.output());
                } else if (command.output().isEmpty()) {
                    server = launch(start).start();
                    awaitPort(port);
                } else {
                    Launch.Ended ended = launch(start).end();
                    assertThat(ended.out())
                            .as(ended.err())
                            .isEqualTo(command.output().lines().toList());
                }
            }
            if (server != null) {
                assertThat(server.interrupt().end().exitCode()).isZero();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(Launch.ROOT.resolve("docs/web/tutorial"))) {
            List<String> chapters = files.map(Launch.ROOT::relativize)
                    .map(Path::toString)
                    .filter(name -> !name.endsWith("README.md"))
                    .sorted()
                    .toList();
            return Stream.concat(chapters.stream(), Stream.of("docs/web/from-fastapi.md", "docs/web/deployment.md"))
                    .toList();
        }
    }

    /// A command that a page has the reader enter, and the output that the page shows.
    private record Command(String text, String output) {}

    private static List<Command> commandsOf(Path page) throws IOException {
        return CONSOLE.matcher(Files.readString(page))
                .results()
                .flatMap(block -> COMMAND.matcher(block.group(1)).results())
                .map(command -> new Command(command.group(1), command.group(2)))
                .toList();
    }

    private void copyPrograms(String port) throws IOException {
        try (Stream<Path> files = Files.walk(Launch.ROOT.resolve(PROGRAMS))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                Path copy = folder.resolve(Launch.ROOT.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace(PORT, port));
            }
        }
    }

    private Launch launch(Matcher start) {
        Launch launch = Launch.of("run", start.group(2)).in(folder);
        return start.group(1) == null ? launch : launch.withClasses(Driver.class);
    }

    /// Waits until somebody accepts connections.
    private void awaitPort(String port) throws IOException, InterruptedException {
        shell("curl --retry 200 --retry-delay 1 --retry-connrefused --head localhost:" + port + "/favicon.ico");
    }

    /// Returns what a command prints, but for headers that are left out.
    private String shell(String command) throws IOException, InterruptedException {
        String script = "curl() { command curl --silent --show-error --max-time 120 \"$@\"; }\n" + command;
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String printed = process.inputReader().lines().collect(Collectors.joining("\n", "", "\n"));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return LEFT_OUT.matcher(printed).replaceAll("");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
