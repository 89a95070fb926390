package io.asyncio4j.web.testing;

import static io.asyncio4j.web.Parameter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.asyncio4j.Asyncio;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.testing.Schedules;
import io.asyncio4j.testing.VirtualTime;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.WebApp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The race of the page on testing web applications: found, replayed and mended.
final class RaceTest {
    /// A table of seats in a database.
    private static final class Seats {
        final Map<Integer, String> owners = new HashMap<>();
        int sold;

        boolean isFree(int seat) {
            Asyncio.sleep(Duration.ofMillis(5)); // a query
            return !owners.containsKey(seat);
        }

        void sell(int seat, String user) {
            Asyncio.sleep(Duration.ofMillis(5)); // another one
            owners.put(seat, user);
            sold++;
        }
    }

    private static String sell(Seats seats, int seat, String user) {
        if (!seats.isFree(seat)) {
            throw new HttpException(409, "Seat " + seat + " is taken");
        }
        seats.sell(seat, user);
        return user;
    }

    private static WebApp theatre(Seats seats) {
        WebApp app = WebApp.create();
        app.post(
                "/seats/{seat}/{user}",
                path("seat", int.class),
                path("user", String.class),
                (seat, user) -> sell(seats, seat, user));
        return app;
    }

    private static WebApp careful(Seats seats) {
        WebApp app = WebApp.create();
        Lock lock = new Lock();
        app.post("/seats/{seat}/{user}", path("seat", int.class), path("user", String.class), (seat, user) -> {
            try (var _ = lock.acquire()) {
                return sell(seats, seat, user);
            }
        });
        return app;
    }

    private static void twoBuyers(Seats seats, WebApp app) {
        try (TestClient client = TestClient.of(app)) {
            Asyncio.taskGroup(group -> {
                group.createTask("ann", () -> client.post("/seats/7/ann").send());
                group.createTask("bob", () -> {
                    Asyncio.sleep(Duration.ofMillis(5)); // his query ends just when hers is sold
                    client.post("/seats/7/bob").send();
                });
            });
        }
        assertThat(seats.sold).isEqualTo(1);
    }

    private static void buy() {
        Seats seats = new Seats();
        twoBuyers(seats, theatre(seats));
    }

    @Test
    void oneBuyerAfterTheOtherIsFine() {
        VirtualTime.run(RaceTest::buy);
    }

    @Test
    void theRaceIsFoundAndReplayed() {
        Throwable found = catchThrowable(() -> Schedules.explore(1000, RaceTest::buy));

        assertThat(found).hasMessageContaining("expected: 1").hasMessageContaining("Replay it with");
        Matcher seed = Pattern.compile("Schedules.replay\\(\"([^\"]+)\"").matcher(found.getMessage());
        assertThat(seed.find()).isTrue();
        assertThatThrownBy(() -> Schedules.replay(seed.group(1), RaceTest::buy)).hasStackTraceContaining("expected: 1");
    }

    @Test
    void withALockThereIsNone() {
        int orders = Schedules.explore(300, () -> {
            Seats seats = new Seats();
            twoBuyers(seats, careful(seats));
        });
        assertThat(orders).isGreaterThan(1);
    }
}
