package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.shield;
import static io.asyncio4j.Asyncio.toThread;
import static io.asyncio4j.Asyncio.waitAll;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/// A database behind JDBC, which blocks, for tasks, which must not.
///
/// A transaction runs in a thread outside the loop, on one of a few connections. Its task suspends
/// meanwhile, so that the loop serves others.
final class Database implements AutoCloseable {
    static final int CONNECTIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HikariDataSource connections;

    /// Connects to a database, and makes what `schema` describes. Blocks.
    @SuppressWarnings("AsyncioBlockingCall") // before there is a loop
    Database(String url, String... schema) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("burgers");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setAutoCommit(false);
        connections = new HikariDataSource(config);
        inThisThread(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : schema) {
                    statement.execute(sql);
                }
            }
            return true;
        });
    }

    /// Statements that are all done, or none of them.
    @FunctionalInterface
    interface Transaction<T> {
        /// Does them. Blocks.
        T on(Connection connection) throws SQLException;
    }

    /// Does a transaction. Suspends.
    ///
    /// Java interrupts the thread of a task that is cancelled, which may break a connection. So a
    /// transaction that has begun ends first.
    <T> T run(Transaction<T> transaction) throws SQLException {
        Task<T> running = createTask("transaction", () -> toThread(() -> inThisThread(transaction)));
        try {
            return await(shield(running), SQLException.class);
        } catch (CancelledError cancelled) {
            waitAll(List.of(running));
            throw cancelled;
        }
    }

    private <T> T inThisThread(Transaction<T> transaction) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            boolean done = false;
            try {
                T result = transaction.on(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
