package io.asyncio4j.burgers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Orders in PostgreSQL, which is started for these tests. They are aborted where it is missing.
final class PostgresTest extends StoredOrdersCases {
    @TempDir
    private static Path folder;

    private static Postgres postgres;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        postgres = Postgres.start(folder);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (postgres != null) {
            postgres.end();
        }
    }

    @Override
    String url() {
        return postgres.url();
    }
}
