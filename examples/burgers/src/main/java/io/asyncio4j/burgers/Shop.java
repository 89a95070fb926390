package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.burgers.Order.Burger;
import io.asyncio4j.burgers.Order.Counter;
import io.asyncio4j.burgers.Order.State;
import io.asyncio4j.burgers.Order.Wish;
import io.asyncio4j.sync.Held;
import io.asyncio4j.web.BackgroundTasks;
import io.asyncio4j.web.DefaultValue;
import io.asyncio4j.web.Get;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.Post;
import io.asyncio4j.web.Responds;
import io.asyncio4j.web.Status;
import io.asyncio4j.web.Summary;
import io.asyncio4j.web.WebSocket;
import io.asyncio4j.web.WebSocketSession;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The burger shop: its path functions, and how a customer is served.
///
/// A request is a task. While it waits, for the database or for a burger, the loop serves others.
final class Shop {
    private static final int MOST_CUSTOMERS = 500;
    private static final Logger LOG = System.getLogger(Shop.class.getName());

    private final Orders orders;
    private final Kitchen kitchen;
    private final Board board;
    private int customers; // all tasks run on one thread: a plain number counts right

    Shop(Orders orders, Kitchen kitchen, Board board) {
        this.orders = orders;
        this.kitchen = kitchen;
        this.board = board;
    }

    /// Customers who come at the same time.
    record Crowd(
            @Min(1) @Max(100) int customers,
            @DefaultValue("GRILLED") Burger burger) {}

    @Post("/orders")
    @Status(201)
    @Summary("Order a burger, and wait until it is ready")
    @Responds(status = 503, description = "The shop is full, or the database is down")
    Order order(Wish wish, BackgroundTasks afterwards) throws SQLException {
        Order ready = serve(wish);
        afterwards.add(() -> end(ready.in(State.PICKED_UP))); // it is picked up when the answer is
        return ready;
    }

    @Get("/orders")
    @Summary("See the latest orders")
    List<Order> latest(@DefaultValue("20") @Min(1) @Max(100) int limit) throws SQLException {
        return orders.latest(limit);
    }

    @Get("/orders/{number}")
    @Summary("See an order")
    @Responds(status = 404, description = "There is no such order")
    Order find(long number) throws SQLException {
        return orders.find(number).orElseThrow(() -> new HttpException(404, "No order " + number));
    }

    @Get("/waits")
    @Summary("See for how long customers have waited")
    List<Orders.Waits> waits() throws SQLException {
        return orders.waits();
    }

    @Post("/crowd")
    @Status(202)
    @Summary("Let a crowd in, first to one counter, then to the other")
    @Responds(status = 503, description = "The shop is full")
    Crowd crowd(Crowd crowd, BackgroundTasks afterwards) {
        requireRoomFor(crowd.customers());
        for (Counter counter : Counter.values()) { // at the same time they would share the processors
            afterwards.add(() -> taskGroup(group -> {
                for (int i = 1; i <= crowd.customers(); i++) {
                    Wish wish = new Wish("Guest " + i, crowd.burger(), counter);
                    group.createTask(wish.customer(), () -> visit(wish));
                }
            }));
        }
        return crowd;
    }

    @WebSocket("/board")
    void board(WebSocketSession socket) {
        board.watch(socket);
    }

    // ------------------------------------------------------------------ serving

    private void requireRoomFor(int more) {
        if (customers + more > MOST_CUSTOMERS) {
            throw new HttpException(503, "The shop is full").header("Retry-After", "5");
        }
    }

    /// Serves one of a crowd. A burger that cannot be had keeps nobody else from having one.
    private void visit(Wish wish) {
        try {
            end(serve(wish).in(State.PICKED_UP));
        } catch (SQLException | HttpException noBurger) {
            LOG.log(Level.WARNING, wish.customer() + " got no burger: " + noBurger.getMessage());
        }
    }

    /// Serves a customer, until the burger is ready.
    private Order serve(Wish wish) throws SQLException {
        requireRoomFor(1);
        customers++;
        try {
            long came = runningLoop().time();
            Order order = wish.numbered(orders.takeNumber());
            boolean ready = false;
            try {
                put(order);
                try (Held _ = kitchen.cook(order.counter())) {
                    put(order.in(State.PREPARING));
                    kitchen.make(order.burger(), order.counter());
                }
                order = put(order.readyAfter(secondsSince(came)));
                ready = true;
                return order;
            } finally {
                if (!ready) {
                    end(order.in(State.LEFT));
                }
            }
        } finally {
            customers--;
        }
    }

    private static double secondsSince(long time) {
        return TimeUnit.NANOSECONDS.toMillis(runningLoop().time() - time) / 1000.0;
    }

    /// Keeps an order in its new state, and shows it.
    private Order put(Order order) throws SQLException {
        orders.save(order);
        board.show(order);
        return order;
    }

    /// Keeps and shows the end of an order. It leaves the board also when the database is down.
    private void end(Order done) {
        board.show(done);
        try {
            orders.save(done);
        } catch (SQLException stays) {
            LOG.log(Level.WARNING, "The end of order " + done.number() + " is not kept: " + stays.getMessage());
        }
    }
}
