package io.asyncio4j.testing;

import static io.asyncio4j.Asyncio.allTasks;
import static io.asyncio4j.Asyncio.asCompleted;
import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.gatherOutcomes;
import static io.asyncio4j.Asyncio.shield;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.Asyncio.waitAll;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Coroutine;
import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.Generator;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Task;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.sync.BoundedSemaphore;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random programs in random orders: what tasks, groups, timeouts and locks promise holds in all.
final class KernelInAnyOrderTest {
    @Test
    void structureHoldsInAnyOrder() {
        exploreProgramsTo(20, 5);
    }

    @Test
    @Tag("slow")
    void structureHoldsInAnyOrderOfManyPrograms() {
        exploreProgramsTo(2000, 50);
    }

    private static void exploreProgramsTo(int lastSeed, int schedules) {
        for (int seed = 1; seed <= lastSeed; seed++) {
            Plan plan = Plan.random(new Random(seed), 4);
            ScheduleOptions options = ScheduleOptions.of(schedules).baseSeed(seed);

            Schedules.explore(options, () -> new Program().run(plan));
        }
    }

    private enum Kind {
        YIELD,
        SLEEP,
        GROUP,
        EAGER_GROUP,
        FAILING_GROUP,
        TIMEOUT,
        LOCK,
        SEMAPHORE,
        CONDITION,
        QUEUE,
        GATHER,
        WAIT,
        COMPLETED,
        SHIELD,
        CANCEL,
        GENERATOR
    }

    /// The actions of a program: drawn before it runs, so that they are the same in any order.
    private record Plan(Kind kind, int number, List<Plan> parts) {
        static Plan random(Random random, int depth) {
            Kind[] kinds = Kind.values();
            Kind kind = depth == 0 ? kinds[random.nextInt(2)] : kinds[random.nextInt(kinds.length)];
            List<Plan> parts = new ArrayList<>();
            for (int i = depth == 0 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
                parts.add(random(random, depth - 1));
            }
            return new Plan(kind, random.nextInt(4), parts);
        }
    }

    private static final class Boom extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// One run, which checks as it goes.
    private static final class Program {
        private final Lock lock = new Lock();
        private final BoundedSemaphore semaphore = new BoundedSemaphore(2);
        private final Condition condition = new Condition();

        /// Those that may outlive who started them.
        private final List<Task<@Nullable Void>> shielded = new ArrayList<>();

        private int holders;
        private int users;

        void run(Plan plan) {
            try {
                act(plan);
            } catch (Boom | TimeoutException expected) {
                // as planned
            } catch (ExceptionGroup group) {
                assertPlanned(group);
            }
            while (!shielded.isEmpty()) {
                await(shielded.removeFirst());
            }
            assertThat(allTasks()).isEqualTo(List.of(currentTask()));
            assertThat(currentTask()).extracting(Task::cancelling).isEqualTo(0);
            assertThat(holders + users).isZero();
        }

        private static void assertPlanned(Throwable failure) {
            if (failure instanceof ExceptionGroup group) {
                group.exceptions().forEach(Program::assertPlanned);
            } else if (!(failure instanceof TimeoutException)) {
                assertThat(failure).isInstanceOf(Boom.class);
            }
        }

        private void act(Plan plan) {
            switch (plan.kind) {
                case YIELD -> sleep(ofMillis(0));
                case SLEEP -> sleep(ofMillis(plan.number));
                case GROUP -> group(plan, TaskOptions.defaults(), false);
                case EAGER_GROUP -> group(plan, TaskOptions.defaults().eagerStart(true), false);
                case FAILING_GROUP -> group(plan, TaskOptions.defaults(), true);
                case TIMEOUT -> inTime(plan);
                case LOCK -> locked(plan);
                case SEMAPHORE -> limited(plan);
                case CONDITION -> signalled(plan);
                case QUEUE -> queued(plan);
                case GATHER -> await(gatherOutcomes(coroutines(plan)));
                case WAIT -> waitForFirst(plan);
                case COMPLETED -> completed(plan);
                case SHIELD -> shielded(plan);
                case CANCEL -> cancelled(plan);
                case GENERATOR -> generated(plan);
            }
        }

        private void all(Plan plan) {
            plan.parts.forEach(this::act);
        }

        private List<Coroutine<@Nullable Void>> coroutines(Plan plan) {
            List<Coroutine<@Nullable Void>> coroutines = new ArrayList<>();
            for (Plan part : plan.parts) {
                coroutines.add(() -> {
                    act(part);
                    return null;
                });
            }
            return coroutines;
        }

        private void group(Plan plan, TaskOptions options, boolean fails) {
            List<Task<?>> children = new ArrayList<>();
            try {
                taskGroup(group -> {
                    for (Coroutine<?> child : coroutines(plan)) {
                        children.add(group.createTask(options, child));
                    }
                    if (fails) {
                        sleep(ofMillis(plan.number));
                        throw new Boom();
                    }
                });
            } finally {
                assertThat(children).allMatch(Task::isDone);
            }
        }

        private void inTime(Plan plan) {
            try {
                timeout(ofMillis(plan.number), () -> all(plan));
            } catch (TimeoutException late) {
                sleep(ofMillis(0));
            }
        }

        private void locked(Plan plan) {
            // A part may want the lock itself: not while this has it.
            try (var _ = lock.acquire()) {
                assertThat(++holders).isEqualTo(1);
                try {
                    sleep(ofMillis(plan.number));
                } finally {
                    holders--;
                }
            }
            all(plan);
        }

        private void limited(Plan plan) {
            try (var _ = semaphore.acquire()) {
                assertThat(++users).isLessThanOrEqualTo(2);
                try {
                    sleep(ofMillis(plan.number));
                } finally {
                    users--;
                }
            }
            all(plan);
        }

        private void signalled(Plan plan) {
            boolean[] done = {false};
            taskGroup(group -> {
                for (int i = 0; i < 2; i++) {
                    group.createTask(() -> {
                        try (var _ = condition.acquire()) {
                            condition.awaitUntil(() -> done[0]);
                            assertThat(condition.isLocked()).isTrue();
                        }
                    });
                }
                all(plan);
                try (var _ = condition.acquire()) {
                    done[0] = true;
                    condition.signalAll();
                }
            });
        }

        private void queued(Plan plan) {
            Queue<Integer> queue = new Queue<>(1);
            List<Integer> taken = new ArrayList<>();
            taskGroup(group -> {
                for (int i = 0; i < 2; i++) {
                    group.createTask(() -> {
                        for (int item : queue) {
                            taken.add(item);
                            sleep(ofMillis(item % 2));
                            queue.taskDone();
                        }
                    });
                }
                for (int item = 0; item < 4; item++) {
                    queue.put(item);
                }
                all(plan);
                queue.join();
                assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3);
                queue.shutdown();
            });
        }

        private void waitForFirst(Plan plan) {
            List<Task<@Nullable Void>> tasks = new ArrayList<>();
            for (Coroutine<@Nullable Void> coroutine : coroutines(plan)) {
                tasks.add(createTask(coroutine));
            }
            try {
                var ended = waitAll(tasks, ofMillis(plan.number), ReturnWhen.FIRST_COMPLETED);
                assertThat(ended.pending()).hasSize(tasks.size() - ended.done().size());
            } finally {
                end(tasks);
            }
        }

        /// Cancels tasks and waits for them, also if this is cancelled meanwhile.
        private static void end(List<Task<@Nullable Void>> tasks) {
            CancelledError cancellation = null;
            tasks.forEach(Task::cancel);
            for (Task<?> task : tasks) {
                while (!task.isDone()) {
                    try {
                        waitAll(List.of(task), null, ReturnWhen.ALL_COMPLETED);
                    } catch (CancelledError error) {
                        cancellation = error;
                    }
                }
                if (!task.isCancelled() && task.exception() != null) {
                    assertPlanned(task.exception());
                }
            }
            if (cancellation != null) {
                throw cancellation;
            }
        }

        private void completed(Plan plan) {
            List<Task<@Nullable Void>> tasks = new ArrayList<>();
            for (Coroutine<@Nullable Void> coroutine : coroutines(plan)) {
                tasks.add(createTask(coroutine));
            }
            try {
                int count = 0;
                for (var future : asCompleted(tasks, null)) {
                    assertThat(future.isDone()).isTrue();
                    count++;
                }
                assertThat(count).isEqualTo(tasks.size());
            } finally {
                end(tasks);
            }
        }

        private void shielded(Plan plan) {
            Task<@Nullable Void> inner = createTask("shielded", () -> {
                try {
                    all(plan);
                } catch (Boom | TimeoutException | ExceptionGroup expected) {
                    // nobody may wait for it
                }
            });
            shielded.add(inner);
            await(shield(inner));
            assertThat(inner.isDone()).isTrue();
        }

        private void cancelled(Plan plan) {
            Task<@Nullable Void> task = createTask(() -> all(plan));
            try {
                sleep(ofMillis(plan.number));
            } finally {
                end(List.of(task));
            }
        }

        private void generated(Plan plan) {
            int count = 0;
            Generator<Integer> numbers = new Generator<>(out -> {
                for (int i = 0; i < plan.parts.size(); i++) {
                    act(plan.parts.get(i));
                    out.yield(i);
                }
            });
            try (numbers) {
                for (int number : numbers) {
                    assertThat(number).isEqualTo(count++);
                    sleep(ofMillis(plan.number));
                }
            }
            assertThat(count).isEqualTo(plan.parts.size());
        }
    }
}
