package io.asyncio4j.benchmarks.http;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;

/// A table of what is in stock, in a database within the process or in one that the system property
/// `database` names by its JDBC address. The same for all servers in Java; blocks.
public final class Stock implements AutoCloseable {
    private static final int ITEMS = 1000;
    private static final int CONNECTIONS = 16;

    private final ArrayBlockingQueue<Query> free = new ArrayBlockingQueue<>(CONNECTIONS);

    private record Query(Connection connection, PreparedStatement statement) {}

    /// Creates and fills the table, and opens the connections.
    public Stock() {
        String address = System.getProperty("database", "jdbc:h2:mem:stock;DB_CLOSE_DELAY=-1");
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Connection connection = DriverManager.getConnection(address);
                if (i == 0) {
                    fill(connection);
                }
                free.add(new Query(connection, connection.prepareStatement("SELECT quantity FROM stock WHERE id = ?")));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The database cannot be used: " + failure.getMessage(), failure);
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS stock");
            statement.execute("CREATE TABLE stock (id BIGINT PRIMARY KEY, quantity INT NOT NULL)");
        }
        try (var insert = connection.prepareStatement("INSERT INTO stock VALUES (?, ?)")) {
            for (int id = 0; id < ITEMS; id++) {
                insert.setLong(1, id);
                insert.setInt(2, 3 * id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Asks the database how many of an item there are; 0 if it is not known.
    public int of(long id) throws SQLException, InterruptedException {
        Query query = free.take();
        try {
            query.statement.setLong(1, id);
            try (ResultSet found = query.statement.executeQuery()) {
                return found.next() ? found.getInt(1) : 0;
            }
        } finally {
            free.put(query);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Query query : free) {
            query.connection.close();
        }
    }
}
