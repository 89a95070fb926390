package io.asyncio4j.web.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Several ranges of a file at once over HTTP/2.
final class Http2FileRangesTest {
    private static final int PORT = 8000;

    @TempDir
    Path folder;

    @AsyncTest
    void partsAreSentAsTheClientAllows() throws Exception {
        String text = "a".repeat(50_000) + "b".repeat(50_000);
        Path file = Files.writeString(folder.resolve("f.txt"), text);
        WebApp app = WebApp.create();
        app.get("/", _ -> file);
        new MemoryNetwork().install();
        try (WebServer _ = app.start(ServeOptions.defaults().port(PORT).accessLog(false));
                FrameClient client = new FrameClient(Streams.openConnection("127.0.0.1", PORT))) {
            client.begin(4, 0).request("GET", 1, "/", true, "range", "bytes=49999-50000,60000-89999,0-9999");
            List<String> head = client.fields(client.await(FrameClient.HEADERS));
            assertThat(head).contains(":status: 206");
            String type = field(head, "content-type");
            String boundary = type.substring("multipart/byteranges; boundary=".length());
            String body = part(boundary, "0-9999", "a".repeat(10_000)) + part(boundary, "49999-50000", "ab")
                    + part(boundary, "60000-89999", "b".repeat(30_000)) + "--" + boundary + "--";
            assertThat(field(head, "content-length")).isEqualTo("" + body.length());

            StringBuilder got = new StringBuilder();
            client.number(FrameClient.WINDOW_UPDATE, 1, 7_000);
            for (boolean ended = false; !ended; ) {
                FrameClient.Frame data = client.await(FrameClient.DATA, 1);
                got.append(data.text());
                ended = data.isEnd();
                if (!ended) {
                    client.number(FrameClient.WINDOW_UPDATE, 1, data.payload().length);
                }
            }
            assertThat(got.toString()).isEqualTo(body);
        }
    }

    @AsyncTest
    void headIsAnsweredWithTheWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("f.txt"), "0123456789");
        WebApp app = WebApp.create();
        app.get("/", _ -> file);
        new MemoryNetwork().install();
        try (WebServer _ = app.start(ServeOptions.defaults().port(PORT).accessLog(false));
                FrameClient client = new FrameClient(Streams.openConnection("127.0.0.1", PORT))) {
            client.begin().request("HEAD", 1, "/", true, "range", "bytes=0-1,5-6");
            FrameClient.Frame head = client.await(FrameClient.HEADERS);
            assertThat(client.fields(head)).contains(":status: 200", "content-length: 10");
            assertThat(head.isEnd()).isTrue();
        }
    }

    private static String field(List<String> head, String name) {
        return head.stream()
                .filter(field -> field.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }

    private static String part(String boundary, String range, String content) {
        return "--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes " + range
                + "/100000\r\n\r\n" + content + "\r\n";
    }
}
