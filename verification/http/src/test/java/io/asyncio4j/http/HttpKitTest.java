package io.asyncio4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The conformance kit in the build: all parts on one engine and transport, the quick ones
/// elsewhere too.
///
/// The kit mostly waits, so that several runs share the machine, each with a server of its own.
@Execution(ExecutionMode.CONCURRENT)
final class HttpKitTest {
    /// For a kit that hangs.
    private static final int LIMIT_MINUTES = 15;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void requirePython() throws InterruptedException {
        assumeTrue(Kit.canRun(), "python3 is missing, or older than 3.11");
    }

    @ParameterizedTest(name = "{0} on {1} and {2}")
    @CsvSource({
        "shutdown, carrier, epoll",
        "http1, carrier, epoll",
        "stream, carrier, epoll",
        "http2, carrier, epoll",
        "ws, carrier, epoll",
        "http2, baton, nio",
        "ws, baton, nio",
        "http2, carrier, nio",
        "http2, baton, epoll",
        "ws, carrier, io_uring",
        "http2, baton, io_uring"
    })
    void noCaseFails(String part, String engine, String io) throws IOException, InterruptedException {
        Kit.Result result = new Kit(folder, engine, io).run(part, LIMIT_MINUTES);

        assertThat(result.exit()).as(result::report).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"http2", "ws"})
    void noCaseFailsWithTls(String part) throws IOException, InterruptedException, GeneralSecurityException {
        Kit.Result result = new Kit(folder, "carrier", "epoll")
                .tls(Certificates.make(Files.createTempDirectory(folder, part)))
                .run(part, LIMIT_MINUTES);

        assertThat(result.exit()).as(result::report).isZero();
    }

    @Test
    void mutatedRequestsHarmNobody() throws IOException, InterruptedException {
        Kit.Result result = new Kit(folder, "carrier", "epoll")
                .with("--count", "20000", "--seed", "1")
                .serverOption("-Dio.netty.leakDetection.level=paranoid")
                .run("fuzz", LIMIT_MINUTES);

        assertThat(result.exit()).as(result::report).isZero();
        assertThat(result.output()).doesNotContain("LEAK", "SEVERE", "WARNING");
    }
}
