package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The headers of a proxy that a server trusts, for a client in memory that is 127.0.0.1.
final class ProxyHeadersTest {
    private static final ServeOptions TRUSTING = Wire.options().proxyHeaders("127.0.0.0/8", "10.0.0.1", "fd00::/8");

    private final WebApp app = WebApp.create();

    ProxyHeadersTest() {
        app.get("/", request -> Response.text(text(request)));
    }

    private static String text(Request request) {
        String client = request.client() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + " " + (inet.getPort() > 9999 ? "any" : inet.getPort())
                : "none";
        assertThat(request.url())
                .isEqualTo(request.scheme() + "://" + request.url().split("/", -1)[2] + "/?q");
        return client + " " + request.url().replace("/?q", "");
    }

    private String told(ServeOptions options, String... lines) throws IOException {
        List<String> headers = new ArrayList<>();
        for (String line : lines) {
            headers.add(line + "\r\n");
        }
        try (WebServer _ = Wire.serve(app, options);
                Wire wire = new Wire()) {
            Wire.Answer answer = wire.get("/?q", headers.toArray(new String[0])).answer();
            assertThat(answer.status()).isEqualTo(200);
            return answer.body();
        }
    }

    @AsyncTest
    void nobodyIsTrustedByDefault() throws IOException {
        String[] forged = {
            "X-Forwarded-For: 192.0.2.1",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil",
            "Forwarded: for=192.0.2.1"
        };
        assertThat(ServeOptions.defaults().proxyHeaders()).isEmpty();
        assertThat(told(Wire.options(), forged)).isEqualTo("127.0.0.1 any http://h");
        assertThat(told(Wire.options().proxyHeaders("10.0.0.0/8", "unix:"), forged))
                .isEqualTo("127.0.0.1 any http://h");
    }

    @AsyncTest
    void theClientIsTheLastThatIsNotTrusted() throws IOException {
        // the client is the last that is not trusted
        assertClient("192.0.2.1", "192.0.2.1 0");
        assertClient("192.0.2.1:77", "192.0.2.1 77");
        assertClient("198.51.100.7, 192.0.2.1", "192.0.2.1 0");
        assertClient("198.51.100.7, 192.0.2.1, 10.0.0.1, 127.3.3.3", "192.0.2.1 0");
        assertClient("2001:db8::1", "2001:db8:0:0:0:0:0:1 0");
        assertClient("[2001:db8::1]", "2001:db8:0:0:0:0:0:1 0");
        assertClient("[2001:db8::1]:77 , fd00::2", "2001:db8:0:0:0:0:0:1 77");
        assertClient("::ffff:192.0.2.1", "192.0.2.1 0");
        // nobody is left
        assertClient("10.0.0.1, 127.0.0.9", "10.0.0.1 0");
        // what is no address hides what is before
        assertClient("unknown", "127.0.0.1 any");
        assertClient("192.0.2.1, unknown", "127.0.0.1 any");
        assertClient("192.0.2.1, unknown, 10.0.0.1", "10.0.0.1 0");
        assertClient("192.0.2.1:99999", "127.0.0.1 any");
        assertClient("192.0.2.1:", "127.0.0.1 any");
        assertClient("1.2.3", "127.0.0.1 any");
        assertClient("01.2.3.4.5", "127.0.0.1 any");
        assertClient("fe80::1%eth0", "127.0.0.1 any");
        assertClient("[::1", "127.0.0.1 any");
        assertClient("localhost", "127.0.0.1 any");
        assertClient(",,", "127.0.0.1 any");
        assertClient("", "127.0.0.1 any");
    }

    private void assertClient(String list, String client) throws IOException {
        assertThat(told(TRUSTING, "X-Forwarded-For: " + list)).as(list).isEqualTo(client + " http://h");
    }

    @AsyncTest
    void severalLinesAreOneList() throws IOException {
        assertThat(told(
                        TRUSTING,
                        "X-Forwarded-For: 198.51.100.7",
                        "X-Forwarded-For: 192.0.2.1",
                        "x-forwarded-for: 10.0.0.1"))
                .isEqualTo("192.0.2.1 0 http://h");
        assertThat(told(Wire.options().proxyHeaders("*"), "X-Forwarded-For: 198.51.100.7, 192.0.2.1"))
                .isEqualTo("198.51.100.7 0 http://h");
    }

    @AsyncTest
    void schemeHostAndPortAreTold() throws IOException {
        assertThat(told(TRUSTING, "X-Forwarded-Proto: https")).isEqualTo("127.0.0.1 any https://h");
        assertThat(told(TRUSTING, "X-Forwarded-Proto: WSS")).isEqualTo("127.0.0.1 any https://h");
        assertThat(told(TRUSTING, "X-Forwarded-Proto: gopher")).isEqualTo("127.0.0.1 any http://h");
        assertThat(told(TRUSTING, "X-Forwarded-Host: shop.example:8443"))
                .isEqualTo("127.0.0.1 any http://shop.example:8443");
        assertThat(told(TRUSTING, "X-Forwarded-Host: [::1]", "X-Forwarded-Port: 8080"))
                .isEqualTo("127.0.0.1 any http://[::1]:8080");
        assertThat(told(TRUSTING, "X-Forwarded-Host: a.b:1", "X-Forwarded-Port: 2"))
                .isEqualTo("127.0.0.1 any http://a.b:1");
        assertThat(told(TRUSTING, "X-Forwarded-Port: 443", "X-Forwarded-Proto: https"))
                .isEqualTo("127.0.0.1 any https://h");
        assertThat(told(TRUSTING, "X-Forwarded-Port: 443")).isEqualTo("127.0.0.1 any http://h:443");
        for (String bad : List.of("a b", "a/b", "user@a", "a:99999", "a:x", "[::1", "<", "")) {
            assertThat(told(TRUSTING, "X-Forwarded-Host: " + bad, "X-Forwarded-Port: x"))
                    .isEqualTo("127.0.0.1 any http://h");
        }
    }

    @AsyncTest
    void listsOfTheSameLengthBelongTogether() throws IOException {
        assertThat(told(
                        TRUSTING,
                        "X-Forwarded-For: 198.51.100.7, 192.0.2.1, 10.0.0.1",
                        "X-Forwarded-Proto: http, https, http",
                        "X-Forwarded-Host: forged, real, inner"))
                .isEqualTo("192.0.2.1 0 https://real");
        assertThat(told(TRUSTING, "X-Forwarded-For: 192.0.2.1, 10.0.0.1, 127.0.0.2", "X-Forwarded-Proto: http, https"))
                .isEqualTo("192.0.2.1 0 https://h");
    }

    @AsyncTest
    void theStandardHeaderIsReadIfItIsTheOnlyOne() throws IOException {
        String forwarded =
                "Forwarded: for=198.51.100.7;proto=http, FOR=\"192.0.2.1:77\" ;Proto=https; host=\"shop.example\","
                        + "for=10.0.0.1;by=127.0.0.1";
        assertThat(told(TRUSTING, forwarded)).isEqualTo("192.0.2.1 77 https://shop.example");
        assertThat(told(TRUSTING, forwarded, "X-Forwarded-For: 203.0.113.5")).isEqualTo("203.0.113.5 0 http://h");
        assertThat(told(TRUSTING, "Forwarded: for=\"[2001:db8::1]:_x\"")).isEqualTo("2001:db8:0:0:0:0:0:1 0 http://h");
        assertThat(told(TRUSTING, "Forwarded: for=192.0.2.1:77")).isEqualTo("192.0.2.1 77 http://h");
        assertThat(told(TRUSTING, "Forwarded: for=\"192.0.2\\.1\"")).isEqualTo("192.0.2.1 0 http://h");
        assertThat(told(TRUSTING, "Forwarded: for=_hidden;proto=https;")).isEqualTo("127.0.0.1 any https://h");
        assertThat(told(TRUSTING, "Forwarded: for=192.0.2.1", "Forwarded: for=10.0.0.1"))
                .isEqualTo("192.0.2.1 0 http://h");
    }

    @AsyncTest
    void aMalformedStandardHeaderCountsAsNone() throws IOException {
        for (String bad : List.of(
                "for",
                "for=",
                "=1",
                "for=192.0.2.1;for=192.0.2.2",
                "for=\"192.0.2.1",
                "for=192.0.2.1 x",
                "for=\"a\"b",
                "for=192.0.2.1, \"",
                "\"\\",
                "")) {
            assertThat(told(TRUSTING, "Forwarded: " + bad)).as(bad).isEqualTo("127.0.0.1 any http://h");
        }
    }

    @AsyncTest
    void theLogTellsTheClientToo() throws IOException {
        Logger logger = Logger.getLogger("io.asyncio4j.web.access");
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            told(TRUSTING.accessLog(true), "X-Forwarded-For: 192.0.2.1");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines).singleElement().asString().startsWith("#1 192.0.2.1 GET / HTTP/1.1 200 ");
    }

    @Test
    void aUnixSocketIsTrustedByItsName(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("s");
        Asyncio.run(() -> {
            for (String[] trusted : new String[][] {{"unix:"}, {"*"}, {"127.0.0.1"}}) {
                try (WebServer _ = app.start(Wire.options().unixSocket(socket).proxyHeaders(trusted));
                        Connection connection = Streams.openUnixConnection(socket);
                        Wire wire = new Wire(connection)) {
                    assertThat(wire.get("/?q", "X-Forwarded-For: 192.0.2.1\r\n")
                                    .answer()
                                    .body())
                            .isEqualTo((trusted[0].startsWith("1") ? "none" : "192.0.2.1 0") + " http://h");
                }
            }
        });
        assertThat(Files.exists(socket)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/a", "proxy.example", "unix", "''", "::/129"})
    void aNameThatIsNoAddressIsRefused(String name) {
        assertThatThrownBy(() -> ServeOptions.defaults().proxyHeaders(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A trusted proxy must be an IP address, a network such as 10.0.0.0/8, 'unix:' for a Unix"
                        + " socket, or '*' for all, but is '" + name + "'");
    }

    @Test
    void aNetworkWithFurtherBitsIsRefused() {
        assertThatThrownBy(() -> ServeOptions.defaults().proxyHeaders("10.0.0.1/8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The network of trusted proxies '10.0.0.1/8' has bits beyond its first 8; leave them 0, or"
                        + " give the address without a slash");
        assertThat(ServeOptions.defaults().proxyHeaders("0.0.0.0/0", "::/0").proxyHeaders())
                .containsExactly("0.0.0.0/0", "::/0");
    }
}
