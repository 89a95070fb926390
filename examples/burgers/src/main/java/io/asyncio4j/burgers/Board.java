package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.sync.Queue;
import io.asyncio4j.web.WebSocketSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The board on the wall, which shows the orders live to whoever looks.
///
/// Each message is a list of orders in their new state. The first has all that are shown. One
/// thread runs all of this, and there is no await between two lines of [#show]: nothing is missed.
final class Board {
    static final int MOST_DONE = 200;
    static final int MOST_UNSENT = 1000;

    private final Map<Long, Order> open = new LinkedHashMap<>();
    private final Deque<Order> done = new ArrayDeque<>();
    private final Set<Viewer> viewers = new LinkedHashSet<>();

    /// Somebody who looks, and what has not been sent so far.
    private record Viewer(WebSocketSession socket, Queue<List<Order>> unsent) {
        void tell(List<Order> orders) {
            if (unsent.isFull()) {
                socket.close(1013, "You read too slowly"); // the page comes back, and is sent all
            } else {
                unsent.putNowait(orders);
            }
        }

        void send() {
            while (true) {
                socket.sendJson(unsent.get());
            }
        }
    }

    /// Shows an order in its new state. Does not suspend.
    void show(Order order) {
        if (order.isDone()) {
            open.remove(order.number());
            done.addLast(order);
            if (done.size() > MOST_DONE) {
                done.removeFirst();
            }
        } else {
            open.put(order.number(), order);
        }
        viewers.forEach(viewer -> viewer.tell(List.of(order)));
    }

    /// Sends what is shown, and what changes, until the viewer leaves.
    void watch(WebSocketSession socket) {
        socket.accept();
        Viewer viewer = new Viewer(socket, new Queue<>(MOST_UNSENT));
        viewer.tell(shown());
        viewers.add(viewer);
        try {
            taskGroup(tasks -> {
                var sender = tasks.createTask("board", viewer::send);
                for (String ignored : socket.texts()) {} // ends when the viewer leaves
                sender.cancel();
            });
        } finally {
            viewers.remove(viewer);
        }
    }

    private List<Order> shown() {
        List<Order> shown = new ArrayList<>(done);
        shown.addAll(open.values());
        return shown;
    }
}
