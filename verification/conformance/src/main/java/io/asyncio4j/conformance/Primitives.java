package io.asyncio4j.conformance;

import static io.asyncio4j.conformance.Operations.NOTHING;
import static io.asyncio4j.conformance.Values.listOf;

import io.asyncio4j.sync.Barrier;
import io.asyncio4j.sync.BoundedSemaphore;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Held;
import io.asyncio4j.sync.LifoQueue;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.PriorityQueue;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.sync.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The resources of programs that are synchronisation primitives, and the statements about them.
final class Primitives {
    private final Interpreter interpreter;
    private final Names names;

    Primitives(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.names = interpreter.names;
    }

    /// Makes a resource.
    ///
    /// @param lock the lock of a condition, if one is given
    static Object make(String type, JsonNode resource, @Nullable Lock lock) {
        return switch (type) {
            case "lock" -> new Lock();
            case "event" -> new Event();
            case "condition" -> lock == null ? new Condition() : new Condition(lock);
            case "semaphore" -> new Semaphore(resource.get("value").intValue());
            case "bounded_semaphore" ->
                new BoundedSemaphore(resource.get("value").intValue());
            case "barrier" -> new Barrier(resource.get("parties").intValue());
            case "queue" -> new Queue<Item>(maxSize(resource));
            case "priority_queue" -> new PriorityQueue<Item>(maxSize(resource));
            case "lifo_queue" -> new LifoQueue<Item>(maxSize(resource));
            default -> throw new IllegalArgumentException("No such resource: " + type);
        };
    }

    private static int maxSize(JsonNode resource) {
        return resource.path("maxsize").asInt(0);
    }

    void addTo(Operations operations) {
        addLocksTo(operations);
        addBarriersTo(operations);
        addQueuesTo(operations);
    }

    private void addLocksTo(Operations operations) {
        operations.awaiting("acquire", s -> {
            Object target = names.target(s);
            return () -> {
                acquire(target);
                return listOf(true);
            };
        });
        operations.immediate("release", s -> {
            Object target = names.target(s);
            giveBack(target, () -> release(target));
            return NOTHING;
        });
        operations.immediate("locked", s -> listOf(isLocked(names.target(s))));
        operations.awaiting("event_wait", s -> {
            Event event = names.target(s, Event.class);
            return () -> {
                event.await();
                return listOf(true);
            };
        });
        operations.immediate("event_set", s -> {
            names.target(s, Event.class).set();
            return NOTHING;
        });
        operations.immediate("event_clear", s -> {
            names.target(s, Event.class).clear();
            return NOTHING;
        });
        operations.immediate("is_set", s -> listOf(names.target(s, Event.class).isSet()));
        addConditionsTo(operations);
    }

    private void addConditionsTo(Operations operations) {
        operations.awaiting("cond_wait", s -> {
            Condition condition = names.target(s, Condition.class);
            return () -> {
                condition.await();
                return listOf(true);
            };
        });
        operations.awaiting("cond_wait_for", s -> {
            Condition condition = names.target(s, Condition.class);
            return () -> {
                condition.awaitUntil(() -> predicate(s));
                return listOf(true);
            };
        });
        operations.immediate("notify", s -> {
            names.target(s, Condition.class).signal(s.number("n", 1));
            return NOTHING;
        });
        operations.immediate("notify_all", s -> {
            names.target(s, Condition.class).signalAll();
            return NOTHING;
        });
    }

    private boolean predicate(Statement statement) {
        boolean holds = interpreter.conditions.holds(statement.node("cond"));
        interpreter.trace.add("pred", statement.text("target"), holds);
        return holds;
    }

    private void addBarriersTo(Operations operations) {
        operations.awaiting("barrier_wait", s -> {
            Barrier barrier = names.target(s, Barrier.class);
            return () -> listOf(barrier.await());
        });
        operations.awaiting("barrier_reset", s -> {
            Barrier barrier = names.target(s, Barrier.class);
            return () -> {
                barrier.reset();
                return NOTHING;
            };
        });
        operations.awaiting("barrier_abort", s -> {
            Barrier barrier = names.target(s, Barrier.class);
            return () -> {
                barrier.abort();
                return NOTHING;
            };
        });
        operations.immediate("barrier_state", s -> {
            Barrier barrier = names.target(s, Barrier.class);
            return listOf(barrier.waiting(), barrier.isBroken());
        });
    }

    private void addQueuesTo(Operations operations) {
        operations.awaiting("put", s -> {
            Queue<Item> queue = queue(s);
            return () -> {
                queue.put(Item.of(s.value("v")));
                return NOTHING;
            };
        });
        operations.awaiting("get", s -> {
            Queue<Item> queue = queue(s);
            return () -> listOf(queue.get().value());
        });
        operations.awaiting("join", s -> {
            Queue<Item> queue = queue(s);
            return () -> {
                queue.join();
                return NOTHING;
            };
        });
        operations.immediate("put_nowait", s -> {
            queue(s).putNowait(Item.of(s.value("v")));
            return NOTHING;
        });
        operations.immediate("get_nowait", s -> listOf(queue(s).getNowait().value()));
        operations.immediate("task_done", s -> {
            Queue<Item> queue = queue(s);
            interpreter.exceptions.refusedAsValueError(queue::taskDone);
            return NOTHING;
        });
        operations.immediate("queue_shutdown", s -> {
            queue(s).shutdown(s.flag("immediate"));
            return NOTHING;
        });
        operations.immediate("queue_state", s -> {
            Queue<Item> queue = queue(s);
            return listOf(queue.size(), queue.isEmpty(), queue.isFull());
        });
    }

    @SuppressWarnings("unchecked") // queues are made here, of items
    private Queue<Item> queue(Statement statement) {
        return (Queue<Item>) names.target(statement);
    }

    // ------------------------------------------------------------------ what can be held

    /// The primitive that a `with` statement has entered.
    ///
    /// @param exit leaves it
    /// @param value what entering gave
    record Entered(Runnable exit, @Nullable Object value) {
        void leave() {
            exit.run();
        }
    }

    Entered enter(Object target) {
        if (target instanceof Barrier barrier) {
            return new Entered(() -> {}, barrier.await());
        }
        Held held = acquire(target);
        return new Entered(() -> giveBack(target, held::close), null);
    }

    /// Gives something back, perhaps once too often.
    private void giveBack(Object target, Runnable release) {
        if (target instanceof BoundedSemaphore) {
            interpreter.exceptions.refusedAsValueError(release);
        } else {
            release.run();
        }
    }

    private static Held acquire(Object target) {
        return switch (target) {
            case Lock lock -> lock.acquire();
            case Condition condition -> condition.acquire();
            case Semaphore semaphore -> semaphore.acquire();
            default -> throw new IllegalArgumentException("Cannot be acquired: " + target);
        };
    }

    private static void release(Object target) {
        switch (target) {
            case Lock lock -> lock.release();
            case Condition condition -> condition.release();
            case Semaphore semaphore -> semaphore.release();
            default -> throw new IllegalArgumentException("Cannot be released: " + target);
        }
    }

    static boolean isLocked(Object target) {
        return switch (target) {
            case Lock lock -> lock.isLocked();
            case Condition condition -> condition.isLocked();
            case Semaphore semaphore -> semaphore.isLocked();
            default -> throw new IllegalArgumentException("Has no lock: " + target);
        };
    }
}
