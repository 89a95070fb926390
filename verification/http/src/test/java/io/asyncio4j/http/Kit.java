package io.asyncio4j.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The conformance kit, run against `Server.java`, which is started as a user starts it.
final class Kit {
    static final Path HERE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    static final Path ROOT = HERE.getParent().getParent();

    private static final Pattern TOTAL = Pattern.compile("(?m)^total +(\\d+) +(\\d+) +(\\d+) +(\\d+)$");

    private final Path folder;
    private final String engine;
    private final String io;
    private final List<String> arguments = new ArrayList<>();
    private Certificates certificates = Certificates.NONE;
    private String serverOptions = "";
    private int slack = 2;
    private int serverSlack = 2;

    /// @param folder for the output
    /// @param io the transport
    Kit(Path folder, String engine, String io) {
        this.folder = folder;
        this.engine = engine;
        this.io = io;
    }

    /// Uses TLS.
    Kit tls(Certificates known) {
        certificates = known;
        return this;
    }

    /// Adds arguments of the kit.
    Kit with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /// Adds an option of the server's JVM.
    Kit serverOption(String option) {
        serverOptions += " " + option;
        return this;
    }

    /// Stretches the waits of the kit and the limits of the server, which are otherwise doubled.
    Kit slack(int ofKit, int ofServer) {
        slack = ofKit;
        serverSlack = ofServer;
        return this;
    }

    /// The end of a run of the kit.
    ///
    /// @param exit 0 if no case has failed
    /// @param output of the kit and of the server
    record Result(int exit, String output) {
        /// Returns the output from the first report on.
        String report() {
            return output.replaceFirst("(?s)^.*?\n== ", "== ");
        }

        /// Returns the numbers of cases that passed, were tolerated, failed and did not apply.
        List<Integer> total() {
            List<Integer> numbers = List.of();
            for (MatchResult total : TOTAL.matcher(output).results().toList()) {
                numbers = List.of(number(total, 1), number(total, 2), number(total, 3), number(total, 4));
            }
            return numbers;
        }

        private static int number(MatchResult total, int group) {
            return Integer.parseInt(total.group(group));
        }
    }

    /// Runs a part.
    Result run(String part, int limitMinutes) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, part, ".log");
        ProcessBuilder builder = new ProcessBuilder(command(part))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ASYNCIO4J_JAVA_OPTS", javaOptions(engine, io, serverSlack) + serverOptions);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        try {
            if (!process.waitFor(limitMinutes, TimeUnit.MINUTES)) {
                return new Result(-1, "The kit has not ended:\n" + Files.readString(output, StandardCharsets.UTF_8));
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private List<String> command(String part) throws IOException {
        String start = ROOT.resolve("asyncio4j") + " run " + HERE.resolve("Server.java") + " {port}";
        List<String> command = new ArrayList<>(List.of(
                "python3",
                HERE.resolve("httpcheck.py").toString(),
                "--start",
                certificates.exist() ? start + " " + certificates.certificate() + " " + certificates.key() : start,
                "--port",
                String.valueOf(freePort()),
                "--part",
                part,
                "--slack",
                String.valueOf(slack),
                "--jobs",
                "24"));
        if (certificates.exist()) {
            command.add("--tls");
        }
        command.addAll(arguments);
        return command;
    }

    static String javaOptions(String engine, String io, int slack) {
        return "-Xmx512m -Dslack=" + slack + " -Dasyncio4j.engine=" + engine + " -Dasyncio4j.io=" + io;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static boolean canRun() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
