package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as answers, with ranges and conditions.
final class FileTest {
    private static final String CHANGED = "Sat, 01 Feb 2025 10:20:30 GMT";
    private static final String LATER = "Sat, 01 Feb 2025 10:20:31 GMT";
    private static final String EARLIER = "Sat, 01 Feb 2025 10:20:29 GMT";
    private static final String TAG = "\"" + Long.toHexString(1738405230L) + "-a\"";

    @TempDir
    Path folder;

    private final WebApp app = WebApp.create();

    FileTest() {
        app.get("/{name}", request -> folder.resolve(request.pathParam("name")));
        app.post("/{name}", request -> folder.resolve(request.pathParam("name")));
    }

    private Path file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1738405230L, 7)));
    }

    private Wire.Answer ask(String method, String target, String... headers) throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            String[] lines = new String[headers.length];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = headers[i] + "\r\n";
            }
            wire.ask(method, target, lines);
            return method.equals("HEAD") ? wire.answerToHead() : wire.answer();
        }
    }

    private Wire.Answer ten(String... headers) throws IOException {
        file("ten.txt", "0123456789");
        return ask("GET", "/ten.txt", headers);
    }

    // ------------------------------------------------------------------ the whole

    @AsyncTest
    void aFileIsSentWithItsTypeItsTimeAndItsTag() throws IOException {
        Wire.Answer answer = ten();
        assertThat(answer.brief()).isEqualTo("200 0123456789");
        assertThat(answer.headers().without("date"))
                .isEqualTo(Headers.of(
                        "content-type", "text/plain; charset=utf-8",
                        "last-modified", CHANGED,
                        "etag", TAG,
                        "accept-ranges", "bytes",
                        "content-length", "10"));
        Wire.Answer head = ask("HEAD", "/ten.txt", "Range: bytes=1-2");
        assertThat(head.brief()).isEqualTo("200");
        assertThat(head.header("content-length")).isEqualTo("10");
        file("empty", "");
        assertThat(ask("GET", "/empty").brief()).isEqualTo("200");
    }

    @AsyncTest
    void theTypeIsGuessedByTheName() throws IOException {
        for (String name : new String[] {
            "a.html text/html; charset=utf-8",
            "a.json application/json",
            "a.MJS text/javascript; charset=utf-8",
            "a.woff2 font/woff2",
            "a.png image/png",
            "a.unheard application/octet-stream",
            "none application/octet-stream"
        }) {
            String[] parts = name.split(" ", 2);
            file(parts[0], "x");
            assertThat(ask("GET", "/" + parts[0]).header("content-type")).isEqualTo(parts[1]);
        }
        Path file = file("a.txt", "x");
        app.get("/as/csv", _ -> Response.file(file).type("text/csv").status(201));
        Wire.Answer answer = ask("GET", "/as/csv", "Range: bytes=5-");
        assertThat(answer.brief()).isEqualTo("201 x");
        assertThat(answer.header("content-type")).isEqualTo("text/csv");
    }

    @AsyncTest
    void whatIsNoFileIsNotFound() throws Exception {
        Files.createDirectory(folder.resolve("folder"));
        for (String name : new String[] {"/missing", "/folder"}) {
            Wire.Answer answer = ask("GET", name);
            assertThat(answer.brief()).isEqualTo("404 {\"detail\":\"Not Found\"}");
            assertThat(answer.header("content-type")).isEqualTo("application/json");
        }
        Path pipe = folder.resolve("pipe");
        if (Asyncio.toThread(() ->
                        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                == 0) {
            assertThat(ask("GET", "/pipe").status()).isEqualTo(404);
        }
    }

    @AsyncTest
    void aSymbolicLinkIsFollowed() throws IOException {
        file("ten.txt", "0123456789");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("ten.txt"));
        Files.createSymbolicLink(folder.resolve("broken"), Path.of("none"));
        assertThat(ask("GET", "/link", "Range: bytes=0-1").brief()).isEqualTo("206 01");
        assertThat(ask("GET", "/broken").status()).isEqualTo(404);
    }

    @AsyncTest
    void anAttachmentHasAName() throws IOException {
        Path file = file("a.txt", "x");
        app.get("/get/plain", _ -> Response.file(file).attachment("report-1.txt"));
        app.get("/get/other", _ -> Response.file(file).attachment("B\u00e4r \"\u20ac\"\r\n.txt"));
        assertThat(ask("GET", "/get/plain").header("content-disposition"))
                .isEqualTo("attachment; filename=\"report-1.txt\"");
        assertThat(ask("GET", "/get/other").header("content-disposition"))
                .isEqualTo("attachment; filename*=utf-8''B%C3%A4r%20%22%E2%82%AC%22%0D%0A.txt");
    }

    // ------------------------------------------------------------------ ranges

    private void assertPart(String range, String content, String body) throws IOException {
        Wire.Answer answer = ten("Range: " + range);
        assertThat(answer.brief()).as(range).isEqualTo("206 " + body);
        assertThat(answer.header("content-range")).isEqualTo("bytes " + content + "/10");
        assertThat(answer.header("etag")).isEqualTo(TAG);
    }

    @AsyncTest
    void oneRangeIsAnsweredWithIt() throws IOException {
        assertPart("bytes=2-4", "2-4", "234");
        assertPart("bytes=0-0", "0-0", "0");
        assertPart("bytes=7-", "7-9", "789");
        assertPart("bytes=7-99999999999999999999", "7-9", "789");
        assertPart("bytes=-3", "7-9", "789");
        assertPart("bytes=-99", "0-9", "0123456789");
        assertPart("bytes= 9-9 ", "9-9", "9");
        assertPart("BYTES = 2 - 4", "2-4", "234");
    }

    @AsyncTest
    void aRangeBeyondTheFileIsRefused() throws IOException {
        for (String range : new String[] {"bytes=10-", "bytes=10-12", "bytes=99999999999999999999-", "bytes=-0"}) {
            Wire.Answer answer = ten("Range: " + range);
            assertThat(answer.brief()).as(range).isEqualTo("416");
            assertThat(answer.header("content-range")).isEqualTo("bytes */10");
        }
        file("empty", "");
        assertThat(ask("GET", "/empty", "Range: bytes=0-").status()).isEqualTo(416);
        assertThat(ask("GET", "/empty", "Range: bytes=-1").status()).isEqualTo(416);
    }

    @AsyncTest
    void otherRangesAreIgnored() throws IOException {
        for (String range : new String[] {
            "bytes=4-2", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "bytes=--1", "lines=1-2", "2-4", ""
        }) {
            assertThat(ten("Range: " + range).brief()).as(range).isEqualTo("200 0123456789");
        }
        assertThat(ask("POST", "/ten.txt", "Range: bytes=0-1", "Content-Length: 0")
                        .status())
                .isEqualTo(200);
    }

    @AsyncTest
    void aRangeIsIgnoredIfTheFileHasChanged() throws IOException {
        String range = "Range: bytes=2-4";
        assertThat(ten(range, "If-Range: " + TAG).status()).isEqualTo(206);
        assertThat(ten(range, "If-Range: " + CHANGED).status()).isEqualTo(206);
        assertThat(ten(range, "If-Range: \"other\"").brief()).isEqualTo("200 0123456789");
        assertThat(ten(range, "If-Range: W/" + TAG).status()).isEqualTo(200);
        assertThat(ten(range, "If-Range: " + EARLIER).status()).isEqualTo(200);
        assertThat(ten(range, "If-Range: " + LATER).status()).isEqualTo(200);
    }

    @AsyncTest
    void aPartOfAFileThatIsVeryLargeIsSent() throws IOException {
        long size = 3L << 30;
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(size);
            file.seek(size - 5);
            file.write("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        assertThat(ask("GET", "/large", "Range: bytes=-5").brief()).isEqualTo("206 hello");
        Wire.Answer part = ask("GET", "/large", "Range: bytes=" + (size - 5) + "-" + (size - 4));
        assertThat(part.brief()).isEqualTo("206 he");
        assertThat(part.header("content-range")).isEqualTo("bytes 3221225467-3221225468/3221225472");
        assertThat(ask("HEAD", "/large").header("content-length")).isEqualTo("3221225472");
    }

    // ------------------------------------------------------------------ conditions

    @AsyncTest
    void whatTheClientHasIsNotSentAgain() throws IOException {
        for (String condition : new String[] {
            "If-None-Match: " + TAG,
            "If-None-Match: \"x\", W/" + TAG,
            "If-None-Match: *",
            "If-Modified-Since: " + CHANGED,
            "If-Modified-Since: " + LATER
        }) {
            Wire.Answer answer = ten(condition, "Range: bytes=1-2");
            assertThat(answer.brief()).as(condition).isEqualTo("304");
            assertThat(answer.headers().names()).containsExactly("date", "last-modified", "etag", "accept-ranges");
        }
        assertThat(ask("HEAD", "/ten.txt", "If-None-Match: " + TAG).status()).isEqualTo(304);
    }

    @AsyncTest
    void whatHasChangedIsSent() throws IOException {
        assertThat(ten("If-None-Match: \"x\"").status()).isEqualTo(200);
        assertThat(ten("If-None-Match: \"x\"", "If-Modified-Since: " + CHANGED).status())
                .isEqualTo(200);
        assertThat(ten("If-Modified-Since: " + EARLIER).status()).isEqualTo(200);
        assertThat(ten("If-Modified-Since: nonsense").status()).isEqualTo(200);
    }

    @AsyncTest
    void aConditionThatDoesNotHoldIsRefused() throws IOException {
        assertThat(ten("If-Match: \"x\"").brief()).isEqualTo("412");
        assertThat(ten("If-Match: W/" + TAG).brief()).isEqualTo("412");
        assertThat(ten("If-Unmodified-Since: " + EARLIER).brief()).isEqualTo("412");
        assertThat(ten("If-Match: " + TAG, "If-Unmodified-Since: " + EARLIER).status())
                .isEqualTo(200);
        assertThat(ten("If-Match: *").status()).isEqualTo(200);
        assertThat(ten("If-Unmodified-Since: " + CHANGED).status()).isEqualTo(200);
    }

    // ------------------------------------------------------------------ files that change

    @Test
    void aFileThatShrinksMeanwhileIsSeenToBeTruncated() throws IOException {
        for (Gzip gzip : new Gzip[] {null, Gzip.create()}) {
            WebApp changing = WebApp.create();
            Path file = folder.resolve("shrinking");
            changing.get("/", _ -> file);
            if (gzip != null) {
                changing.around(gzip);
            }
            Asyncio.run(() -> {
                byte[] noise = new byte[32 << 20];
                new java.util.Random(1).nextBytes(noise);
                Files.write(file, noise);
                try (WebServer server = changing.start(Wire.options().port(0));
                        Wire wire = new Wire(Streams.openConnection("127.0.0.1", server.port()))) {
                    wire.get("/", "Accept-Encoding: gzip\r\n");
                    wire.read("\r\n\r\n");
                    try (RandomAccessFile shorter = new RandomAccessFile(file.toFile(), "rw")) {
                        shorter.setLength(1 << 20);
                    }
                    String rest = wire.rest();
                    assertThat(rest.length()).isLessThan(noise.length);
                    assertThat(rest).doesNotEndWith("0\r\n\r\n");
                }
            });
        }
    }
}
