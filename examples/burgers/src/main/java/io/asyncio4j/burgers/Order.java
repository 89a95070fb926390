package io.asyncio4j.burgers;

import io.asyncio4j.web.DefaultValue;
import jakarta.validation.constraints.Size;

/// An order, as the database has it and the board shows it.
///
/// @param waited for how many seconds its customer has waited, once it is ready
record Order(long number, String customer, Burger burger, Counter counter, State state, double waited) {
    /// A kind of burger.
    enum Burger {
        /// It lies on the grill, and somebody waits.
        GRILLED,
        /// Its meat is cut by hand, and somebody works.
        MINCED
    }

    /// A place where orders are taken.
    enum Counter {
        /// One thread, which goes on to the next burger while one needs nothing but time.
        CONCURRENT,
        /// A thread for each processor, which stays with a burger until it is ready.
        PARALLEL
    }

    /// A step in the life of an order. They come in this order, but a customer may leave at any.
    enum State {
        ORDERED,
        PREPARING,
        READY,
        PICKED_UP,
        LEFT
    }

    /// The order that a customer gives.
    record Wish(
            @Size(min = 1, max = 30) String customer,
            @DefaultValue("GRILLED") Burger burger,
            @DefaultValue("CONCURRENT") Counter counter) {
        /// Returns the order with the number that the customer has taken.
        Order numbered(long number) {
            return new Order(number, customer, burger, counter, State.ORDERED, 0);
        }
    }

    Order in(State next) {
        return new Order(number, customer, burger, counter, next, waited);
    }

    Order readyAfter(double seconds) {
        return new Order(number, customer, burger, counter, State.READY, seconds);
    }

    boolean isDone() {
        return state == State.PICKED_UP || state == State.LEFT;
    }
}
