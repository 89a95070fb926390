package io.asyncio4j.burgers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Orders in a database: H2, PostgreSQL, or another one that knows this SQL.
final class StoredOrders implements Orders, AutoCloseable {
    private static final String[] SCHEMA = {
        "create sequence if not exists order_numbers",
        """
        create table if not exists orders (
            number bigint primary key,
            customer varchar(30) not null,
            burger varchar(10) not null,
            counter varchar(10) not null,
            state varchar(10) not null,
            waited double precision not null)
        """,
        // Nobody waits any more for what an earlier run of the program has not finished.
        "update orders set state = 'LEFT' where state not in ('PICKED_UP', 'LEFT')"
    };

    private final Database database;

    /// Opens the database at a JDBC URL. Blocks.
    StoredOrders(String url) throws SQLException {
        database = new Database(url, SCHEMA);
    }

    @Override
    public long takeNumber() throws SQLException {
        return query("select nextval('order_numbers')", row -> row.getLong(1)).getFirst();
    }

    /// Only the task that serves an order writes it: between the two statements nobody adds it.
    @Override
    public void save(Order order) throws SQLException {
        database.run(connection -> {
            int found = update(
                    connection,
                    "update orders set state = ?, waited = ? where number = ?",
                    order.state().name(),
                    order.waited(),
                    order.number());
            if (found == 0) {
                update(
                        connection,
                        "insert into orders (number, customer, burger, counter, state, waited) values (?, ?, ?, ?, ?,"
                                + " ?)",
                        order.number(),
                        order.customer(),
                        order.burger().name(),
                        order.counter().name(),
                        order.state().name(),
                        order.waited());
            }
            return found;
        });
    }

    @Override
    public Optional<Order> find(long number) throws SQLException {
        return query("select * from orders where number = ?", StoredOrders::order, number).stream()
                .findFirst();
    }

    @Override
    public List<Order> latest(int limit) throws SQLException {
        return query("select * from orders order by number desc limit ?", StoredOrders::order, limit);
    }

    @Override
    public List<Waits> waits() throws SQLException {
        return query(
                """
                select burger, counter, count(*) as served, avg(waited) as mean, max(waited) as longest
                from orders where state = 'PICKED_UP' group by burger, counter order by burger, counter
                """,
                row -> new Waits(
                        Order.Burger.valueOf(row.getString("burger")),
                        Order.Counter.valueOf(row.getString("counter")),
                        row.getLong("served"),
                        row.getDouble("mean"),
                        row.getDouble("longest")));
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("number"),
                row.getString("customer"),
                Order.Burger.valueOf(row.getString("burger")),
                Order.Counter.valueOf(row.getString("counter")),
                Order.State.valueOf(row.getString("state")),
                row.getDouble("waited"));
    }

    /// Reads an object from a row.
    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @SuppressWarnings("AsyncioBlockingCall") // in a thread, by Database.run
    private <T> List<T> query(String sql, Reader<T> reader, Object... values) throws SQLException {
        return database.run(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, values);
                    ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        });
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        database.close();
    }
}
