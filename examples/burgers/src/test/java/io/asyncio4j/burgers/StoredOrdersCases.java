package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.testing.Tasks.waitUntilAllBlocked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Coroutine;
import io.asyncio4j.Task;
import io.asyncio4j.burgers.Order.Burger;
import io.asyncio4j.burgers.Order.Counter;
import io.asyncio4j.burgers.Order.State;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.testing.TestClient;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The tests of orders in a real database.
abstract class StoredOrdersCases {
    private StoredOrders orders;
    private Database database;

    /// Returns the database's URL, the same one for the whole of a test.
    abstract String url();

    @BeforeEach
    void open() throws SQLException {
        String url = url();
        database = new Database(url, "drop table if exists orders");
        orders = new StoredOrders(url);
    }

    @AfterEach
    void close() {
        orders.close();
        database.close();
    }

    private static Order order(long number, Counter counter, State state, double waited) {
        return new Order(number, "Ann", Burger.GRILLED, counter, state, waited);
    }

    private long count() throws SQLException {
        return orders.latest(100).size();
    }

    // ------------------------------------------------------------------ orders

    @AsyncTest
    void anOrderIsFoundInItsLastState() throws SQLException {
        Order order = order(7, Counter.PARALLEL, State.ORDERED, 0);
        orders.save(order);
        assertThat(orders.find(7)).contains(order);

        orders.save(order.readyAfter(1.25));

        assertThat(orders.find(7)).contains(order(7, Counter.PARALLEL, State.READY, 1.25));
        assertThat(orders.find(8)).isEmpty();
        assertThat(orders.latest(10)).hasSize(1);
    }

    @AsyncTest
    void noNumberIsGivenTwice() {
        List<Long> numbers = gather(Collections.<Coroutine<Long>>nCopies(100, orders::takeNumber))
                .await();

        assertThat(new HashSet<>(numbers)).hasSize(100);
    }

    @AsyncTest
    void theLatestOrdersComeFirst() throws SQLException {
        for (int i = 1; i <= 5; i++) {
            orders.save(order(i, Counter.PARALLEL, State.ORDERED, 0));
        }

        assertThat(orders.latest(2)).extracting(Order::number).containsExactly(5L, 4L);
    }

    @AsyncTest
    void waitsAreThoseOfBurgersThatWerePickedUp() throws SQLException {
        orders.save(order(1, Counter.CONCURRENT, State.PICKED_UP, 1));
        orders.save(order(2, Counter.CONCURRENT, State.PICKED_UP, 2));
        orders.save(order(3, Counter.CONCURRENT, State.LEFT, 9));
        orders.save(order(4, Counter.PARALLEL, State.PICKED_UP, 4));

        assertThat(orders.waits())
                .containsExactly(
                        new Orders.Waits(Burger.GRILLED, Counter.CONCURRENT, 2, 1.5, 2),
                        new Orders.Waits(Burger.GRILLED, Counter.PARALLEL, 1, 4, 4));
    }

    @AsyncTest
    void nobodyWaitsForTheOrdersOfAnEarlierRun() throws SQLException {
        orders.save(order(1, Counter.PARALLEL, State.PREPARING, 0));
        orders.save(order(2, Counter.PARALLEL, State.PICKED_UP, 1));

        try (StoredOrders opened = new StoredOrders(url())) {
            assertThat(opened.latest(10)).extracting(Order::state).containsExactly(State.PICKED_UP, State.LEFT);
        }
    }

    @AsyncTest
    void theShopServesFromIt() throws SQLException {
        Shop shop = new Shop(orders, new Kitchen(Duration.ofMinutes(1), 10, 1), new Board());
        try (TestClient client = TestClient.of(Burgers.app(shop))) {
            Order ready = client.post("/orders")
                    .json(Map.of("customer", "Ann"))
                    .send()
                    .json(Order.class);

            assertThat(ready.waited()).isEqualTo(60);
            sleep(Duration.ofSeconds(1));
            assertThat(orders.find(ready.number())).contains(ready.in(State.PICKED_UP));
            assertThat(client.get("/waits").send().json(Orders.Waits[].class))
                    .containsExactly(new Orders.Waits(Burger.GRILLED, Counter.CONCURRENT, 1, 60, 60));
        }
    }

    // ------------------------------------------------------------------ transactions

    @SuppressWarnings("AsyncioBlockingCall") // in a thread, by Database.run
    private static Database.Transaction<Integer> insert(long number) {
        return connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "insert into orders values (" + number + ", 'Ann', 'GRILLED', 'PARALLEL', 'ORDERED', 0)");
            }
        };
    }

    @AsyncTest
    void aTransactionThatFailsLeavesNothing() throws SQLException {
        assertThatThrownBy(() -> database.run(connection -> {
                    insert(1).on(connection);
                    throw new SQLException("half done");
                }))
                .isInstanceOf(SQLException.class)
                .hasMessage("half done");
        assertThatThrownBy(() -> database.run(connection -> {
                    insert(2).on(connection);
                    throw new IllegalStateException("half done");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(count()).isZero();
    }

    @AsyncTest
    void whileATransactionBlocksOtherTasksRun() throws SQLException {
        CountDownLatch latch = new CountDownLatch(1);
        createTask("other", () -> latch.countDown());

        database.run(connection -> {
            await(latch);
            return true;
        });

        assertThat(latch.getCount()).isZero();
    }

    @AsyncTest
    void aTransactionEndsAlsoWhenItsTaskIsCancelled() throws SQLException {
        CountDownLatch latch = new CountDownLatch(1);
        Task<Integer> cancelled = createTask(
                "cancelled",
                () -> database.run(connection -> {
                    await(latch);
                    return insert(1).on(connection);
                }));
        waitUntilAllBlocked();

        cancelled.cancel();
        waitUntilAllBlocked();
        assertThat(cancelled.isDone()).isFalse();
        latch.countDown();

        assertThatThrownBy(cancelled::await).isInstanceOf(CancelledError.class);
        assertThat(count()).isEqualTo(1);
    }

    @AsyncTest
    void thereAreNoMoreConnectionsThanTheLimit() {
        AtomicInteger used = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(Database.CONNECTIONS);

        List<Integer> most = gather(Collections.<Coroutine<Integer>>nCopies(
                        30,
                        () -> database.run(connection -> {
                            int now = used.incrementAndGet();
                            all.countDown();
                            await(all);
                            used.decrementAndGet();
                            return now;
                        })))
                .await();

        assertThat(most).hasSize(30).allMatch(now -> now <= Database.CONNECTIONS);
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new SQLException(interrupted);
        }
    }
}
