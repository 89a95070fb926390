package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.ContextVar;
import io.asyncio4j.Coroutine;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.testing.TestClient;
import io.asyncio4j.web.testing.TestRequest;
import io.asyncio4j.web.testing.TestResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Thousands of requests of different users at once, which wait at many places: none sees anything
/// of another.
final class IsolationTest {
    private static final ContextVar<String> USER = new ContextVar<>("user", "nobody");

    private final WebApp app = WebApp.create();
    private final Random random = new Random(7);
    private int running;
    private int most;
    private int closed;

    /// An object of one request.
    final class Account implements AutoCloseable {
        final String owner;

        Account(String owner) {
            this.owner = owner;
        }

        @Override
        public void close() {
            pause();
            assertThat(USER.get()).isEqualTo(owner);
            closed++;
        }
    }

    record Order(String user, int amount) {}

    final class Shop {
        @Provides
        Account account(@HeaderParam String xUser) {
            pause();
            return new Account(xUser);
        }

        @Post("/login/{user}")
        String login(Request request, String user) {
            pause();
            Sessions.of(request).set("user", user);
            pause();
            return user;
        }

        /// Returns all that says who the user is, and the request's id.
        @Post("/orders/{user}")
        List<String> order(
                Request request,
                String user,
                @QueryParam String q,
                @HeaderParam String xUser,
                @CookieParam String own,
                Order order,
                Account account)
                throws Exception {
            running++;
            most = Math.max(most, running);
            pause();
            List<String> inTasks = Asyncio.gather(this::ofTask, this::ofTask).await();
            pause();
            running--;
            return List.of(
                    request.id(),
                    user,
                    q,
                    xUser,
                    own,
                    order.user(),
                    account.owner,
                    request.get(Account.class).owner,
                    USER.get(),
                    inTasks.get(0),
                    inTasks.get(1),
                    String.valueOf(request.attribute("user")),
                    String.valueOf(Sessions.of(request).get("user")));
        }

        private String ofTask() {
            pause();
            return USER.get();
        }

        @Get("/off")
        @Blocking
        String off() {
            return USER.get();
        }
    }

    private void pause() {
        Asyncio.sleep(Duration.ofMillis(random.nextInt(50)));
    }

    /// Sets context and attribute, waits, and looks at them again afterwards.
    private Response identify(Request request, Next next) throws Exception {
        String user = String.valueOf(request.headers().get("x-user"));
        USER.set(user);
        request.attribute("user", user);
        pause();
        Response response = next.handle(request);
        pause();
        assertThat(USER.get()).isEqualTo(user);
        assertThat(request.attribute("user")).isEqualTo(user);
        return response.header("x-for", user);
    }

    private static TestRequest ask(TestClient client, String path, String user, String session) {
        return client.post(path + user).header("x-user", user).cookie("session", session);
    }

    private static List<TestResponse> all(int users, IntFunction<TestRequest> request) {
        List<Coroutine<TestResponse>> requests = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            TestRequest one = request.apply(user);
            requests.add(one::send);
        }
        return Asyncio.gather(requests).await();
    }

    @AsyncTest(realTimeout = "5 m")
    void nothingOfAnotherRequestIsSeen() {
        nothingIsSeenAmong(1_000);
    }

    @AsyncTest(realTimeout = "5 m")
    @Tag("slow")
    void nothingOfAnotherRequestIsSeenAmongTenThousand() {
        nothingIsSeenAmong(10_000);
    }

    private void nothingIsSeenAmong(int users) {
        Shop shop = new Shop();
        app.around(Sessions.create("a secret of many letters"));
        app.around(this::identify);
        app.provide(shop);
        app.routes(shop);
        Set<String> ids = new HashSet<>();
        try (TestClient client = TestClient.of(app)) {
            List<String> sessions = new ArrayList<>();
            for (TestResponse login : all(users, user -> ask(client, "/login/", "u" + user, ""))) {
                String cookie = String.valueOf(login.header("set-cookie"));
                sessions.add(cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
            }
            List<TestResponse> answers = all(
                    users,
                    user -> ask(client, "/orders/", "u" + user, sessions.get(user))
                            .query("q", "u" + user)
                            .cookie("own", "u" + user)
                            .json(new Order("u" + user, user)));
            for (int user = 0; user < users; user++) {
                TestResponse answer = answers.get(user);
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                List<Object> seen = new ArrayList<>((List<?>) answer.json());
                assertThat(ids.add(String.valueOf(seen.getFirst()))).isTrue();
                assertThat(seen.subList(1, seen.size())).containsOnly("u" + user);
                assertThat(answer.header("x-for")).isEqualTo("u" + user);
            }
        }
        assertThat(most).isGreaterThan(users / 2);
        assertThat(running).isZero();
        assertThat(closed).isEqualTo(users);
        assertThat(USER.get()).isEqualTo("nobody");
    }

    @Test
    void codeOffTheLoopHasTheContextOfItsRequest() {
        app.around(this::identify);
        app.routes(new Shop());
        app.provide(new Shop());
        try (TestClient client = TestClient.of(app)) {
            for (String user : List.of("a", "b", "c")) {
                assertThat(client.get("/off").header("x-user", user).send().json())
                        .isEqualTo(user);
            }
        }
    }
}
