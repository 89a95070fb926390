package io.asyncio4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The parts of the kit that take too long for each build: all parts everywhere, crowds, and many
/// mutated requests.
final class LongKitTest {
    private static final List<String> PARTS = List.of("http1", "http2", "ws", "stream", "shutdown", "load");

    /// For a kit that hangs.
    private static final int LIMIT_MINUTES = 60;

    @TempDir
    private Path folder;

    @BeforeAll
    static void requirePython() throws InterruptedException {
        assumeTrue(Kit.canRun(), "python3 is missing, or older than 3.11");
    }

    @Test
    @Tag("all-kits")
    void noCaseFailsAnywhere() throws IOException, InterruptedException, GeneralSecurityException {
        Certificates certificates = Certificates.make(folder);
        List<String> failures = new ArrayList<>();
        System.out.println("engine  | transport | TLS   | part     | pass / soft / FAIL / skip |   s");
        for (String io : List.of("epoll", "io_uring", "nio")) {
            for (String engine : List.of("carrier", "baton")) {
                for (Certificates known : List.of(Certificates.NONE, certificates)) {
                    for (String part : PARTS) {
                        long began = System.nanoTime();
                        Kit.Result result =
                                new Kit(folder, engine, io).tls(known).run(part, LIMIT_MINUTES);
                        String row = String.format(
                                "%-7s | %-9s | %-5s | %-8s | %-25s | %3d",
                                engine,
                                io,
                                known.exist(),
                                part,
                                result.total(),
                                (System.nanoTime() - began) / 1_000_000_000);
                        System.out.println(row);
                        if (result.exit() != 0) {
                            failures.add(row + "\n" + result.report());
                        }
                    }
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    /// The server has longer limits here, so that it closes nobody for idleness.
    @Test
    @Tag("all-kits")
    void tenThousandIdleConnectionsHinderNobody() throws IOException, InterruptedException {
        Kit.Result result = new Kit(folder, "carrier", "epoll")
                .slack(1, 20)
                .with("--verbose", "--cases", Kit.HERE.resolve("crowds").toString())
                .run("load", LIMIT_MINUTES);

        System.out.println(result.report());
        assertThat(result.exit()).as(result::report).isZero();
    }

    @Test
    @Tag("fuzz")
    void manyMutatedRequestsHarmNobody() throws IOException, InterruptedException {
        Kit.Result result = new Kit(folder, "carrier", "epoll")
                .with(
                        "--count",
                        System.getProperty("fuzz.count", "100000"),
                        "--seed",
                        System.getProperty("fuzz.seed", "1"))
                .serverOption("-Dio.netty.leakDetection.level=paranoid")
                .run("fuzz", LIMIT_MINUTES);

        System.out.println(result.output());
        assertThat(result.exit()).as(result::report).isZero();
        assertThat(result.output()).doesNotContain("LEAK", "SEVERE", "WARNING");
    }
}
