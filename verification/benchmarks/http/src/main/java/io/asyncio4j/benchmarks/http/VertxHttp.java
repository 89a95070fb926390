package io.asyncio4j.benchmarks.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Answers in a Vert.x verticle, with one event loop on epoll:
/// `VertxHttp PORT event-loop|virtual-thread|web`.
final class VertxHttp {
    private static final CharSequence TEXT_PLAIN = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final CharSequence LENGTH = HttpHeaders.createOptimized("13");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence DATE = HttpHeaders.createOptimized("date");
    private static final Buffer TEXT = Buffer.buffer("Hello, World!");

    private VertxHttp() {}

    /// Runs it.
    public static void main(String[] arguments) throws InterruptedException {
        if (!Transport.EPOLL.available()) { // Vert.x would fall back on NIO
            throw new IllegalStateException("Vert.x cannot use epoll here", Transport.EPOLL.unavailabilityCause());
        }
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(1))
                .withTransport(Transport.EPOLL)
                .build();
        int port = Integer.parseInt(arguments[0]);
        boolean virtual = arguments[1].equals("virtual-thread");
        var options = new DeploymentOptions()
                .setThreadingModel(virtual ? ThreadingModel.VIRTUAL_THREAD : ThreadingModel.EVENT_LOOP);
        vertx.deployVerticle(arguments[1].equals("web") ? new Web(port) : new Plain(port), options)
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
        new CountDownLatch(1).await(); // what Vert.x starts for virtual threads does not keep the JVM alive
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions().setAcceptBacklog(1024).setTcpNoDelay(true);
    }

    /// Vert.x alone.
    private static final class Plain extends VerticleBase {
        private final int port;

        Plain(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options())
                    .requestHandler(Plain::answer)
                    .listen(port, "127.0.0.1");
        }

        private static void answer(HttpServerRequest request) {
            if ("/plaintext".equals(request.path())) {
                request.response()
                        .putHeader(DATE, Now.date())
                        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT_PLAIN)
                        .putHeader(HttpHeaders.CONTENT_LENGTH, LENGTH)
                        .end(TEXT);
            } else {
                request.response().setStatusCode(404).end();
            }
        }
    }

    /// Routes of Vert.x Web.
    private static final class Web extends VerticleBase {
        private final int port;
        private final Stock stock = new Stock();

        Web(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            Router router = Router.router(vertx);
            router.get("/plaintext").handler(context -> Plain.answer(context.request()));
            BodyHandler body = BodyHandler.create(false);
            router.post("/items/:id").handler(body).handler(context -> {
                Order order = Order.of(context);
                if (order == null) {
                    context.response().setStatusCode(422).end();
                } else {
                    answer(context, order.toJson().put("tags", order.tags));
                }
            });
            router.post("/stored/:id").handler(body).handler(this::stored);
            return vertx.createHttpServer(options()).requestHandler(router).listen(port, "127.0.0.1");
        }

        private void stored(RoutingContext context) {
            Order order = Order.of(context);
            if (order == null) {
                context.response().setStatusCode(422).end();
                return;
            }
            vertx.executeBlocking(() -> stock.of(order.id), false)
                    .onSuccess(quantity -> answer(context, order.toJson().put("stock", quantity)))
                    .onFailure(context::fail);
        }

        private static void answer(RoutingContext context, JsonObject answer) {
            context.response()
                    .putHeader(DATE, Now.date())
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                    .end(answer.toBuffer());
        }
    }

    /// The parameters of a request, checked.
    private record Order(long id, String q, String name, double price, int quantity, JsonArray tags) {
        /// Returns it; null if it is not valid.
        static @Nullable Order of(RoutingContext context) {
            try {
                String q = context.request().getParam("q");
                JsonObject item = context.body().asJsonObject();
                if (q == null || item == null) {
                    return null;
                }
                Order order = new Order(
                        Long.parseLong(context.pathParam("id")),
                        q,
                        item.getString("name"),
                        item.getDouble("price"),
                        item.getInteger("quantity"),
                        item.getJsonArray("tags"));
                return order.isValid() ? order : null;
            } catch (RuntimeException wrong) {
                return null;
            }
        }

        private boolean isValid() {
            for (Object tag : tags) {
                if (!(tag instanceof String)) {
                    return false;
                }
            }
            return !name.isEmpty() && name.length() <= 50 && price > 0 && quantity > 0;
        }

        JsonObject toJson() {
            return new JsonObject().put("id", id).put("q", q).put("name", name).put("total", price * quantity);
        }
    }
}
