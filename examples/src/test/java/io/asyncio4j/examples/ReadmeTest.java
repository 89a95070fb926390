package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The programs that the README has readers copy, made and run as they stand.
final class ReadmeTest {
    static final String PAGE = "README.md";

    @TempDir
    private Path folder;

    private PastedPage page;

    @BeforeEach
    void read() throws IOException {
        page = PastedPage.of(PAGE);
    }

    @Test
    void everyBlockIsInASectionThatIsTested() {
        assertThat(page.headings())
                .containsExactly(
                        "asyncio4j",
                        "A web application",
                        "Why not virtual threads alone?",
                        "Failures",
                        "A server",
                        "Blocking code",
                        "In your project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncio4j", "Why not virtual threads alone?", "Failures", "Blocking code"})
    void aProgramPrintsWhatThePageSays(String heading) throws Exception {
        var section = page.section(heading);

        new PastedProject(folder).paste(section).run(section);
    }

    @Test
    void theWebApplicationAnswersAndHasDocumentation() throws Exception {
        var section = page.section("A web application");
        PastedProject project = new PastedProject(folder).paste(section);
        assertThat(section.commands())
                .containsExactly(
                        new PastedPage.Command("./asyncio4j serve Shop.java\n", List.of()),
                        new PastedPage.Command(
                                "curl localhost:8000/items/5\n", List.of("{\"id\":5,\"name\":\"tea\"}")));

        try (var server = project.launch("exec ./asyncio4j serve Shop.java --port 0")
                        .with("ASYNCIO4J_AOT", "off")
                        .start();
                HttpClient client = HttpClient.newHttpClient()) {
            String service = server.awaitValue("  Service  ");

            assertThat(get(client, service + "/items/5").body()).isEqualTo("{\"id\":5,\"name\":\"tea\"}");
            assertThat(get(client, service + "/items/none").statusCode()).isEqualTo(422);
            assertThat(get(client, service + "/docs").body()).contains("swagger-ui");
            assertThat(server.interrupt().end().exitCode()).isZero();
        }
    }

    private static HttpResponse<String> get(HttpClient client, String address)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    @Test
    void theServerAnswersTheClientAndCtrlCEndsIt() throws Exception {
        var section = page.section("A server");
        PastedProject project = new PastedProject(folder).paste(section);
        assertThat(section.commands())
                .containsExactly(
                        new PastedPage.Command("./asyncio4j run EchoServer.java\n", List.of()),
                        new PastedPage.Command("./asyncio4j run EchoClient.java\n", List.of("hello")));

        // The port of the page may be in use here.
        try (var server =
                project.launch("exec ./asyncio4j run EchoServer.java 0").start()) {
            String port = server.awaitValue("Serving on port ");
            var client =
                    project.launch("./asyncio4j run EchoClient.java " + port).end();

            assertThat(client.out()).containsExactly("hello");
            assertThat(client.exitCode()).isZero();
            assertThat(server.interrupt().end().exitCode()).isEqualTo(130);
        }
    }

    @Test
    void aProjectHasATest() throws Exception {
        GettingStartedTest.requireMaven();
        var section = page.section("In your project");

        new PastedProject(folder).withLibrary().paste(section).run(section);

        assertThat(folder.resolve("target/surefire-reports/RetryTest.txt"))
                .content()
                .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    }

    @Test
    void theFigureIsThatOfTheBenchmarks() throws IOException {
        String benchmarks = Files.readString(Launch.ROOT.resolve("docs/benchmarks.md"));

        assertThat(Files.readString(Launch.ROOT.resolve(PAGE)))
                .contains("1,000 connections answers 69,765 requests a second on epoll. That is 0.91 of plain Netty");
        assertThat(benchmarks.substring(benchmarks.indexOf("#### 1,000 connections")))
                .contains("| asyncio4j-epoll | 4 | 69,765 | 65,494 to 72,800 | 0.91 |");
    }
}
