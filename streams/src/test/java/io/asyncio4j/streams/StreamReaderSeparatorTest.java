package io.asyncio4j.streams;

import static io.asyncio4j.streams.Bounded.settle;
import static io.asyncio4j.streams.StreamReaderTest.feed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.streams.bytes.ByteInput;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/// Reading lines, and up to other separators.
final class StreamReaderSeparatorTest {
    private final StreamReaderTest.Notes source = new StreamReaderTest.Notes();

    private StreamReader reader(int limit) {
        return new StreamReader(new ByteInput(EventLoop.access(), limit, source));
    }

    private StreamReader reader(int limit, String text) {
        StreamReader reader = reader(limit);
        feed(reader, text);
        return reader;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String until(StreamReader reader, String... separators) throws Exception {
        byte[][] all = new byte[separators.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes(separators[i]);
        }
        return new String(reader.readUntil(all), UTF_8);
    }

    // ------------------------------------------------------------------ lines

    @Test
    void linesEndWithANewlineOrWithCarriageReturnAndNewline() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "one\ntwo\r\n\n\r\na\rb\n\r");
            reader.input.feedEof();
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            assertThat(lines).containsExactly("one", "two", "", "", "a\rb", "\r");
            assertThat(reader.atEof()).isTrue();
        });
    }

    @Test
    void aLineMayComeInPieces() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<String> reading = Asyncio.createTask(() -> String.valueOf(reader.readLine()));
            for (String piece : List.of("a", "b", "c\r", "\nd")) {
                settle();
                assertThat(reading.isDone()).isFalse();
                feed(reader, piece);
            }
            assertThat(reading.await()).isEqualTo("abc");
            assertThat(reader.read(10)).isEqualTo(bytes("d"));
        });
    }

    @Test
    void theLastLineMayLackItsNewline() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "one\ntwo");
            reader.input.feedEof();
            assertThat(reader.readLine()).isEqualTo("one");
            assertThat(reader.readLine()).isEqualTo("two");
            assertThat(reader.readLine()).isNull();
            assertThat(reader.readLine()).isNull();
        });
    }

    @Test
    void lineBytesHaveTheirNewline() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "one\r\ntwo");
            reader.input.feedEof();
            assertThat(reader.readLineBytes()).isEqualTo(bytes("one\r\n"));
            assertThat(reader.readLineBytes()).isEqualTo(bytes("two"));
            assertThat(reader.readLineBytes()).isEmpty();
        });
    }

    @Test
    void aLineIsReadInItsCharset() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            reader.input.feed(new byte[] {(byte) 0xe9, '\n', (byte) 0xc3, (byte) 0xa9, '\n'}, 0, 5);
            assertThat(reader.readLine(ISO_8859_1)).isEqualTo("\u00e9");
            assertThat(reader.readLine()).isEqualTo("\u00e9");
        });
    }

    @Test
    void aLineThatIsTooLongIsDroppedUpToItsNewline() {
        Bounded.run(() -> {
            StreamReader reader = reader(4, "12345\nnext\n");
            assertThatThrownBy(reader::readLine)
                    .isInstanceOfSatisfying(
                            LimitOverrunException.class,
                            overrun -> assertThat(overrun.consumed()).isEqualTo(5))
                    .hasMessage("The separator is there, but only after 5 bytes, and the limit is 4");
            assertThat(reader.readLine()).isEqualTo("next");
        });
    }

    @Test
    void aLineThatIsTooLongAndHasNotEndedIsDroppedAsFarAsItHasCome() {
        Bounded.run(() -> {
            StreamReader reader = reader(4, "12345");
            assertThatThrownBy(reader::readLine)
                    .isInstanceOfSatisfying(
                            LimitOverrunException.class,
                            overrun -> assertThat(overrun.consumed()).isEqualTo(5))
                    .hasMessage("No separator in the first 5 bytes, and the limit is 4");
            feed(reader, "67\nnext\n");
            assertThat(reader.readLine()).isEqualTo("67");
            assertThat(reader.readLine()).isEqualTo("next");
        });
    }

    @Test
    void aLineMayBeAsLongAsTheLimit() {
        Bounded.run(() -> {
            StreamReader reader = reader(4, "1234\n1234");
            assertThat(reader.readLine()).isEqualTo("1234");
            Task<String> reading = Asyncio.createTask(() -> String.valueOf(reader.readLine()));
            settle();
            feed(reader, "\n");
            assertThat(reading.await()).isEqualTo("1234");
        });
    }

    @Test
    void droppingALineThatIsTooLongLetsThePeerGoOn() {
        Bounded.run(() -> {
            StreamReader reader = reader(2, "1234567");
            assertThat(source.asked).containsExactly("pause");
            assertThatThrownBy(reader::readLine).isExactlyInstanceOf(LimitOverrunException.class);
            assertThat(source.asked).containsExactly("pause", "resume");
        });
    }

    // ------------------------------------------------------------------ lines()

    @Test
    void linesCanBeIteratedOver() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<List<String>> reading = Asyncio.createTask(() -> {
                List<String> lines = new ArrayList<>();
                reader.lines().forEach(lines::add);
                return lines;
            });
            for (String piece : List.of("one\ntw", "o\n", "three")) {
                settle();
                feed(reader, piece);
            }
            reader.input.feedEof();
            assertThat(reading.await()).containsExactly("one", "two", "three");
        });
    }

    @Test
    void theIteratorOverLinesEndsWithTheStream() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "one\n");
            reader.input.feedEof();
            Iterator<String> lines = reader.lines().iterator();
            assertThat(lines.next()).isEqualTo("one");
            assertThat(lines.hasNext()).isFalse();
            assertThatThrownBy(lines::next)
                    .isExactlyInstanceOf(NoSuchElementException.class)
                    .hasMessage("The stream has ended");
        });
    }

    @Test
    void theIteratorOverLinesFailsWithTheConnection() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "one\n");
            reader.input.fail(new SocketException("lost"));
            assertThatThrownBy(reader.lines().iterator()::hasNext)
                    .isExactlyInstanceOf(UncheckedIOException.class)
                    .hasCauseExactlyInstanceOf(SocketException.class);
        });
    }

    // ------------------------------------------------------------------ separators

    @Test
    void readUntilGivesTheSeparatorToo() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "one--two--three");
            assertThat(until(reader, "--")).isEqualTo("one--");
            assertThat(new String(reader.readUntil("--"), UTF_8)).isEqualTo("two--");
            assertThat(reader.read(100)).isEqualTo(bytes("three"));
        });
    }

    @Test
    void aSeparatorMayComeInPieces() {
        Bounded.run(() -> {
            StreamReader reader = reader(16);
            Task<String> reading = Asyncio.createTask(() -> until(reader, "<end>"));
            for (String piece : List.of("a<", "en<e", "n", "d", "><end>")) {
                settle();
                assertThat(reading.isDone()).isFalse();
                feed(reader, piece);
            }
            assertThat(reading.await()).isEqualTo("a<en<end>");
            assertThat(until(reader, "<end>")).isEqualTo("<end>");
        });
    }

    @Test
    void anEmptySeparatorIsRefused() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "a");
            for (byte[][] separators : List.of(new byte[][] {}, new byte[][] {{}}, new byte[][] {{'a'}, {}})) {
                assertThatThrownBy(() -> reader.readUntil(separators))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessage("readUntil needs at least one separator, and none may be empty");
            }
        });
    }

    @Test
    void theSeparatorThatEndsFirstCounts() {
        Bounded.run(() -> {
            assertThat(until(reader(16, "abcdef"), "cd", "b")).isEqualTo("ab");
            assertThat(until(reader(16, "abcdef"), "abcde", "cd")).isEqualTo("abcd");
            assertThat(until(reader(16, "a\r\nb"), "\n", "\r\n")).isEqualTo("a\r\n");
            assertThat(until(reader(16, "a\r\nb"), "\r\n", "\r")).isEqualTo("a\r");
            assertThat(until(reader(16, "xxABCxx"), "ABCx", "BC")).isEqualTo("xxABC");
        });
    }

    @Test
    void theSeparatorThatEndsFirstIsFoundAcrossPieces() {
        Bounded.run(() -> {
            StreamReader reader = reader(32);
            Task<String> reading = Asyncio.createTask(() -> until(reader, "<longest>", ";"));
            for (String piece : List.of("ab<lon", "gest", "<;>")) {
                settle();
                assertThat(reading.isDone()).isFalse();
                feed(reader, piece);
            }
            assertThat(reading.await()).isEqualTo("ab<longest<;");
        });
    }

    @Test
    void atTheEndWithoutASeparatorItFailsWithWhatCame() {
        Bounded.run(() -> {
            StreamReader reader = reader(16, "some");
            reader.input.feedEof();
            assertThatThrownBy(() -> until(reader, "!"))
                    .isInstanceOfSatisfying(IncompleteReadException.class, failure -> {
                        assertThat(failure.partial()).isEqualTo(bytes("some"));
                        assertThat(failure.expected()).isEmpty();
                    })
                    .hasMessage("The stream ended after 4 bytes, before a separator");
            assertThat(reader.atEof()).isTrue();
        });
    }

    @Test
    void aSeparatorBeyondTheLimitLeavesTheBytes() {
        Bounded.run(() -> {
            StreamReader reader = reader(4, "12345!!");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> until(reader, "!!"))
                        .isInstanceOfSatisfying(
                                LimitOverrunException.class,
                                overrun -> assertThat(overrun.consumed()).isEqualTo(5))
                        .hasMessage("The separator is there, but only after 5 bytes, and the limit is 4");
            }
            assertThat(reader.readExactly(5)).isEqualTo(bytes("12345"));
            assertThat(until(reader, "!!")).isEqualTo("!!");
        });
    }

    @Test
    void withoutASeparatorWithinTheLimitWhatMayBeginOneIsNotCounted() {
        Bounded.run(() -> {
            StreamReader reader = reader(4, "12345!");
            assertThatThrownBy(() -> until(reader, "!!"))
                    .isInstanceOfSatisfying(
                            LimitOverrunException.class,
                            overrun -> assertThat(overrun.consumed()).isEqualTo(5))
                    .hasMessage("No separator in the first 5 bytes, and the limit is 4");
            assertThat(reader.readExactly(5)).isEqualTo(bytes("12345"));
            feed(reader, "!");
            assertThat(until(reader, "!!")).isEqualTo("!!");
        });
    }

    @Test
    void theLimitIsWithoutTheSeparator() {
        Bounded.run(() -> {
            assertThat(until(reader(4, "1234<separator>"), "<separator>")).isEqualTo("1234<separator>");
            StreamReader reader = reader(4, "1234<separato");
            Task<String> reading = Asyncio.createTask(() -> until(reader, "<separator>"));
            settle();
            assertThat(reading.isDone()).isFalse();
            feed(reader, "r>");
            assertThat(reading.await()).isEqualTo("1234<separator>");
        });
    }
}
