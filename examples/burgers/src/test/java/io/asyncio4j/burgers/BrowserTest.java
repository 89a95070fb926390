package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.TestClock;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;

/// The shop in a real browser, in real time. Each test waits for what the page is to show.
final class BrowserTest {
    @TempDir
    private Path folder;

    /// A visit to the shop at an address. Blocks.
    @FunctionalInterface
    private interface Visit {
        void to(String shop, Chromium browser) throws IOException;
    }

    private void visit(Duration grilling, Visit visit) throws Exception {
        Shop shop = new Shop(new MemoryOrders(), new Kitchen(grilling, 100, 2), new Board());
        try (WebServer server = Burgers.app(shop).start(ServeOptions.defaults().port(0))) {
            String address = "http://127.0.0.1:" + server.port();
            toThread(() -> {
                try (Chromium browser = Chromium.start(folder)) {
                    visit.to(address, browser);
                }
            });
        }
    }

    @AsyncTest(clock = TestClock.REAL, realTimeout = "5 m")
    void theBoardShowsAtOnceWhatOthersOrder() throws Exception {
        visit(Duration.ofHours(1), (shop, browser) -> {
            browser.open(shop + "/");
            browser.await("document.querySelector('#live')?.textContent === 'live'");

            try (HttpClient other = HttpClient.newHttpClient()) {
                HttpRequest order = HttpRequest.newBuilder(URI.create(shop + "/orders"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"customer\": \"<b>Ann</b>\"}"))
                        .build();
                CompletableFuture<?> waiting = other.sendAsync(order, HttpResponse.BodyHandlers.discarding());
                String title = browser.await("document.querySelector('#CONCURRENT .PREPARING li')?.title");
                assertThat(title).isEqualTo("<b>Ann</b>, grilled");

                waiting.cancel(true);
                browser.await("document.querySelector('#CONCURRENT .PICKED_UP li.LEFT')");
                browser.await("document.querySelectorAll('#CONCURRENT .PREPARING li').length === 0");
            }
        });
    }

    @AsyncTest(clock = TestClock.REAL, realTimeout = "5 m")
    void aCrowdIsServedAndItsWaitingTimesAreDrawn() throws Exception {
        visit(Duration.ofMillis(1), (shop, browser) -> {
            browser.open(shop + "/");
            browser.click("document.querySelector('#live.on') && document.querySelector('#crowd button')");

            browser.await("document.querySelectorAll('#CONCURRENT .chart rect').length === 30");
            browser.await("document.querySelectorAll('#PARALLEL .chart rect').length === 30");
            assertThat(browser.await("document.querySelector('#said').textContent"))
                    .isEqualTo("30 customers have come.");
        });
    }

    @AsyncTest(clock = TestClock.REAL, realTimeout = "5 m")
    void thePageFitsOnAPhone() throws Exception {
        visit(Duration.ZERO, (shop, browser) -> {
            browser.resize(400, 800);
            browser.open(shop + "/");
            browser.await("document.querySelectorAll('#waits tr').length === 2");

            assertThat(browser.await("document.documentElement.scrollWidth <= 400"))
                    .isEqualTo("true");
        });
    }

    @AsyncTest(clock = TestClock.REAL, realTimeout = "5 m")
    void theDocumentationExecutesARequest() throws Exception {
        visit(Duration.ZERO, (shop, browser) -> {
            browser.open(shop + "/docs");
            String route = "document.querySelector('#operations-default-latest')";
            browser.click(route + "?.querySelector('.opblock-summary-control')");
            browser.click(route + ".querySelector('.try-out__btn')");
            browser.click(route + ".querySelector('.execute')");

            String answer = route + ".querySelector('.live-responses-table .response')";
            assertThat(browser.await(answer + "?.querySelector('.response-col_status').innerText.trim()"))
                    .startsWith("200");
            assertThat(browser.await(answer + ".querySelector('.response-col_description').innerText"))
                    .contains("[]", "application/json");
        });
    }
}
