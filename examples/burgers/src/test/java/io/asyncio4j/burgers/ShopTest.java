package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.waitAll;
import static io.asyncio4j.testing.Tasks.waitUntilAllBlocked;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Coroutine;
import io.asyncio4j.Task;
import io.asyncio4j.burgers.Order.Burger;
import io.asyncio4j.burgers.Order.Counter;
import io.asyncio4j.burgers.Order.State;
import io.asyncio4j.burgers.Order.Wish;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.TestClock;
import io.asyncio4j.testing.VirtualClock;
import io.asyncio4j.web.testing.TestClient;
import io.asyncio4j.web.testing.TestResponse;
import io.asyncio4j.web.testing.TestSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The shop in virtual time: a burger is on the grill for a minute.
final class ShopTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PLACES = 10;

    private final MemoryOrders orders = new MemoryOrders();

    private TestClient shopWhereGrillingTakes(Duration grilling) {
        return TestClient.of(Burgers.app(new Shop(orders, new Kitchen(grilling, PLACES, 1), new Board())));
    }

    private static TestResponse order(TestClient shop, String customer, Counter counter) {
        return shop.post("/orders")
                .json(Map.of("customer", customer, "counter", counter))
                .send();
    }

    // ------------------------------------------------------------------ orders

    @AsyncTest
    void aCustomerWaitsUntilTheBurgerIsReady(VirtualClock clock) {
        try (TestClient shop = shopWhereGrillingTakes(MINUTE)) {
            TestResponse answer =
                    shop.post("/orders").json(Map.of("customer", "Ann")).send();

            assertThat(answer.status()).isEqualTo(201);
            Order ready = new Order(1, "Ann", Burger.GRILLED, Counter.CONCURRENT, State.READY, 60);
            assertThat(answer.json(Order.class)).isEqualTo(ready);
            assertThat(clock.elapsed()).isEqualTo(MINUTE);
            waitUntilAllBlocked();
            assertThat(orders.kept).containsExactly(Map.entry(1L, ready.in(State.PICKED_UP)));
        }
    }

    @AsyncTest
    void theConcurrentCounterGrillsAsManyAsThereArePlaces(VirtualClock clock) {
        try (TestClient shop = shopWhereGrillingTakes(Duration.ofMinutes(1))) {
            Coroutine<Double> customer = () ->
                    order(shop, "Ann", Counter.CONCURRENT).json(Order.class).waited();

            List<Double> waited =
                    gather(Collections.nCopies(PLACES + 1, customer)).await();

            assertThat(waited.subList(0, PLACES)).containsOnly(60.0);
            assertThat(waited.getLast()).isEqualTo(120);
            assertThat(clock.elapsed()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @AsyncTest
    void bothBurgersAreMadeAtBothCounters() {
        try (TestClient shop = shopWhereGrillingTakes(Duration.ZERO)) {
            for (Burger burger : Burger.values()) {
                for (Counter counter : Counter.values()) {
                    Wish wish = new Wish("Ann", burger, counter);
                    assertThat(shop.post("/orders")
                                    .json(wish)
                                    .send()
                                    .json(Order.class)
                                    .state())
                            .isEqualTo(State.READY);
                }
            }
        }
    }

    @AsyncTest
    void anOrderThatIsWrongIsAnsweredWithAllThatIsWrong() {
        try (TestClient shop = shopWhereGrillingTakes(MINUTE)) {
            TestResponse answer = shop.post("/orders")
                    .json(Map.of("customer", "", "burger", "BOILED"))
                    .send();

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text())
                    .contains("\"loc\":[\"body\",\"customer\"],\"msg\":\"String should have at least 1 character\"")
                    .contains("\"loc\":[\"body\",\"burger\"],\"msg\":\"Input should be 'GRILLED' or 'MINCED'\"");
            assertThat(shop.get("/orders").query("limit", 101).send().status()).isEqualTo(422);
            assertThat(orders.kept).isEmpty();
        }
    }

    @AsyncTest
    void ordersAreFound() {
        try (TestClient shop = shopWhereGrillingTakes(Duration.ZERO)) {
            order(shop, "Ann", Counter.CONCURRENT);
            order(shop, "Bob", Counter.PARALLEL);

            assertThat(shop.get("/orders/2").send().json(Order.class).customer())
                    .isEqualTo("Bob");
            assertThat(shop.get("/orders").query("limit", 1).send().json(Order[].class))
                    .extracting(Order::number)
                    .containsExactly(2L);
            assertThat(shop.get("/orders/3").send().text()).isEqualTo("{\"detail\":\"No order 3\"}");
        }
    }

    // ------------------------------------------------------------------ customers who leave

    @AsyncTest
    void customersWhoLeaveGiveTheirPlacesBack() {
        try (TestClient shop = shopWhereGrillingTakes(MINUTE)) {
            List<Task<TestResponse>> visits = IntStream.range(0, PLACES)
                    .mapToObj(_ -> createTask(() -> order(shop, "Ann", Counter.CONCURRENT)))
                    .toList();
            waitUntilAllBlocked();
            assertThat(orders.kept.values()).hasSize(PLACES).allMatch(order -> order.state() == State.PREPARING);

            visits.forEach(Task::cancel);
            waitAll(visits);
            sleep(seconds(1)); // the server is patient with whoever may only have stopped to send

            assertThat(order(shop, "Bob", Counter.CONCURRENT).json(Order.class).waited())
                    .isEqualTo(60);
            orders.kept.remove(PLACES + 1L);
            assertThat(orders.kept.values()).hasSize(PLACES).allMatch(order -> order.state() == State.LEFT);
        }
    }

    /// The cook is a real thread, which is interrupted: virtual time would wait for it.
    @AsyncTest(clock = TestClock.REAL, realTimeout = "5 m")
    void aCustomerWhoLeavesGivesTheCookBack() {
        try (TestClient shop = shopWhereGrillingTakes(Duration.ofDays(1));
                TestSocket board = shop.websocket("/board")) {
            Task<TestResponse> visit = createTask(() -> order(shop, "Ann", Counter.PARALLEL));
            while (!board.receiveText().contains("PREPARING")) {}

            visit.cancel();
            while (!board.receiveText().contains("LEFT")) {}

            Wish wish = new Wish("Bob", Burger.MINCED, Counter.PARALLEL);
            assertThat(shop.post("/orders").json(wish).send().status()).isEqualTo(201);
        }
    }

    // ------------------------------------------------------------------ crowds

    @AsyncTest
    void aCrowdIsServedAtBothCounters() {
        try (TestClient shop = shopWhereGrillingTakes(Duration.ZERO)) {
            TestResponse answer =
                    shop.post("/crowd").json(Map.of("customers", 3)).send();

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json()).isEqualTo(Map.of("customers", 3, "burger", "GRILLED"));
            sleep(seconds(1));
            assertThat(orders.kept.values())
                    .extracting(order -> order.customer() + " " + order.counter() + " " + order.state())
                    .containsExactlyInAnyOrder(
                            "Guest 1 CONCURRENT PICKED_UP",
                            "Guest 1 PARALLEL PICKED_UP",
                            "Guest 2 CONCURRENT PICKED_UP",
                            "Guest 2 PARALLEL PICKED_UP",
                            "Guest 3 CONCURRENT PICKED_UP",
                            "Guest 3 PARALLEL PICKED_UP");
        }
    }

    @AsyncTest
    void aCrowdHasABound() {
        try (TestClient shop = shopWhereGrillingTakes(MINUTE)) {
            for (int customers : List.of(0, 101)) {
                assertThat(shop.post("/crowd")
                                .json(Map.of("customers", customers))
                                .send()
                                .status())
                        .isEqualTo(422);
            }
        }
    }

    @AsyncTest
    void nobodyIsLetIntoAFullShop() {
        try (TestClient shop = shopWhereGrillingTakes(Duration.ZERO)) {
            orders.answers.clear();
            for (int i = 0; i < 5; i++) {
                shop.post("/crowd").json(Map.of("customers", 100)).send();
                waitUntilAllBlocked();
            }

            TestResponse answer =
                    shop.post("/crowd").json(Map.of("customers", 1)).send();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("5");
            assertThat(answer.text()).isEqualTo("{\"detail\":\"The shop is full\"}");
            orders.answers.set();
            sleep(seconds(1));
            assertThat(orders.kept).as("at both counters").hasSize(1000);
            assertThat(order(shop, "Ann", Counter.CONCURRENT).status())
                    .as("all have left")
                    .isEqualTo(201);
        }
    }

    // ------------------------------------------------------------------ the database

    @AsyncTest
    void whileAPathFunctionWaitsForTheDatabaseOthersRun(VirtualClock clock) {
        orders.takes = Duration.ofMinutes(1);
        try (TestClient shop = shopWhereGrillingTakes(Duration.ZERO)) {
            List<Integer> statuses = gather(Collections.<Coroutine<Integer>>nCopies(
                            100, () -> shop.get("/orders").send().status()))
                    .await();

            assertThat(statuses).hasSize(100).containsOnly(200);
            assertThat(clock.elapsed()).isEqualTo(Duration.ofMinutes(1));
        }
    }

    @AsyncTest
    void aDatabaseThatIsDownIsAnsweredWithoutDetails() {
        orders.isDown = true;
        try (TestClient shop = shopWhereGrillingTakes(Duration.ZERO)) {
            for (String path : List.of("/orders", "/orders/1", "/waits")) {
                TestResponse answer = shop.get(path).send();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text()).isEqualTo("{\"detail\":\"The database is down\"}");
            }
            assertThat(shop.get("/").send().text()).contains("Burger shop");
        }
    }

    @AsyncTest
    void anOrderThatTheDatabaseLosesGivesItsPlaceBack() {
        try (TestClient shop = shopWhereGrillingTakes(MINUTE)) {
            for (int i = 0; i <= PLACES; i++) {
                Task<TestResponse> ordered = createTask(() -> order(shop, "Ann", Counter.CONCURRENT));
                waitUntilAllBlocked();
                orders.isDown = true;
                assertThat(ordered.await().status()).isEqualTo(503);
                orders.isDown = false;
            }
            assertThat(order(shop, "Bob", Counter.CONCURRENT).json(Order.class).waited())
                    .isEqualTo(60);
        }
    }
}
