package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.burgers.Order.State;
import io.asyncio4j.sync.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Orders without a database, which takes as long, or fails, as a test likes.
final class MemoryOrders implements Orders {
    final SequencedMap<Long, Order> kept = new TreeMap<>();
    final Event answers = new Event("database answers");
    Duration takes = Duration.ZERO;
    boolean isDown;

    @Nullable
    State failsAt;

    private long last;

    MemoryOrders() {
        answers.set();
    }

    @Override
    public long takeNumber() throws SQLException {
        ask();
        return ++last;
    }

    @Override
    public void save(Order order) throws SQLException {
        ask();
        if (order.state() == failsAt) {
            throw new SQLException("Disk full");
        }
        kept.put(order.number(), order);
    }

    @Override
    public Optional<Order> find(long number) throws SQLException {
        ask();
        return Optional.ofNullable(kept.get(number));
    }

    @Override
    public List<Order> latest(int limit) throws SQLException {
        ask();
        return kept.sequencedValues().reversed().stream().limit(limit).toList();
    }

    @Override
    public List<Waits> waits() throws SQLException {
        ask();
        return List.of();
    }

    private void ask() throws SQLException {
        answers.await();
        sleep(takes);
        if (isDown) {
            throw new SQLException("Connection to db.internal:5432 refused");
        }
    }
}
