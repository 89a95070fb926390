package io.asyncio4j.burgers;

import java.util.concurrent.atomic.AtomicInteger;

/// Orders in H2, or in the database whose URL is in `BURGERS_DATABASE`.
final class StoredOrdersTest extends StoredOrdersCases {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String url = System.getenv()
            .getOrDefault(
                    "BURGERS_DATABASE",
                    "jdbc:h2:mem:test" + DATABASES.incrementAndGet() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1");

    @Override
    String url() {
        return url;
    }
}
