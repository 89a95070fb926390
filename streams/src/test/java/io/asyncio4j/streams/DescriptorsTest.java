package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.Asyncio;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A program whose file descriptors run out, in a process of its own, and with a logger that was
/// never used.
final class DescriptorsTest {
    /// The program: prints what it finds.
    static final class Program {
        private static final List<FileInputStream> HELD = new ArrayList<>();

        public static void main(String[] arguments) throws Exception {
            loadAll();
            Asyncio.run(() -> {
                List<String> reports = new ArrayList<>();
                Asyncio.runningLoop().setExceptionHandler((_, problem) -> reports.add(problem.message()));
                Server server = ServerTest.start(
                        (reader, writer) -> writer.write(reader.readLine() + "\n"), ServerOptions.defaults());
                ask(server);
                Subprocess.exec(SubprocessOptions.pipes(), "true").communicate();
                acceptWithout(server, reports);
                startWithout();
                server.close();
            });
        }

        /// Loads the library's classes. Programs have it in jars, which the JDK keeps open; here it
        /// is in folders, from which no class can be loaded without a descriptor.
        private static void loadAll() throws Exception {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path folder = Path.of(entry);
                if (!Files.isDirectory(folder)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                            .toList()) {
                        String name = folder.relativize(file).toString();
                        load(name.substring(0, name.length() - ".class".length())
                                .replace(File.separatorChar, '.'));
                    }
                }
            }
        }

        private static void load(String name) {
            try {
                Class.forName(name, false, Program.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError needless) {
                // a descriptor of a module, or a test of something that is not on the path
            }
        }

        private static void ask(Server server) throws IOException {
            try (Connection client = ServerTest.connect(server)) {
                client.writer().write("hello\n");
                say("answer: " + client.reader().readLine());
            }
        }

        private static void acceptWithout(Server server, List<String> reports) throws IOException {
            warmUp(server);
            Socket client = new Socket();
            client.bind(null); // it has its descriptor
            takeAll();
            long start = Asyncio.runningLoop().time();
            client.connect(new java.net.InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
            while (reports.size() < 2) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(Asyncio.runningLoop().time() - start);
            giveBack();
            say("reports: " + (reports.size() <= 2 + seconds ? "few" : reports.size() + " in " + seconds + " s"));
            say(reports.getFirst().replaceAll("\\d+", "N"));
            client.getOutputStream().write("late\n".getBytes(StandardCharsets.UTF_8));
            say("late answer: " + answer(client));
            client.close();
            ask(server);
        }

        /// Has the JDK open what its own sockets need.
        private static void warmUp(Server server) throws IOException {
            try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
                client.getOutputStream().write("warm\n".getBytes(StandardCharsets.UTF_8));
                say("warm answer: " + answer(client));
            }
        }

        private static String answer(Socket client) throws IOException {
            byte[] answer = Asyncio.toThread(() -> client.getInputStream().readAllBytes());
            return new String(answer, StandardCharsets.UTF_8).strip();
        }

        private static void startWithout() throws IOException {
            String input = link(0);
            takeAll();
            try {
                Subprocess.exec(SubprocessOptions.pipes(), "true");
                say("started");
            } catch (IOException refused) {
                say(String.valueOf(refused.getMessage()).replaceAll("there are \\d+", "there are too few"));
            }
            giveBack();
            say("input: " + (link(0).equals(input) ? "as before" : link(0)));
            say("exit code: "
                    + Subprocess.exec(SubprocessOptions.pipes(), "true").waitFor());
        }

        private static String link(int descriptor) throws IOException {
            Path link = Path.of("/proc/self/fd/" + descriptor);
            return Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readSymbolicLink(link).toString()
                    : "closed";
        }

        private static void takeAll() {
            try {
                while (true) {
                    HELD.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException full) {
                // as it should be
            }
        }

        private static void giveBack() throws IOException {
            for (FileInputStream each : HELD) {
                each.close();
            }
            HELD.clear();
        }

        private static void say(String text) {
            System.out.println(text);
        }
    }

    @Test
    void aProgramWithoutDescriptorsGoesOnAndRecovers() throws Exception {
        assumeTrue(new File("/proc/self/fd").exists());
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -n 160; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-javaagent")) {
                command.add(option);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output.lines())
                .containsExactly(
                        "answer: hello",
                        "warm answer: warm",
                        "reports: few",
                        "Server[[/N.N.N.N:N], N connections] cannot accept a connection",
                        "late answer: late",
                        "answer: hello",
                        "Cannot run 'true': too many open files; it needs 20 free file descriptors, and there are too"
                                + " few; close some, or raise the limit (ulimit -n)",
                        "input: as before",
                        "exit code: 0");
        assertThat(program.waitFor()).isZero();
    }
}
