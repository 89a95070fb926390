package io.asyncio4j.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.testing.TestClient;
import io.asyncio4j.web.testing.TestResponse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several ranges of a file at once. The answers are those of Starlette 1.7, unless told.
final class FileRangesTest {
    private static final String MULTIPART = "multipart/byteranges; boundary=";
    private static final String TEXT = "0123456789abcdefghij";

    @TempDir
    Path folder;

    private final WebApp app = WebApp.create();

    FileRangesTest() {
        app.get("/{name}", request -> folder.resolve(request.pathParam("name")));
    }

    private TestResponse twenty(String range, String... headers) throws IOException {
        Files.writeString(folder.resolve("f.txt"), TEXT);
        return get("/f.txt", range, headers);
    }

    private TestResponse get(String path, String range, String... headers) {
        try (TestClient client = TestClient.of(app)) {
            var request = client.get(path).header("range", range);
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return request.send();
        }
    }

    /// Returns the body with the boundary of the head as `B`, its lines with `|` at their ends.
    private static String body(Headers headers, String body) {
        String type = String.valueOf(headers.get("content-type"));
        assertThat(type).matches(MULTIPART + "[0-9a-f]{32}");
        assertThat(headers.get("content-length")).isEqualTo("" + body.length());
        assertThat(headers.contains("content-range")).isFalse();
        return body.replace(type.substring(MULTIPART.length()), "B").replace("\r\n", "|");
    }

    private static String body(TestResponse response) {
        assertThat(response.status()).isEqualTo(206);
        return body(response.headers(), new String(response.bytes(), ISO_8859_1));
    }

    private static String part(String range, String content) {
        return "--B|Content-Type: text/plain; charset=utf-8|Content-Range: bytes " + range + "/20||" + content + "|";
    }

    // ------------------------------------------------------------------ several parts

    @Test
    void eachPartHasItsTypeAndItsRange() throws IOException {
        TestResponse response = twenty("bytes=0-1,5-6");
        assertThat(body(response)).isEqualTo(part("0-1", "01") + part("5-6", "56") + "--B--");
        assertThat(response.header("accept-ranges")).isEqualTo("bytes");
        assertThat(response.header("etag")).isNotEmpty();
        assertThat(response.header("last-modified")).isNotEmpty();
        assertThat(body(twenty("bytes=0-1,-2"))).isEqualTo(part("0-1", "01") + part("18-19", "ij") + "--B--");
        assertThat(body(twenty("bytes=2-2, 19-99"))).isEqualTo(part("2-2", "2") + part("19-19", "j") + "--B--");
    }

    @Test
    void partsAreInTheOrderOfTheFile() throws IOException {
        assertThat(body(twenty("bytes=18-,0-0,5-6")))
                .isEqualTo(part("0-0", "0") + part("5-6", "56") + part("18-19", "ij") + "--B--");
    }

    @Test
    void aBoundaryIsUsedOnce() throws IOException {
        assertThat(twenty("bytes=0-1,5-6").header("content-type"))
                .isNotEqualTo(twenty("bytes=0-1,5-6").header("content-type"));
    }

    @Test
    void partsOfAStaticFileAreSent() throws IOException {
        Files.writeString(folder.resolve("f.txt"), TEXT);
        app.mount("/static", StaticFiles.of(folder));
        assertThat(body(get("/static/f.txt", "bytes=0-1,5-6")))
                .isEqualTo(part("0-1", "01") + part("5-6", "56") + "--B--");
    }

    @Test
    void eachPartHasTheTypeAndTheWholeTheHeadersOfTheAnswer() throws IOException {
        Path file = Files.writeString(folder.resolve("f.txt"), TEXT);
        app.get("/as/csv", _ -> Response.file(file).type("text/csv").attachment("a.csv"));
        TestResponse response = get("/as/csv", "bytes=0-1,5-6");
        assertThat(body(response))
                .isEqualTo((part("0-1", "01") + part("5-6", "56") + "--B--")
                        .replace("text/plain; charset=utf-8", "text/csv"));
        assertThat(response.header("content-disposition")).isEqualTo("attachment; filename=\"a.csv\"");
    }

    @Test
    void partsAreNotCompressed() throws IOException {
        app.around(Gzip.create().minimumSize(0));
        TestResponse response = twenty("bytes=0-1,5-6", "accept-encoding", "gzip");
        assertThat(body(response)).isEqualTo(part("0-1", "01") + part("5-6", "56") + "--B--");
        assertThat(response.headers().contains("content-encoding")).isFalse();
        assertThat(response.header("vary")).isEqualTo("Accept-Encoding");
    }

    // ------------------------------------------------------------------ one part, none, too many

    private void assertOne(String range, String content, String text) throws IOException {
        TestResponse response = twenty(range);
        assertThat(response.status()).as(range).isEqualTo(206);
        assertThat(response.header("content-range")).as(range).isEqualTo("bytes " + content + "/20");
        assertThat(response.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.text()).isEqualTo(text);
    }

    @Test
    void rangesThatOverlapOrTouchAreOne() throws IOException {
        assertOne("bytes=0-3,2-5", "0-5", "012345");
        assertOne("bytes=0-1,2-3", "0-3", "0123");
        assertOne("bytes=4-5,0-9,2-3", "0-9", "0123456789");
        assertOne("bytes=0-,-1", "0-19", TEXT);
        assertOne("bytes=19-20,19-99999999999999999999", "19-19", "j");
        assertThat(body(twenty("bytes=0-1,3-4,4-5"))).isEqualTo(part("0-1", "01") + part("3-5", "345") + "--B--");
    }

    @Test
    void whatHasNoFormOfARangeIsLeftOut() throws IOException {
        assertOne("bytes=,0-1, ,", "0-1", "01");
        assertOne("bytes=0-1,x", "0-1", "01");
        assertOne("bytes=a-b,-,0-1,1", "0-1", "01");
    }

    @Test
    void aRangeBeyondTheFileAmongOthersIsRefused() throws IOException {
        for (String range : new String[] {"bytes=0-1,30-40", "bytes=20-,0-1", "bytes=0-1,-0", "bytes=30-,40-"}) {
            TestResponse response = twenty(range);
            assertThat(response.status()).as(range).isEqualTo(416);
            assertThat(response.header("content-range")).isEqualTo("bytes */20");
            assertThat(response.bytes()).isEmpty();
        }
        Files.createFile(folder.resolve("empty"));
        assertThat(get("/empty", "bytes=0-1,5-6").status()).isEqualTo(416);
    }

    /// Starlette: 400.
    @Test
    void aRangeThatEndsBeforeItBeginsAmongOthersHasAllIgnored() throws IOException {
        TestResponse response = twenty("bytes=0-1,6-5");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo(TEXT);
    }

    private static String ranges(int count) {
        return "bytes=" + String.join(",", Collections.nCopies(count, "0-1"));
    }

    @Test
    void moreThanAHundredRangesAreIgnored() throws IOException {
        assertOne(ranges(100), "0-1", "01");
        assertThat(twenty(ranges(101)).status()).isEqualTo(200);
        assertThat(twenty(ranges(100) + ",").status()).isEqualTo(200);
        assertThat(twenty("bytes=" + ",".repeat(5000)).text()).isEqualTo(TEXT);
    }

    @Test
    void rangesAreIgnoredIfTheFileHasChanged() throws IOException {
        String tag = twenty("bytes=0-1,5-6").header("etag");
        assertThat(twenty("bytes=0-1,5-6", "if-range", tag).status()).isEqualTo(206);
        assertThat(twenty("bytes=0-1,5-6", "if-range", "\"other\"").text()).isEqualTo(TEXT);
    }

    /// Starlette: 206 with the length of the parts.
    @Test
    void headIsAnsweredWithTheWhole() throws IOException {
        Files.writeString(folder.resolve("f.txt"), TEXT);
        try (TestClient client = TestClient.of(app)) {
            TestResponse response =
                    client.head("/f.txt").header("range", "bytes=0-1,5-6").send();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("content-length")).isEqualTo("20");
        }
    }

    // ------------------------------------------------------------------ large files

    @AsyncTest
    void partsOfAFileThatIsVeryLargeAreSent() throws IOException {
        long size = 3L << 30;
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            file.write("begin".getBytes(ISO_8859_1));
            file.seek(size - 5);
            file.write("hello".getBytes(ISO_8859_1));
        }
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer answer = wire.get("/large", "Range: bytes=0-4,-5\r\n").answer();
            assertThat(body(answer.headers(), answer.body()))
                    .isEqualTo("--B|Content-Type: application/octet-stream|Content-Range: bytes 0-4/3221225472||begin|"
                            + "--B|Content-Type: application/octet-stream"
                            + "|Content-Range: bytes 3221225467-3221225471/3221225472||hello|--B--");
            // What follows on the connection is the next answer.
            assertThat(wire.get("/none").answer().status()).isEqualTo(404);
        }
    }

    @Test
    void largePartsGoOverASocket() throws IOException {
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("noise"), noise);
        Asyncio.run(() -> {
            try (WebServer server = app.start(Wire.options().port(0));
                    Wire wire = new Wire(Streams.openConnection("127.0.0.1", server.port()))) {
                Wire.Answer answer = wire.get("/noise", "Range: bytes=7-1000006,-1000000\r\n")
                        .answer();
                assertThat(answer.header("content-length"))
                        .isEqualTo("" + answer.body().length());
                byte[] body = answer.body().getBytes(ISO_8859_1);
                int first = answer.body().indexOf("\r\n\r\n") + 4;
                assertThat(Arrays.copyOfRange(body, first, first + 1_000_000))
                        .isEqualTo(Arrays.copyOfRange(noise, 7, 1_000_007));
                int second = answer.body().indexOf("\r\n\r\n", first + 1_000_000) + 4;
                assertThat(Arrays.copyOfRange(body, second, second + 1_000_000))
                        .isEqualTo(Arrays.copyOfRange(noise, noise.length - 1_000_000, noise.length));
            }
        });
    }
}
