package io.asyncio4j.streams;

import static io.asyncio4j.streams.Bounded.settle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.streams.bytes.ByteInput;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Reading bytes, without a socket. Lines and separators: [StreamReaderSeparatorTest].
final class StreamReaderTest {
    /// Notes what the reader asks of what feeds it.
    static final class Notes implements ByteInput.Source {
        @Override
        public String name() {
            return "notes";
        }

        final List<String> asked = new ArrayList<>();

        @Override
        public void pauseReading() {
            asked.add("pause");
        }

        @Override
        public void resumeReading() {
            asked.add("resume");
        }
    }

    private final Notes source = new Notes();

    private StreamReader reader(int limit) {
        return new StreamReader(new ByteInput(EventLoop.access(), limit, source));
    }

    static void feed(StreamReader reader, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        reader.input.feed(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void readGivesWhatIsThere() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            feed(reader, "abc");
            feed(reader, "def");
            assertThat(text(reader.read(100))).isEqualTo("abcdef");
        });
    }

    @Test
    void readGivesNoMoreThanAskedFor() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            feed(reader, "abcdef");
            assertThat(text(reader.read(4))).isEqualTo("abcd");
            assertThat(text(reader.read(4))).isEqualTo("ef");
        });
    }

    @Test
    void readWaitsForTheFirstBytes() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.read(10));
            settle();
            assertThat(reading.isDone()).isFalse();
            feed(reader, "abc");
            assertThat(text(reading.await())).isEqualTo("abc");
        });
    }

    @Test
    void readOfNothingDoesNotWait() {
        Bounded.run(() -> assertThat(reader(16).read(0)).isEmpty());
    }

    @Test
    void readAtTheEndGivesNothing() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            feed(reader, "abc");
            reader.input.feedEof();
            assertThat(text(reader.read(2))).isEqualTo("ab");
            assertThat(text(reader.read(2))).isEqualTo("c");
            assertThat(reader.read(2)).isEmpty();
            assertThat(reader.read(2)).isEmpty();
        });
    }

    @Test
    void theEndWakesAReader() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.read(10));
            settle();
            reader.input.feedEof();
            assertThat(reading.await()).isEmpty();
        });
    }

    @Test
    void bytesAfterTheEndAreIgnored() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            reader.input.feedEof();
            feed(reader, "late");
            assertThat(reader.read(10)).isEmpty();
            assertThat(reader.atEof()).isTrue();
        });
    }

    @Test
    void aNegativeNumberIsRefused() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            String text = "The number of bytes to read must not be negative, but is -1; readAll() reads to the end";
            assertThatThrownBy(() -> reader.read(-1))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(text);
            assertThatThrownBy(() -> reader.readExactly(-1))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(text);
        });
    }

    // ------------------------------------------------------------------ all, and an exact number

    @Test
    void readAllReadsToTheEndHoweverMuchThatIs() {
        Bounded.run(() -> {
            StreamReader reader = reader(4);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.readAll());
            StringBuilder sent = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                feed(reader, "chunk " + i + ";");
                sent.append("chunk ").append(i).append(';');
                settle();
            }
            assertThat(reading.isDone()).isFalse();
            reader.input.feedEof();
            assertThat(text(reading.await())).isEqualTo(sent.toString());
            assertThat(reader.readAll()).isEmpty();
        });
    }

    @Test
    void readExactlyWaitsForTheLastByte() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.readExactly(6));
            feed(reader, "abc");
            settle();
            assertThat(reading.isDone()).isFalse();
            feed(reader, "defg");
            assertThat(text(reading.await())).isEqualTo("abcdef");
            assertThat(text(reader.read(10))).isEqualTo("g");
        });
    }

    @Test
    void readExactlyMayExceedTheLimit() {
        Bounded.run(() -> {
            StreamReader reader = reader(4);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.readExactly(100));
            for (int i = 0; i < 10; i++) {
                settle();
                feed(reader, "0123456789");
            }
            assertThat(reading.await()).hasSize(100);
        });
    }

    @Test
    void readExactlyOfNothingDoesNotWait() {
        Bounded.run(() -> assertThat(reader(16).readExactly(0)).isEmpty());
    }

    @Test
    void readExactlyFailsAtTheEndWithWhatCame() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            feed(reader, "abc");
            reader.input.feedEof();
            assertThatThrownBy(() -> reader.readExactly(5))
                    .isInstanceOfSatisfying(IncompleteReadException.class, failure -> {
                        assertThat(failure.partial()).isEqualTo("abc".getBytes(UTF_8));
                        assertThat(failure.expected()).hasValue(5);
                    })
                    .hasMessage("The stream ended after 3 bytes, of the 5 expected");
            assertThat(reader.atEof()).isTrue();
        });
    }

    @Test
    void thePartialBytesOfAFailureCannotBeChanged() {
        IncompleteReadException failure = new IncompleteReadException(new byte[] {1, 2}, 3);
        failure.partial()[0] = 9;
        assertThat(failure.partial()).containsExactly(1, 2);
    }

    // ------------------------------------------------------------------ the end

    @Test
    void theStreamIsAtItsEndWhenEverythingWasRead() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            assertThat(reader.atEof()).isFalse();
            feed(reader, "a");
            reader.input.feedEof();
            assertThat(reader.atEof()).isFalse();
            reader.read(1);
            assertThat(reader.atEof()).isTrue();
        });
    }

    @Test
    void aFailureWakesTheReaderAndStays() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.read(10));
            settle();
            SocketException lost = new SocketException("lost");
            reader.input.fail(lost);
            reader.input.fail(new IOException("later"));
            assertThat(Bounded.outcome(reading))
                    .isExactlyInstanceOf(SocketException.class)
                    .hasMessage("lost")
                    .hasNoCause();
            for (Callable<?> read : List.<Callable<?>>of(
                    () -> reader.read(1), () -> reader.read(0), reader::readAll, () -> reader.readExactly(0))) {
                assertThatThrownBy(read::call)
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage("lost")
                        .hasNoCause();
            }
        });
    }

    @Test
    void aFailureComesBeforeBytesThatWereNotRead() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            feed(reader, "abc");
            reader.input.fail(new SocketException("lost"));
            assertThatThrownBy(() -> reader.read(3)).isExactlyInstanceOf(SocketException.class);
        });
    }

    // ------------------------------------------------------------------ holding the peer back

    @Test
    void thePeerIsHeldBackAtMoreThanTwiceTheLimit() {
        Bounded.run(() -> {
            StreamReader reader = reader(4);
            feed(reader, "12345678");
            assertThat(source.asked).isEmpty();
            feed(reader, "9");
            assertThat(source.asked).containsExactly("pause");
            feed(reader, "0");
            assertThat(source.asked).containsExactly("pause");
            reader.read(5);
            assertThat(source.asked).containsExactly("pause");
            reader.read(1);
            assertThat(source.asked).containsExactly("pause", "resume");
        });
    }

    @Test
    void aReaderThatNeedsMoreThanFitsIsNotHeldBack() {
        Bounded.run(() -> {
            StreamReader reader = reader(2);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.readExactly(9));
            settle();
            feed(reader, "12345");
            assertThat(source.asked).containsExactly("pause");
            settle();
            assertThat(source.asked).containsExactly("pause", "resume");
            feed(reader, "6789");
            assertThat(text(reading.await())).isEqualTo("123456789");
            assertThat(source.asked).containsExactly("pause", "resume", "pause", "resume");
        });
    }

    // ------------------------------------------------------------------ tasks

    @Test
    void aSecondReaderIsRefused() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> first = Asyncio.createTask(() -> reader.read(10));
            settle();
            assertThatThrownBy(() -> reader.readExactly(1))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot read from a stream while another task reads from it; let one task read and"
                            + " pass on what came");
            feed(reader, "abc");
            assertThat(text(first.await())).isEqualTo("abc");
        });
    }

    @Test
    void aReaderWhoseBytesWereTakenByAnotherDoesNotSeeAnEnd() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> first = Asyncio.createTask(() -> reader.read(10));
            settle();
            feed(reader, "abc");
            assertThat(text(reader.read(10))).isEqualTo("abc"); // before the first task has its turn
            settle();
            assertThat(first.isDone()).isFalse();
            feed(reader, "def");
            assertThat(text(first.await())).isEqualTo("def");
        });
    }

    @Test
    void aReaderThatWasOvertakenDoesNotMakeTheOtherMissItsBytes() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> first = Asyncio.createTask(() -> reader.read(10));
            settle();
            Task<byte[]> second = Asyncio.createTask(() -> {
                reader.read(10);
                return reader.read(10);
            });
            feed(reader, "abc"); // the first task is ready, but has its turn after the second's
            settle();
            feed(reader, "def");
            settle();
            assertThat(List.of(first.isDone(), second.isDone())).containsExactly(true, true);
            assertThat(first.exception()).isExactlyInstanceOf(IllegalStateException.class);
            assertThat(text(second.await())).isEqualTo("def");
        });
    }

    @Test
    void aCancelledReadHasTakenNothing() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            for (Callable<?> read : List.<Callable<?>>of(
                    () -> reader.readExactly(10), reader::readLine, () -> reader.readUntil("!"), reader::readAll)) {
                Task<?> reading = Asyncio.createTask(read::call);
                feed(reader, "ab");
                settle();
                reading.cancel();
                settle();
                assertThat(reading.isCancelled()).isTrue();
            }
            assertThat(text(reader.read(100))).isEqualTo("abababab");
        });
    }

    @Test
    void aReadThatIsCancelledWhenItsBytesHaveComeHasTakenNothing() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<byte[]> reading = Asyncio.createTask(() -> reader.read(10));
            settle();
            feed(reader, "abc");
            reading.cancel();
            settle();
            assertThat(reading.isCancelled()).isTrue();
            assertThat(text(reader.read(10))).isEqualTo("abc");
        });
    }

    @Test
    void itsTextTellsHowMuchIsThere() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            feed(reader, "abc");
            assertThat(reader).hasToString("StreamReader[3 bytes]");
            reader.input.feedEof();
            assertThat(reader).hasToString("StreamReader[3 bytes, eof]");
            reader.input.fail(new SocketException("lost"));
            assertThat(reader).hasToString("StreamReader[3 bytes, eof, java.net.SocketException: lost]");
        });
    }
}
