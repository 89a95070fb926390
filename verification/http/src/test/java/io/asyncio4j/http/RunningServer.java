package io.asyncio4j.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `Server.java`, started as a user starts it, until it is closed.
final class RunningServer implements AutoCloseable {
    private static final int START_SECONDS = 120;
    private static final int PAUSE_MILLIS = 50;

    private final Process process;
    private final int port;
    private final Path log;

    private RunningServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /// Starts it, and waits until it takes connections.
    static RunningServer start(Path folder, Certificates certificates) throws IOException, InterruptedException {
        int port = Kit.freePort();
        Path log = Files.createTempFile(folder, "server", ".log");
        List<String> command = new ArrayList<>(List.of(
                Kit.ROOT.resolve("asyncio4j").toString(),
                "run",
                Kit.HERE.resolve("Server.java").toString(),
                String.valueOf(port)));
        if (certificates.exist()) {
            command.add(certificates.certificate().toString());
            command.add(certificates.key().toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put(
                        "ASYNCIO4J_JAVA_OPTS",
                        Kit.javaOptions("carrier", "epoll", 4) + " -Dio.netty.leakDetection.level=paranoid -Dpage="
                                + Kit.HERE.resolve("clients").resolve("page.html"));
        RunningServer server = new RunningServer(builder.start(), port, log);
        server.awaitStart();
        return server;
    }

    private void awaitStart() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                probe.getPort();
                return;
            } catch (IOException refused) {
                if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IOException("The server does not start:\n" + log(), refused);
                }
            }
        }
    }

    int port() {
        return port;
    }

    /// Returns what the server has said.
    String log() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
