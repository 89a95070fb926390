package io.asyncio4j.burgers;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The orders that are kept. All methods suspend: while one waits, other customers are served.
interface Orders {
    /// Returns the next number. No number is given twice.
    long takeNumber() throws SQLException;

    /// Adds an order, or replaces the one with its number.
    void save(Order order) throws SQLException;

    /// Returns the order with a number.
    Optional<Order> find(long number) throws SQLException;

    /// Returns the newest orders, the newest first.
    List<Order> latest(int limit) throws SQLException;

    /// Returns the times that customers have waited for each kind of burger at each counter.
    List<Waits> waits() throws SQLException;

    /// The times, in seconds, that customers have waited.
    record Waits(Order.Burger burger, Order.Counter counter, long served, double mean, double longest) {}
}
