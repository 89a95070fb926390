package io.asyncio4j.testing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.usage.SameOutcome.Program;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The same programs on the network in memory and on the machine's, with the same outcome of every
/// step.
final class MemoryNetworkLikeSocketsTest {
    private static final String IO = "asyncio4j.io";
    private static final int MUCH = 15_000_000;

    private static final Map<String, Program> PROGRAMS = new LinkedHashMap<>();

    static {
        writingToAPeerThatIsGone();
        afterACloseOfOnesOwn();
        endsAndAnswers();
        servers();
    }

    private static void writingToAPeerThatIsGone() {
        PROGRAMS.put("write to a peer that has closed", on -> {
            on.served.close();
            on.reads(on.client);
            for (String text : new String[] {"a", "b", "c", "d"}) {
                on.writes(on.client, text);
                on.settle();
                on.shows(on.client);
            }
            on.reads(on.client);
            on.isClosed(on.client);
        });
        PROGRAMS.put("write to a peer that has closed, without a pause", on -> {
            on.served.close();
            on.reads(on.client);
            on.settle();
            for (String text : new String[] {"a", "b", "c", "d"}) {
                on.writes(on.client, text);
                Asyncio.sleep(Duration.ZERO);
            }
            on.isClosed(on.client);
        });
        PROGRAMS.put("write to a peer that has closed, without reading its end", on -> {
            on.served.close();
            on.settle();
            for (String text : new String[] {"a", "b", "c"}) {
                on.writes(on.client, text);
                on.settle();
            }
            on.reads(on.client);
            on.isClosed(on.client);
        });
        PROGRAMS.put("write to a peer that has aborted", on -> {
            on.served.writer().abort();
            on.settle();
            on.shows(on.client);
            for (String text : new String[] {"a", "b", "c"}) {
                on.writes(on.client, text);
                on.settle();
            }
            on.reads(on.client);
            on.isClosed(on.client);
        });
        PROGRAMS.put("write to a peer that closes without having read", on -> {
            on.client.writer().write("unread");
            on.settle();
            on.served.close();
            on.settle();
            on.reads(on.client);
            on.writes(on.client, "a");
            on.settle();
            on.writes(on.client, "b");
            on.isClosed(on.client);
            on.isClosed(on.served);
        });
        PROGRAMS.put("close, then the peer writes", on -> {
            on.client.close();
            on.settle();
            on.writes(on.served, "a");
            on.settle();
            on.writes(on.served, "b");
            on.reads(on.served);
            on.isClosed(on.served);
        });
        PROGRAMS.put("end, close, then the peer writes", on -> {
            on.client.writer().writeEof();
            on.settle();
            on.client.close();
            on.settle();
            for (String text : new String[] {"a", "b", "c"}) {
                on.writes(on.served, text);
                on.settle();
            }
            on.reads(on.served);
            on.isClosed(on.served);
        });
    }

    private static void afterACloseOfOnesOwn() {
        PROGRAMS.put("drain after close", on -> {
            on.client.writer().write("a");
            on.client.close();
            on.drains(on.client);
            on.drains(on.client);
            on.settle();
            on.drains(on.client);
            on.writes(on.client, "b");
            on.isClosed(on.client);
            on.readsAll(on.served);
        });
        PROGRAMS.put("drain and drain after close", on -> {
            on.client.close();
            for (int i = 0; i < 4; i++) {
                on.drains(on.client);
                on.shows(on.client);
            }
        });
        PROGRAMS.put("drain after abort", on -> {
            on.client.writer().write("a");
            on.client.writer().abort();
            on.drains(on.client);
            on.drains(on.client);
            on.isClosed(on.client);
            on.settle();
            on.readsAll(on.served);
            on.isClosed(on.served);
        });
        PROGRAMS.put("close while draining", on -> {
            Task<String> draining = Asyncio.createTask(() -> {
                on.client.writer().write(new byte[MUCH]);
                on.client.writer().drain();
                return "drained";
            });
            on.settle();
            on.client.close();
            Task<byte[]> reading = Asyncio.createTask(() -> on.served.reader().readAll());
            on.note("drain", draining::await);
            on.isClosed(on.client);
            on.note("read", reading::await);
        });
        PROGRAMS.put("abort while draining", on -> {
            Task<String> draining = Asyncio.createTask(() -> {
                on.client.writer().write(new byte[MUCH]);
                on.client.writer().drain();
                return "drained";
            });
            on.settle();
            on.client.writer().abort();
            on.note("drain", draining::await);
            on.isClosed(on.client);
        });
        PROGRAMS.put("read after close", on -> {
            on.served.writer().write("abc");
            on.settle();
            on.client.close();
            on.reads(on.client);
            on.settle();
            on.reads(on.client);
            on.readsAll(on.client);
            on.shows(on.client);
        });
        PROGRAMS.put("close while reading", on -> {
            Task<byte[]> reading = Asyncio.createTask(() -> on.client.reader().read(2));
            Asyncio.sleep(Duration.ZERO);
            on.client.close();
            on.note("read", reading::await);
            on.isClosed(on.client);
        });
        PROGRAMS.put("abort while reading", on -> {
            Task<byte[]> reading = Asyncio.createTask(() -> on.client.reader().readAll());
            Asyncio.sleep(Duration.ZERO);
            on.client.writer().abort();
            on.note("read", reading::await);
            on.isClosed(on.client);
        });
        PROGRAMS.put("close twice, and go on", on -> {
            on.client.close();
            on.client.close();
            on.writes(on.client, "a");
            on.note("end", () -> {
                on.client.writer().writeEof();
                return "ended";
            });
            on.isClosed(on.client);
            on.isClosed(on.client);
            on.writes(on.client, "b");
            on.note("writer", () -> on.client.writer());
            on.note("reader", () -> on.client.reader());
        });
    }

    private static void endsAndAnswers() {
        PROGRAMS.put("ask, end, answer", on -> {
            on.client.writer().write("question");
            on.client.writer().writeEof();
            on.readsAll(on.served);
            on.writes(on.served, "answer");
            on.served.close();
            on.readsAll(on.client);
            on.shows(on.client);
            on.shows(on.served);
            on.isClosed(on.served);
            on.isClosed(on.client);
            on.client.close();
            on.isClosed(on.client);
        });
        PROGRAMS.put("write after the end", on -> {
            on.client.writer().writeEof();
            on.writes(on.client, "a");
            on.drains(on.client);
        });
        PROGRAMS.put("both end", on -> {
            on.client.writer().writeEof();
            on.served.writer().writeEof();
            on.readsAll(on.client);
            on.readsAll(on.served);
            on.settle();
            on.shows(on.client);
            on.isClosed(on.client);
            on.client.close();
            on.isClosed(on.client);
            on.served.close();
            on.isClosed(on.served);
        });
        PROGRAMS.put("end, and the peer goes", on -> {
            on.client.writer().writeEof();
            on.served.close();
            on.settle();
            on.readsAll(on.client);
            on.drains(on.client);
            on.isClosed(on.client);
            on.client.close();
            on.isClosed(on.client);
        });
        PROGRAMS.put("the peer ends, and is written to", on -> {
            on.served.writer().writeEof();
            on.readsAll(on.client);
            for (String text : new String[] {"a", "b", "c"}) {
                on.writes(on.client, text);
            }
            on.note("read", () -> on.served.reader().readExactly(3));
            on.client.close();
            on.readsAll(on.served);
            on.isClosed(on.client);
        });
        PROGRAMS.put("the peer closes, and nobody reads", on -> {
            on.served.close();
            on.isClosed(on.client);
            on.shows(on.client);
            on.reads(on.client);
            on.client.close();
            on.isClosed(on.client);
        });
        PROGRAMS.put("much, to a slow reader", on -> {
            Task<String> writing = Asyncio.createTask(() -> {
                for (int i = 0; i < 200; i++) {
                    on.client.writer().write(new byte[65_536]);
                    on.client.writer().drain();
                }
                on.client.close();
                return "written";
            });
            on.settle();
            on.readsAll(on.served);
            on.note("write", writing::await);
        });
    }

    private static void servers() {
        PROGRAMS.put("the server closes its clients", on -> {
            on.server.closeClients();
            on.readsAll(on.served);
            on.readsAll(on.client);
            on.writes(on.served, "a");
            on.writes(on.client, "a");
            on.settle();
            on.writes(on.client, "b");
            on.isClosed(on.served);
            on.isClosed(on.client);
        });
        PROGRAMS.put("the server aborts its clients", on -> {
            on.server.abortClients();
            on.readsAll(on.client);
            on.writes(on.served, "a");
            on.settle();
            on.writes(on.client, "a");
            on.isClosed(on.served);
            on.isClosed(on.client);
        });
        PROGRAMS.put("nobody listens", on -> {
            int port = on.server.port();
            on.server.close();
            on.settle();
            on.note("connect", () -> {
                try (Connection impossible = Streams.openConnection("127.0.0.1", port)) {
                    return impossible;
                }
            });
        });
    }

    static Stream<Arguments> programs() {
        return PROGRAMS.keySet().stream()
                .flatMap(name -> Stream.of("nio", "epoll", "io_uring").map(io -> Arguments.of(name, io)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("programs")
    void everyStepHasTheSameOutcome(String name, String io) throws Exception {
        Assumptions.assumeTrue(
                switch (io) {
                    case "epoll" -> Epoll.isAvailable();
                    case "io_uring" -> IoUring.isAvailable();
                    default -> true;
                },
                io + " does not work here");
        Program program = PROGRAMS.get(name);
        String before = System.getProperty(IO);
        System.setProperty(IO, io);
        try {
            assertThat(SameOutcome.inMemory(program)).isEqualTo(SameOutcome.onSockets(program));
        } finally {
            if (before == null) {
                System.clearProperty(IO);
            } else {
                System.setProperty(IO, before);
            }
        }
    }
}
