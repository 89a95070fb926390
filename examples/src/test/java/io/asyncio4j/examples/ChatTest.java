package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// `examples/streams/Chat.java`, with guests at plain sockets.
final class ChatTest {
    private static final Path CHAT = Launch.ROOT.resolve("examples/streams/Chat.java");

    /// What a shell sees of a process that Ctrl-C ended.
    private static final int INTERRUPTED = 130;

    @OnBothEngines
    void everybodyGetsWhatAnybodySays(String engine) throws Exception {
        try (Launch.Running chat = Launch.of("run", CHAT, 0).on(engine).start()) {
            int port = Integer.parseInt(chat.awaitValue("Chatting on port "));
            try (Guest ada = new Guest(port, "Ada");
                    Guest bob = new Guest(port, "Bob")) {
                ada.hears("* Ada has come", "* Bob has come");
                bob.hears("* Bob has come");

                bob.says("Grüß dich");
                ada.hears("Bob: Grüß dich");
                bob.hears("Bob: Grüß dich");

                try (Guest impostor = new Guest(port, "Ada")) {
                    impostor.hears("Sorry, that name will not do.");
                    impostor.hearsTheEnd();
                }
                bob.leaves();
                ada.hears("* Bob has left");

                Launch.Ended ended = chat.interrupt().end();
                ada.hearsTheEnd();
                assertThat(ended.complaints()).isEmpty();
                assertThat(ended.exitCode()).isEqualTo(INTERRUPTED);
            }
        }
    }

    @OnBothEngines
    void oneWhoDoesNotReadIsDroppedAndHoldsNobodyUp(String engine) throws Exception {
        try (Launch.Running chat = Launch.of("run", CHAT, 0).on(engine).start()) {
            int port = Integer.parseInt(chat.awaitValue("Chatting on port "));
            try (Guest talker = new Guest(port, "Talker");
                    Guest sleeper = new Guest(port, "Sleeper")) {
                talker.hears("* Talker has come", "* Sleeper has come");

                String line = "bla ".repeat(10_000);
                String heard = "Talker: " + line;
                int lines = 0;
                while (heard.equals("Talker: " + line)) {
                    assertThat(lines++).as("lines for the sleeper").isLessThan(2_000);
                    talker.says(line);
                    heard = talker.hears();
                }
                assertThat(heard).isEqualTo("* Sleeper has left");
                talker.hears("Talker: " + line);

                sleeper.isCutOff();
                Launch.Ended ended = chat.interrupt().end();
                assertThat(ended.complaints()).isEmpty();
                assertThat(ended.exitCode()).isEqualTo(INTERRUPTED);
            }
        }
    }

    /// A guest at a plain socket, whose system keeps little of what is not read.
    private static final class Guest implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader reader;
        private final PrintStream writer;

        Guest(int port, String name) throws IOException {
            socket.setReceiveBufferSize(16 * 1024);
            socket.setSoTimeout(300_000);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            writer = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
            hears("Your name?");
            says(name);
        }

        void says(String line) {
            writer.print(line + "\n");
        }

        String hears() throws IOException {
            return reader.readLine();
        }

        void hears(String... lines) throws IOException {
            for (String line : lines) {
                assertThat(reader.readLine()).isEqualTo(line);
            }
        }

        void hearsTheEnd() throws IOException {
            assertThat(reader.readLine()).isNull();
        }

        /// Reads what has come until then.
        void isCutOff() throws IOException {
            try {
                while (reader.readLine() != null) {}
            } catch (SocketException reset) {
                // where bytes of the guest were lost
            }
        }

        void leaves() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            leaves();
        }
    }
}
