package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.testing.Tasks.waitUntilAllBlocked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Task;
import io.asyncio4j.burgers.Order.Burger;
import io.asyncio4j.burgers.Order.Counter;
import io.asyncio4j.burgers.Order.State;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.testing.TestClient;
import io.asyncio4j.web.testing.TestResponse;
import io.asyncio4j.web.testing.TestSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The board, as those who look at it see it.
final class BoardTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MemoryOrders orders = new MemoryOrders();
    private final Board board = new Board();

    private TestClient shop() {
        return TestClient.of(Burgers.app(new Shop(orders, new Kitchen(MINUTE, 10, 1), board)));
    }

    private static TestResponse order(TestClient shop, String customer) {
        return shop.post("/orders").json(Map.of("customer", customer)).send();
    }

    private static List<String> next(TestSocket socket) {
        return Arrays.stream(socket.receiveJson(Order[].class))
                .map(order -> order.number() + " " + order.state())
                .toList();
    }

    private static Order order(long number, State state) {
        return new Order(number, "Ann", Burger.GRILLED, Counter.CONCURRENT, state, 0);
    }

    @AsyncTest
    void theStatesOfAnOrderAreShownInOrder() {
        try (TestClient shop = shop();
                TestSocket socket = shop.websocket("/board")) {
            assertThat(next(socket)).isEmpty();

            order(shop, "Ann");

            assertThat(next(socket)).containsExactly("1 ORDERED");
            assertThat(next(socket)).containsExactly("1 PREPARING");
            assertThat(next(socket)).containsExactly("1 READY");
            assertThat(next(socket)).containsExactly("1 PICKED_UP");
        }
    }

    @AsyncTest
    void allViewersSeeTheSame() {
        try (TestClient shop = shop();
                TestSocket one = shop.websocket("/board");
                TestSocket other = shop.websocket("/board")) {
            order(shop, "Ann");

            for (String expected : List.of("[]", "[1 ORDERED]", "[1 PREPARING]", "[1 READY]")) {
                assertThat(next(one)).hasToString(expected);
                assertThat(next(other)).hasToString(expected);
            }
        }
    }

    @AsyncTest
    void whoComesLaterSeesThePresentState() {
        try (TestClient shop = shop()) {
            order(shop, "Ann");
            Task<TestResponse> second = createTask(() -> order(shop, "Bob"));
            waitUntilAllBlocked();

            try (TestSocket socket = shop.websocket("/board")) {
                assertThat(next(socket)).containsExactly("1 PICKED_UP", "2 PREPARING");
                assertThat(next(socket)).containsExactly("2 READY");
            }
            second.await();
        }
    }

    @AsyncTest
    void anOrderOfACustomerWhoLeavesIsTakenOff() {
        try (TestClient shop = shop();
                TestSocket socket = shop.websocket("/board")) {
            Task<TestResponse> visit = createTask(() -> order(shop, "Ann"));
            waitUntilAllBlocked();
            visit.cancel();

            assertThat(next(socket)).isEmpty();
            assertThat(next(socket)).containsExactly("1 ORDERED");
            assertThat(next(socket)).containsExactly("1 PREPARING");
            assertThat(next(socket)).containsExactly("1 LEFT");
        }
    }

    @AsyncTest
    void anOrderIsTakenOffAlsoWhenTheDatabaseIsDown() {
        try (TestClient shop = shop()) {
            Task<TestResponse> visit = createTask(() -> order(shop, "Ann"));
            waitUntilAllBlocked();
            orders.isDown = true;
            assertThat(visit.await().status()).isEqualTo(503);

            try (TestSocket socket = shop.websocket("/board")) {
                assertThat(next(socket)).containsExactly("1 LEFT");
            }
        }
    }

    @AsyncTest
    void aBurgerIsPickedUpAlsoWhenTheDatabaseIsDown() {
        try (TestClient shop = shop();
                TestSocket socket = shop.websocket("/board")) {
            orders.failsAt = State.PICKED_UP;
            assertThat(order(shop, "Ann").status()).isEqualTo(201);

            for (String expected : List.of("[]", "[1 ORDERED]", "[1 PREPARING]", "[1 READY]", "[1 PICKED_UP]")) {
                assertThat(next(socket)).hasToString(expected);
            }
        }
    }

    @AsyncTest
    void aViewerThatLagsIsClosedAndTheOthersGoOn() {
        try (TestClient shop = shop();
                TestSocket slow = shop.websocket("/board")) {
            waitUntilAllBlocked();
            for (int i = 0; i <= Board.MOST_UNSENT; i++) {
                board.show(order(i, State.ORDERED)); // nothing is sent before this task suspends
            }

            assertThatThrownBy(() -> {
                        while (true) {
                            slow.receiveText();
                        }
                    })
                    .isInstanceOfSatisfying(WebSocketClosedException.class, closed -> {
                        assertThat(closed.code()).isEqualTo(1013);
                        assertThat(closed.reason()).isEqualTo("You read too slowly");
                    });
            try (TestSocket again = shop.websocket("/board")) {
                assertThat(next(again)).hasSize(Board.MOST_UNSENT + 1);
            }
        }
    }

    @AsyncTest
    void ofTheOrdersThatAreDoneTheLatestAreShown() {
        for (int i = 1; i <= Board.MOST_DONE + 5; i++) {
            board.show(order(i, State.PICKED_UP));
        }
        try (TestClient shop = shop();
                TestSocket socket = shop.websocket("/board")) {
            assertThat(next(socket)).hasSize(Board.MOST_DONE).startsWith("6 PICKED_UP");
        }
    }
}
