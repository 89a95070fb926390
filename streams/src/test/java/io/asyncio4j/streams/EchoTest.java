package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Coroutine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EchoTest {
    static void echo(StreamReader reader, StreamWriter writer) throws Exception {
        for (byte[] data = reader.read(65536); data.length > 0; data = reader.read(65536)) {
            writer.write(data);
            writer.drain();
        }
    }

    @Test
    void aServerAnswersAClient() throws IOException {
        run(() -> {
            Server server = Streams.startServer(EchoTest::echo, "127.0.0.1", 0);
            try (Connection connection = Streams.openConnection("127.0.0.1", server.port())) {
                connection.writer().write("hello\nworld\n");
                connection.writer().writeEof();
                assertThat(connection.reader().readLine()).isEqualTo("hello");
                assertThat(connection.reader().readLine()).isEqualTo("world");
                assertThat(connection.reader().readLine()).isNull();
            }
            server.close();
            server.waitClosed();
        });
    }

    @Test
    void numbersAreSentAsDataStreamsDo() throws IOException {
        run(() -> {
            Server server = Streams.startServer(EchoTest::echo, "127.0.0.1", 0);
            try (Connection connection = Streams.openConnection("127.0.0.1", server.port())) {
                StreamWriter writer = connection.writer();
                writer.write(0x1ff);
                writer.write(-2);
                writer.writeShort(0x12345);
                writer.writeInt(-3);
                writer.writeLong(Long.MIN_VALUE);
                writer.writeInt(0x01020304);
                writer.write(7);
                writer.writeEof();
                StreamReader reader = connection.reader();
                assertThat(reader.readUnsignedByte()).isEqualTo(255);
                assertThat(reader.readByte()).isEqualTo((byte) -2);
                assertThat(reader.readShort()).isEqualTo((short) 0x2345);
                assertThat(reader.readInt()).isEqualTo(-3);
                assertThat(reader.readLong()).isEqualTo(Long.MIN_VALUE);
                assertThat(reader.readExactly(4)).containsExactly(1, 2, 3, 4);
                assertThatThrownBy(reader::readInt)
                        .isExactlyInstanceOf(IncompleteReadException.class)
                        .extracting(failure -> ((IncompleteReadException) failure).partial())
                        .isEqualTo(new byte[] {7});
            }
            server.close();
            server.waitClosed();
        });
    }

    @Test
    void manyConnectionsAtOnce() throws IOException {
        run(() -> {
            Server server = Streams.startServer(
                    EchoTest::echo, "localhost", 0, ServerOptions.defaults().backlog(1000));
            List<Coroutine<String>> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String text = "client " + i;
                clients.add(() -> {
                    try (Connection connection = Streams.openConnection("localhost", server.port())) {
                        for (int round = 0; round < 20; round++) {
                            connection.writer().write(text + "\n");
                            connection.writer().drain();
                            assertThat(connection.reader().readLine()).isEqualTo(text);
                        }
                    }
                    return text;
                });
            }
            assertThat(gather(clients).await()).hasSize(200).contains("client 199");
            server.close();
            server.waitClosed();
        });
    }

    @Test
    void unixSockets(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("socket");
        run(() -> {
            Server server = Streams.startUnixServer(EchoTest::echo, path);
            try (Connection connection = Streams.openUnixConnection(path)) {
                connection.writer().write("hello\n");
                assertThat(connection.reader().readLine()).isEqualTo("hello");
            }
            server.close();
            server.waitClosed();
        });
        assertThat(path).doesNotExist();
    }
}
