package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Generator;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.http.GzipRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GzipTest {
    private static final String ACCEPTING = "Accept-Encoding: deflate, gzip;q=1.0, *;q=0.5\r\n";
    private static final String LONG = "hello world ".repeat(100);

    @TempDir
    Path folder;

    private final WebApp app = WebApp.create();

    GzipTest() {
        app.around(Gzip.create());
        app.get("/long", _ -> Response.text(LONG).header("etag", "\"1\""));
    }

    private Wire.Answer ask(String method, String target, String... headers) throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.ask(method, target, headers);
            return method.equals("HEAD") ? wire.answerToHead() : wire.answer();
        }
    }

    private Wire.Answer get(Response response) throws IOException {
        app.get("/", _ -> response);
        return ask("GET", "/", ACCEPTING);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unpacked(Wire.Answer answer) throws IOException {
        assertThat(answer.header("content-encoding")).isEqualTo("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(answer.body())))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void assertAsItIs(Wire.Answer answer, String vary) {
        assertThat(answer.header("content-encoding")).isEmpty();
        assertThat(answer.header("vary")).isEqualTo(vary);
    }

    // ------------------------------------------------------------------ answers

    @AsyncTest
    void anAnswerIsCompressed() throws IOException {
        Wire.Answer answer = ask("GET", "/long", ACCEPTING);
        assertThat(unpacked(answer)).isEqualTo(LONG);
        assertThat(answer.header("content-length"))
                .isEqualTo(String.valueOf(answer.body().length()));
        assertThat(answer.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.header("etag")).isEqualTo("W/\"1\"");
        assertThat(answer.body().length()).isLessThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "GZip ; Q=0.001|true",
                "x-gzip|true",
                "br, *|true",
                "*;q=0.5, gzip;q=0|false",
                "gzip;q=0|false",
                "gzip;q=0.000|false",
                "*;q=0|false",
                "identity, gzip;q=0.5|false",
                "identity;q=0.5, gzip|true",
                "identity;q=0, *|true",
                "br|false",
                "gzip;q=2|false",
                "gzip;q=x|false",
                ",;,;q|false",
                "gzip;level=1|true",
                "''|false"
            })
    void theClientsWeightsAreHonoured(String header, boolean accepted) {
        assertThat(GzipRules.accepts(List.of(header))).isEqualTo(accepted);
        assertThat(GzipRules.accepts(List.of("br", header))).isEqualTo(accepted);
    }

    @AsyncTest
    void aClientThatDoesNotAcceptItGetsTheAnswerAsItIs() throws IOException {
        Wire.Answer answer = ask("GET", "/long");
        assertAsItIs(answer, "Accept-Encoding");
        assertThat(answer.body()).isEqualTo(LONG);
        assertThat(answer.header("etag")).isEqualTo("\"1\"");
    }

    @AsyncTest
    void headHasTheHeadersOfTheAnswerAsItIs() throws IOException {
        Wire.Answer answer = ask("HEAD", "/long", ACCEPTING);
        assertAsItIs(answer, "Accept-Encoding");
        assertThat(answer.header("content-length")).isEqualTo("1200");
    }

    @AsyncTest
    void whatIsSmallIsLeftAlone() throws IOException {
        app.get("/499", _ -> Response.text("a".repeat(499)));
        app.get("/500", _ -> Response.text("a".repeat(500)));
        app.get("/told", _ -> Response.stream(List.of(bytes("a".repeat(499))), 499));
        assertAsItIs(ask("GET", "/499", ACCEPTING), "");
        assertAsItIs(ask("GET", "/told", ACCEPTING), "");
        assertThat(unpacked(ask("GET", "/500", ACCEPTING))).hasSize(500);
        assertAsItIs(get(Response.empty()), "");
    }

    @AsyncTest
    void aNotFoundThatIsLongEnoughIsCompressedToo() throws IOException {
        WebApp strict = WebApp.create();
        strict.around(Gzip.create().minimumSize(0).level(9));
        strict.get("/", _ -> {
            throw new HttpException(404, LONG);
        });
        try (WebServer _ = Wire.serve(strict);
                Wire wire = new Wire()) {
            Wire.Answer answer = wire.get("/", ACCEPTING).answer();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(unpacked(answer)).isEqualTo("{\"detail\":\"" + LONG + "\"}");
        }
    }

    @AsyncTest
    void anAnswerThatMustNotBeChangedIsLeftAlone() throws IOException {
        Response text = Response.text(LONG);
        assertThat(get(text.header("content-encoding", "br")).header("content-encoding"))
                .isEqualTo("br");
        app.get("/cache", _ -> text.header("cache-control", "public, No-Transform"));
        app.get("/picture", _ -> text.type("image/png"));
        app.get("/drawing", _ -> text.type("image/svg+xml"));
        assertAsItIs(ask("GET", "/cache", ACCEPTING), "");
        assertAsItIs(ask("GET", "/picture", ACCEPTING), "");
        assertThat(unpacked(ask("GET", "/drawing", ACCEPTING))).isEqualTo(LONG);
    }

    @AsyncTest
    void whatDoesNotBecomeSmallerIsLeftAlone() throws IOException {
        byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);
        Wire.Answer answer = get(Response.bytes(noise));
        assertAsItIs(answer, "Accept-Encoding");
        assertThat(bytes(answer.body())).isEqualTo(noise);
    }

    @AsyncTest
    void varyIsAddedToWhatIsThere() throws IOException {
        assertThat(get(Response.text(LONG).header("vary", "Origin")).header("vary"))
                .isEqualTo("Origin, Accept-Encoding");
        app.get("/all", _ -> Response.text(LONG).header("vary", "*"));
        app.get("/same", _ -> Response.text(LONG).header("vary", "accept-encoding, Origin"));
        assertThat(ask("GET", "/all", ACCEPTING).header("vary")).isEqualTo("*");
        assertThat(ask("GET", "/same", ACCEPTING).header("vary")).isEqualTo("accept-encoding, Origin");
    }

    @AsyncTest
    void aLargeAnswerIsCompressedInAnotherThread() throws IOException {
        String large = LONG.repeat(500);
        assertThat(unpacked(get(Response.text(large)))).isEqualTo(large);
    }

    @AsyncTest
    void headersThatMiddlewareOutsideHasSetCount() throws IOException {
        app.around((request, next) -> next.handle(request).header("content-encoding", "br"));
        assertThat(ask("GET", "/long", ACCEPTING).body()).isEqualTo(LONG);
    }

    @AsyncTest
    void addedTwiceItCompressesOnce() throws IOException {
        app.around(Gzip.create().minimumSize(1));
        assertThat(unpacked(ask("GET", "/long", ACCEPTING))).isEqualTo(LONG);
    }

    // ------------------------------------------------------------------ streams

    @AsyncTest
    void everyPieceOfAStreamArrivesWhenItIsMade() throws Exception {
        app.get(
                "/stream",
                _ -> Response.stream(new Generator<>(out -> {
                    out.yield(bytes("first"));
                    sleep(seconds(5));
                    out.yield(bytes("second"));
                })));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/stream", ACCEPTING);
            assertThat(wire.read("\r\n\r\n")).contains("content-encoding: gzip\r\n", "transfer-encoding: chunked\r\n");
            byte[] chunk = wire.connection()
                    .reader()
                    .readExactly(Integer.parseInt(wire.read("\r\n").strip(), 16));
            Inflater inflater = new Inflater(true);
            inflater.setInput(chunk, 10, chunk.length - 10);
            byte[] unpacked = new byte[100];
            assertThat(inflater.inflate(unpacked)).isEqualTo("first".length());
            inflater.end();
            assertThat(wire.rest()).endsWith("0\r\n\r\n");
        }
    }

    @AsyncTest
    void aLargePieceIsCompressedInSlices() throws IOException {
        String large = LONG.repeat(300);
        assertThat(unpacked(get(Response.stream(List.of(bytes("a"), bytes(large), new byte[0], bytes("b"))))))
                .isEqualTo("a" + large + "b");
        app.get("/told", _ -> Response.stream(List.of(bytes(LONG)), LONG.length()));
        Wire.Answer told = ask("GET", "/told", ACCEPTING);
        assertThat(told.header("content-length")).isEmpty();
        assertThat(unpacked(told)).isEqualTo(LONG);
    }

    @AsyncTest
    void serverSentEventsAreNotCompressed() throws IOException {
        Wire.Answer answer = get(Response.events(List.of(ServerSentEvent.of("a".repeat(1000)))));
        assertAsItIs(answer, "");
        assertThat(answer.body()).startsWith("data: aaa");
    }

    // ------------------------------------------------------------------ files

    @AsyncTest
    void aFileIsCompressedButItsPartsAreNot() throws IOException {
        String text = LONG.repeat(200);
        Path file = Files.writeString(folder.resolve("a.txt"), text);
        app.get("/file", _ -> file);

        Wire.Answer whole = ask("GET", "/file", ACCEPTING);
        assertThat(unpacked(whole)).isEqualTo(text);
        assertThat(whole.header("accept-ranges")).isEmpty();
        String tag = whole.header("etag");
        assertThat(tag).startsWith("W/\"");

        Wire.Answer same = ask("GET", "/file", ACCEPTING, "If-None-Match: " + tag + "\r\n");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("etag")).isEqualTo(tag);
        assertThat(same.header("vary")).isEqualTo("Accept-Encoding");

        Wire.Answer part = ask("GET", "/file", ACCEPTING, "Range: bytes=6-10\r\n");
        assertThat(part.brief()).isEqualTo("206 world");
        assertAsItIs(part, "Accept-Encoding");

        assertThat(ask("GET", "/file", ACCEPTING, "Range: bytes=6-10\r\n", "If-Range: " + tag + "\r\n")
                        .status())
                .isEqualTo(200);
    }

    // ------------------------------------------------------------------ options

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Gzip.create().minimumSize(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The minimum size of what is compressed must not be negative, but is -1");
        assertThatThrownBy(() -> Gzip.create().level(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The level of compression must be from 1 to 9, but is 10");
        assertThat(Gzip.create().level(1).minimumSize(9)).hasToString("Gzip[minimumSize=9, level=1]");
    }
}
