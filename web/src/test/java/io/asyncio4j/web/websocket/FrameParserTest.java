package io.asyncio4j.web.websocket;

import static io.asyncio4j.web.websocket.ClientFrames.binary;
import static io.asyncio4j.web.websocket.ClientFrames.close;
import static io.asyncio4j.web.websocket.ClientFrames.frame;
import static io.asyncio4j.web.websocket.ClientFrames.hex;
import static io.asyncio4j.web.websocket.ClientFrames.join;
import static io.asyncio4j.web.websocket.ClientFrames.ping;
import static io.asyncio4j.web.websocket.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.WebSocketMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameParserTest {
    private static final int LIMIT = 1000;

    /// What a parser makes of bytes in one piece, which must be the same byte by byte.
    private static String parsed(byte[] bytes) {
        return parsed(bytes, null);
    }

    static String parsed(byte[] bytes, @Nullable PermessageDeflate deflate) {
        String whole = parsed(bytes, bytes.length, deflate);
        assertThat(parsed(bytes, 1, deflate)).isEqualTo(whole);
        return whole;
    }

    private static String parsed(byte[] bytes, int size, @Nullable PermessageDeflate deflate) {
        StringBuilder seen = new StringBuilder();
        try (FrameParser parser = new FrameParser(LIMIT, deflate)) {
            for (int at = 0; at < bytes.length; at += size) {
                parser.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
                for (Incoming next = parser.next(); next != null; next = parser.next()) {
                    seen.append(describe(next)).append(' ');
                }
            }
        } catch (ProtocolFault fault) {
            seen.append("fault:").append(fault.code());
        }
        return seen.toString().strip();
    }

    private static String describe(Incoming incoming) {
        return switch (incoming) {
            case Incoming.Pause _ -> "pause";
            case Incoming.Ping(byte[] payload) -> "ping:" + new String(payload, StandardCharsets.UTF_8);
            case Incoming.Pong(byte[] payload) -> "pong:" + new String(payload, StandardCharsets.UTF_8);
            case Incoming.Close(int code, String reason) -> "close:" + code + reason;
            case Incoming.Data(WebSocketMessage.Text(String text), int _) ->
                "text:" + (text.length() > 20 ? "#" + text.length() : text);
            case Incoming.Data(WebSocketMessage.Binary(byte[] data), int _) -> "bin:" + data.length;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 999, 1000})
    void messagesOfAllLengthsAreUnmasked(int length) {
        assertThat(parsed(frame(0x82, new byte[length]))).isEqualTo("bin:" + length);
    }

    @Test
    void fragmentsAreJoinedWithControlFramesBetween() {
        byte[] fragments =
                join(frame(0x01, "hel".getBytes(StandardCharsets.UTF_8)), ping("p"), frame(0x80, hex("6c6f")));
        assertThat(parsed(join(fragments, text("x"), close(4000)))).isEqualTo("ping:p text:hello text:x close:4000");
    }

    @Test
    void aCharacterMayBeCutByFragments() {
        byte[] smile = join(frame(0x01, hex("f0")), frame(0, hex("9f98")), frame(0x80, hex("80")));
        assertThat(parsed(smile)).isEqualTo("text:😀");
    }

    /// Frames without their mask key of zeros, and the code to close with.
    @ParameterizedTest
    @CsvSource({
        "8105, 0", // nothing is known before the mask
        "8101, 1002", // as the mask is missing
        "a180, 1002", // RSV2
        "c180, 1002", // RSV1 without compression
        "9980, 1002", // RSV3 of a ping
        "8380, 1002", // reserved
        "8b80, 1002",
        "0980, 1002", // a ping in fragments
        "89fe007e, 1002", // and one that is too long
        "8080, 1002", // a continuation of nothing
        "81fe007d, 1002", // lengths in more bytes than they need
        "81ff000000000000ffff, 1002",
        "81ff8000000000000001, 1002",
        "81ff7fffffffffffffff, 1009",
        "82fe03e9, 1009",
        "888100000000aa, 1002", // half a code
        "88820000000003ed, 1002", // 1005
        "888200000000ffff, 1002",
        "88830000000003e8ff, 1007",
        "818100000000ff, 1007",
        "81a000000000c328, 1007", // before the frame is complete
        "818100000000e2, 1007"
    })
    void whatAClientMustNotSendIsAFault(String frame, int code) {
        String expected = code == 0 ? "fault:1002" : "fault:" + code;
        assertThat(parsed(hex(frame))).isEqualTo(expected);
    }

    @Test
    void messagesMustNotBeMixed() {
        assertThat(parsed(join(frame(0x01, new byte[0]), text("x")))).isEqualTo("fault:1002");
        assertThat(parsed(join(text("one"), frame(0x80, hex("61"))))).isEqualTo("text:one fault:1002");
    }

    @Test
    void fragmentsCountTogetherForTheLimit() {
        assertThat(parsed(join(frame(0x02, new byte[600]), frame(0x80, new byte[401]))))
                .isEqualTo("fault:1009");
        assertThat(parsed(join(frame(0x02, new byte[600]), frame(0x80, new byte[400]))))
                .isEqualTo("bin:1000");
    }

    @Test
    void fragmentsWithoutBytesCountAsWell() {
        byte[][] frames = new byte[20_000][];
        Arrays.fill(frames, frame(0, new byte[0]));
        frames[0] = frame(0x02, new byte[0]);
        assertThat(parsed(join(frames))).isEqualTo("fault:1009");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3a4", "f09f9880", "dfbf", "efbfbf", "f0908080", "ed9fbf", "ee8080", "7f", "f48fbfbf", ""})
    void textIsUtf8(String bytes) {
        assertThat(parsed(frame(0x81, hex(bytes)))).startsWith("text:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c080", "e080af", "f08080af", "f4908080", "f5808080", "fe", "80", "eda080", "edbfbf", "e28228"})
    void otherTextIsAFault(String bytes) {
        assertThat(parsed(frame(0x81, hex("6162636465666768" + bytes)))).isEqualTo("fault:1007");
        assertThat(parsed(frame(0x82, hex(bytes)))).isEqualTo("bin:" + bytes.length() / 2);
    }

    @Test
    void aCloseFrameMayBeEmpty() {
        assertThat(parsed(frame(0x88, new byte[0]))).isEqualTo("close:1005");
        assertThat(parsed(join(binary((byte) 1), frame(0x88, hex("03e8627965")))))
                .isEqualTo("bin:1 close:1000bye");
    }
}
