package io.asyncio4j.web.websocket;

import static io.asyncio4j.web.websocket.ClientFrames.deflated;
import static io.asyncio4j.web.websocket.ClientFrames.frame;
import static io.asyncio4j.web.websocket.ClientFrames.hex;
import static io.asyncio4j.web.websocket.ClientFrames.join;
import static io.asyncio4j.web.websocket.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeflateTest {
    private static final PermessageDeflate SHARED = new PermessageDeflate(false, "");
    private static final PermessageDeflate FRESH = new PermessageDeflate(true, "");

    private static @Nullable PermessageDeflate chosen(String offers) throws Refusal {
        return PermessageDeflate.choose(HeaderList.parse("x", List.of(offers)));
    }

    @ParameterizedTest
    @CsvSource({
        "permessage-deflate, permessage-deflate; server_no_context_takeover",
        "permessage-deflate; client_max_window_bits, permessage-deflate; server_no_context_takeover",
        "permessage-deflate;client_max_window_bits = 8, permessage-deflate; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=\"15\","
                + "permessage-deflate; server_no_context_takeover; server_max_window_bits=15",
        "x; permessage-deflate; client_no_context_takeover,",
        "permessage-deflate; client_no_context_takeover,"
                + "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
    })
    void anOfferIsMet(String offer, @Nullable String answer) throws Refusal {
        PermessageDeflate deflate = chosen(offer);
        assertThat(deflate == null ? null : deflate.answer()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server_max_window_bits=16",
                "server_max_window_bits=08",
                "server_max_window_bits",
                "server_max_window_bits=10",
                "client_max_window_bits=7",
                "client_max_window_bits=+9",
                "server_no_context_takeover=1",
                "client_no_context_takeover=\"x\"",
                "server_no_context_takeover; server_no_context_takeover",
                "foo"
            })
    void anotherOfferIsDeclined(String parameters) throws Refusal {
        assertThat(chosen("permessage-deflate; " + parameters)).isNull();
        assertThat(chosen("permessage-deflate; " + parameters + ", y, permessage-deflate"))
                .isNotNull();
    }

    @Test
    void messagesShareAWindowOrDoNot() {
        byte[] first = frame(0xC1, hex("f248cdc9c90700"));
        byte[] second = frame(0xC1, hex("f200110000"));
        assertThat(FrameParserTest.parsed(join(first, second), SHARED)).isEqualTo("text:Hello text:Hello");
        assertThat(FrameParserTest.parsed(join(first, second), FRESH)).isEqualTo("text:Hello fault:1007");
        assertThat(FrameParserTest.parsed(join(first, text("plain"), first), FRESH))
                .isEqualTo("text:Hello text:plain text:Hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"f348cdc9c9070000", "f348cdc9c90700", "f24805000000ffffcac9c90700", "00050000faff48656c6c6f00"})
    void blocksOfAllKindsAreUnpacked(String hello) {
        byte[] message = frame(0xC1, hex(hello));
        String expected = hello.startsWith("0005") ? "fault:1007" : "text:Hello text:Hello";
        assertThat(FrameParserTest.parsed(join(message, message), SHARED)).isEqualTo(expected);
    }

    @Test
    void whatFollowsAFinalBlockMayReferToIt() {
        byte[] first = frame(0xC1, hex("f348cdc9c9070000"));
        assertThat(FrameParserTest.parsed(join(first, frame(0xC1, hex("f200110000"))), SHARED))
                .isEqualTo("text:Hello text:Hello");
    }

    @Test
    void fragmentsAreUnpackedTogether() {
        byte[] message = join(frame(0x41, hex("f248cd")), frame(0, new byte[0]), frame(0x80, hex("c9c90700")));
        assertThat(FrameParserTest.parsed(message, SHARED)).isEqualTo("text:Hello");
    }

    @Test
    void onlyTheFirstFragmentIsMarked() {
        byte[] message = join(frame(0x41, hex("f248cd")), frame(0xC0, hex("c9c90700")));
        assertThat(FrameParserTest.parsed(message, SHARED)).isEqualTo("fault:1002");
    }

    @Test
    void theLimitIsForWhatWasUnpacked() {
        assertThat(FrameParserTest.parsed(frame(0xC2, deflated(new byte[1000])), SHARED))
                .isEqualTo("bin:1000");
        assertThat(FrameParserTest.parsed(frame(0xC2, deflated(new byte[1001])), SHARED))
                .isEqualTo("fault:1009");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffff", "06", "f200110000"})
    void whatIsNotDeflateIsAFault(String bytes) {
        assertThat(FrameParserTest.parsed(frame(0xC2, hex(bytes)), SHARED)).isEqualTo("fault:1007");
    }

    @Test
    void endlessFinalBlocksAreAFault() {
        assertThat(FrameParserTest.parsed(frame(0xC2, hex("0300".repeat(100))), SHARED))
                .isEqualTo("fault:1007");
    }

    @Test
    void aMessageIsPackedIfThatGainsSomething() throws Exception {
        byte[] zeros = new byte[900];
        byte[] packed = Deflation.pack(zeros);
        assertThat(packed).isNotNull().hasSizeLessThan(20);
        assertThat(FrameParserTest.parsed(frame(0xC2, packed), FRESH)).isEqualTo("bin:900");

        byte[] noise = new byte[900];
        new Random(1).nextBytes(noise);
        assertThat(Deflation.pack(noise)).isNull();
        assertThat(Deflation.pack(new byte[10])).isNull();
    }
}
