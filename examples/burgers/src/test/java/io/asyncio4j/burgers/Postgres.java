package io.asyncio4j.burgers;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL server of its own, with an empty database in a folder for the time of the tests.
final class Postgres {
    private static final String READY = "database system is ready to accept connections";

    /// The user who runs it where the tests are run by root, whom it refuses.
    private static final String USER = "nobody";

    /// Another process may take the port between its choice and its use.
    private static final int ATTEMPTS = 3;

    private static final int LIMIT_MINUTES = 5;

    private final Process server;
    private final int port;

    private Postgres(Process server, int port) {
        this.server = server;
        this.port = port;
    }

    /// Starts it; aborts the tests if that is not possible here.
    ///
    /// @param folder an empty one
    static Postgres start(Path folder) throws IOException, InterruptedException {
        Path programs = programs();
        assumeTrue(programs != null, "PostgreSQL is missing");
        Path data = Files.createDirectory(folder.resolve("data"));
        List<String> user = user(folder, data);
        List<String> make = new ArrayList<>(user);
        make.addAll(List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=shop",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        Process made = builder(make, folder).start();
        String output = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(made.waitFor() == 0, "PostgreSQL makes no database here: " + output);
        for (int i = 1; ; i++) {
            List<String> said = new ArrayList<>();
            Optional<Postgres> started = start(programs, folder, user, said);
            if (started.isPresent()) {
                return started.get();
            } else if (i == ATTEMPTS) {
                throw new IllegalStateException("PostgreSQL does not start: " + said);
            }
        }
    }

    private static Optional<Postgres> start(Path programs, Path folder, List<String> user, List<String> said)
            throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        List<String> serve = new ArrayList<>(user);
        serve.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off"));
        Process server = builder(serve, folder).start();
        Thread end = new Thread(server::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        BufferedReader log = server.inputReader(StandardCharsets.UTF_8);
        for (String line; (line = log.readLine()) != null; ) {
            said.add(line);
            if (line.contains(READY)) {
                Thread.ofVirtual().start(() -> read(log)); // or it would wait for its log to be read
                return Optional.of(new Postgres(server, port));
            }
        }
        return Optional.empty();
    }

    private static void read(BufferedReader log) {
        try {
            while (log.readLine() != null) {}
        } catch (IOException | UncheckedIOException closed) {
            // with the process
        }
    }

    private static ProcessBuilder builder(List<String> command, Path folder) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /// Returns the folder of the newest version's programs; null if there is none.
    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return null;
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElse(null);
        }
    }

    /// Returns what a command begins with to be run by somebody else than root, who gets the
    /// folders; nothing if the tests are run by somebody else already.
    private static List<String> user(Path... folders) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is missing, and PostgreSQL refuses root");
        try {
            for (Path folder : folders) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            }
        } catch (UserPrincipalNotFoundException missing) {
            abort("There is no user " + USER + ", and PostgreSQL refuses root");
        }
        return List.of("/usr/bin/setpriv", "--reuid=" + USER, "--clear-groups", "--");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=shop";
    }

    /// Ends it at once.
    void end() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", String.valueOf(server.pid()))
                .start()
                .waitFor();
        if (!server.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("PostgreSQL does not end");
        }
    }
}
