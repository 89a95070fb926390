package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Trusted hosts, and the redirection to https. The answers are Starlette's but where a test says
/// otherwise.
final class HostsTest {
    private static final TrustedHosts HOSTS =
            TrustedHosts.create("example.com", "*.example.org", "www.site.example", "[::1]");

    /// Returns status and body or the place to go to.
    private static String ask(Middleware middleware, String host, String target) throws IOException {
        WebApp app = WebApp.create();
        app.get("/{rest:path}", _ -> Response.text("hello"));
        app.around(middleware);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer answer = wire.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .answer();
            return answer.brief() + answer.header("location").transform(place -> place.isEmpty() ? "" : " " + place);
        }
    }

    @AsyncTest
    void aRequestForAnotherHostIsRefused() throws IOException {
        assertThat(ask(HOSTS, "example.com", "/")).isEqualTo("200 hello");
        assertThat(ask(HOSTS, "a.example.org:8000", "/")).isEqualTo("200 hello");
        assertThat(ask(HOSTS, "[::1]:80", "/")).isEqualTo("200 hello");
        assertThat(ask(HOSTS, "example.org", "/")).isEqualTo("400 Invalid host header");
        assertThat(ask(HOSTS, "evil", "/")).isEqualTo("400 Invalid host header");
        assertThat(ask(HOSTS, "badexample.com", "/")).isEqualTo("400 Invalid host header");
        assertThat(ask(TrustedHosts.create("*"), "evil", "/")).isEqualTo("200 hello");
    }

    @AsyncTest
    void theCaseOfAHostDoesNotMatter() throws IOException { // to Starlette it does
        assertThat(ask(HOSTS, "EXAMPLE.com", "/")).isEqualTo("200 hello");
    }

    @AsyncTest
    void aForgottenWwwIsAdded() throws IOException {
        assertThat(ask(HOSTS, "site.example", "/x?y")).isEqualTo("307 http://www.site.example/x?y");
        assertThat(ask(HOSTS.redirectToWww(false), "site.example", "/x?y")).isEqualTo("400 Invalid host header");
    }

    @Test
    void hostsOfAnotherFormAreRefused() {
        for (String host : new String[] {"a*.b", "*.", "*b", "a.b:80", ""}) {
            assertThatThrownBy(() -> TrustedHosts.create(host))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A host must be like 'example.com' or '*.example.com', without a port, but is '" + host
                            + "'");
        }
        assertThatThrownBy(TrustedHosts::create)
                .hasMessage("No host is given; name those that the application has, such as 'example.com' and"
                        + " '*.example.com'");
    }

    @AsyncTest
    void aRequestWithoutEncryptionIsRedirected() throws IOException {
        HttpsRedirect redirect = HttpsRedirect.create();
        assertThat(ask(redirect, "h", "/a%20b?x=1")).isEqualTo("307 https://h/a%20b?x=1");
        assertThat(ask(redirect, "h:80", "/")).isEqualTo("307 https://h/");
        assertThat(ask(redirect, "h:443", "/")).isEqualTo("307 https://h/");
        assertThat(ask(redirect, "h:8000", "/")).isEqualTo("307 https://h:8000/");
        assertThat(ask(redirect, "[::80]", "/")).isEqualTo("307 https://[::80]/");
        assertThat(ask(redirect, "[::1]:80", "/")).isEqualTo("307 https://[::1]/"); // Starlette: https://::1/
    }

    @AsyncTest
    void aProxyTellsThatTheRequestWasEncrypted() throws IOException {
        WebApp app = WebApp.create();
        app.get("/", _ -> Response.text("hello"));
        app.around(HttpsRedirect.create());
        app.around(TrustedHosts.create("shop.example"));
        try (WebServer _ = Wire.serve(app, Wire.options().proxyHeaders("*"));
                Wire wire = new Wire()) {
            wire.get("/", "X-Forwarded-Proto: https\r\n", "X-Forwarded-Host: shop.example\r\n");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
            assertThat(wire.get("/").answer().brief()).isEqualTo("400 Invalid host header");
        }
    }
}
