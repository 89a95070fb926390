package io.asyncio4j.faults;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.shield;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.Asyncio.toThread;

import io.asyncio4j.CancelledError;
import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.Future;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The program that runs under [FaultAgent]: each scenario again and again, with memory running out
/// at one point after the other. After each run the loop, another task of it and what the scenario
/// used must be sound, and nothing but the one error may have been thrown.
@SuppressWarnings({"ReferenceEquality", "StaticAssignmentOfThrowable"}) // an error is this very one, or not
final class FaultScenarios {
    /// What a scenario itself throws.
    private static final IllegalStateException WANTED = new IllegalStateException("wanted");

    private static final Duration SHORT = Duration.ofNanos(1000);

    /// How long a run may take before it is said to hang: no measure of speed.
    private static final long PATIENCE_MILLIS = 120_000;

    /// A scenario with threads passes as many as the other task has turns meanwhile.
    private static final int MOST_POINTS = 400;

    private static volatile String doing = "";
    private static volatile long since = System.currentTimeMillis();

    private FaultScenarios() {}

    /// A check for the time when memory is there again.
    private interface Check {
        void verify() throws Exception;
    }

    private interface Scenario {
        /// Runs with points armed.
        Check run() throws Exception;
    }

    private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

    static {
        ALL.put("sleep", FaultScenarios::sleeping);
        ALL.put("tasks", FaultScenarios::tasks);
        ALL.put("lock", FaultScenarios::lock);
        ALL.put("semaphore", FaultScenarios::semaphore);
        ALL.put("condition", FaultScenarios::condition);
        ALL.put("queue", FaultScenarios::queue);
        ALL.put("event", FaultScenarios::event);
        ALL.put("group", FaultScenarios::group);
        ALL.put("failing group", FaultScenarios::failingGroup);
        ALL.put("timeout", FaultScenarios::timeouts);
        ALL.put("gather", FaultScenarios::gathering);
        ALL.put("cancel", FaultScenarios::cancelling);
        ALL.put("thread", FaultScenarios::threads);
        ALL.put("callback", FaultScenarios::callbacks);
    }

    static void main() {
        Thread.ofPlatform().daemon().start(FaultScenarios::guard);
        int runs = 0;
        for (var scenario : ALL.entrySet()) {
            runs += runAll(scenario.getKey(), scenario.getValue());
        }
        System.out.println("sound after each of " + runs + " faults");
        System.exit(0);
    }

    private static int runAll(String name, Scenario scenario) {
        new Run(name, scenario, 0).run(); // links everything, and is not counted
        int points = Math.min(MOST_POINTS, new Run(name, scenario, 0).run());
        for (int point = 1; point <= points; point++) {
            new Run(name, scenario, point).run();
        }
        return points;
    }

    private static void guard() {
        while (System.currentTimeMillis() - since < PATIENCE_MILLIS) {
            try {
                Thread.sleep(1000); // this is no test, and waits for nothing
            } catch (InterruptedException e) {
                return;
            }
        }
        fail("hangs");
    }

    private static void fail(String what) {
        System.out.println(doing + ": " + what);
        Throwable injected = FaultPoint.injected();
        if (injected != null) {
            injected.printStackTrace(System.out);
        }
        Runtime.getRuntime().halt(3);
    }

    /// One run of a scenario with one fault.
    private static final class Run {
        private final String name;
        private final Scenario scenario;
        private final int point;
        private final List<Throwable> seen = new ArrayList<>();
        private int passed;
        private int ticks;

        Run(String name, Scenario scenario, int point) {
            this.name = name;
            this.scenario = scenario;
            this.point = point;
        }

        int run() {
            doing = name + ", fault " + point;
            since = System.currentTimeMillis();
            RunnerOptions options = RunnerOptions.defaults().exceptionHandler((_, problem) -> {
                if (problem.exception() != null) {
                    seen.add(problem.exception());
                }
            });
            try (Runner runner = new Runner(options)) {
                runner.run(this::body);
            } catch (Throwable thrown) {
                seen.add(thrown);
            } finally {
                FaultPoint.disarm();
            }
            Throwable injected = FaultPoint.injected();
            seen.stream()
                    .filter(thrown -> injected == null || !tellsOf(thrown, injected))
                    .filter(thrown -> !(thrown instanceof CancelledError) && thrown != WANTED)
                    .forEach(thrown -> {
                        thrown.printStackTrace(System.out);
                        fail("failed with " + thrown);
                    });
            return passed;
        }

        private void body() throws Exception {
            Task<?> ticker = createTask("ticker", (VoidCoroutine) this::tick);
            sleep(Duration.ZERO);
            Check check = null;
            FaultPoint.arm(point);
            try {
                check = scenario.run();
            } catch (Throwable thrown) {
                seen.add(thrown);
            } finally {
                passed = FaultPoint.disarm();
            }
            int before = ticks;
            for (int i = 0; i < 3; i++) {
                sleep(Duration.ZERO);
            }
            if (!ticker.isDone() && ticks < before + 2) {
                fail("another task stands still: " + ticker);
            }
            sleep(SHORT);
            if (check != null) {
                check.verify();
            }
            ticker.cancel();
            try {
                await(ticker);
            } catch (CancelledError ended) {
                // as it should
            } catch (OutOfMemoryError error) {
                seen.add(error);
            }
        }

        private void tick() {
            while (true) {
                ticks++;
                sleep(Duration.ZERO);
            }
        }
    }

    private static boolean tellsOf(Throwable thrown, Throwable injected) {
        if (thrown == injected || thrown.getCause() == injected) {
            return true;
        }
        return thrown instanceof ExceptionGroup group
                && group.exceptions().stream().anyMatch(part -> tellsOf(part, injected));
    }

    private static void check(boolean condition, Object what) {
        if (!condition) {
            fail("not sound: " + what);
        }
    }

    /// Runs bodies as tasks to their end. The first failure cancels the others, and is thrown then:
    /// memory runs out only once, so that all goes well after that.
    private static void all(VoidCoroutine... bodies) throws Exception {
        List<Task<?>> tasks = new ArrayList<>();
        Throwable failure = null;
        try {
            for (VoidCoroutine body : bodies) {
                tasks.add(createTask(body));
            }
        } catch (Throwable thrown) {
            failure = thrown;
            tasks.forEach(Future::cancel);
        }
        while (!tasks.stream().allMatch(Future::isDone)) {
            try {
                sleep(Duration.ZERO);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            boolean failed = tasks.stream().anyMatch(task -> failureOf(task) != null);
            if (failed || (failure != null && FaultPoint.injected() != null)) {
                tasks.forEach(Future::cancel);
            }
        }
        for (Task<?> task : tasks) {
            failure = failureOf(task) == null ? failure : failureOf(task);
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    private static @Nullable Throwable failureOf(Task<?> task) {
        return task.isDone() && !task.isCancelled() ? task.exception() : null;
    }

    // ------------------------------------------------------------------ scenarios

    private static Check sleeping() throws Exception {
        all(() -> sleep(SHORT), () -> sleep(Duration.ZERO), () -> sleep(SHORT));
        sleep(SHORT);
        return () -> {};
    }

    private static Check tasks() throws Exception {
        Future<String> future = createFuture();
        all(() -> await(future), () -> future.setResult("done"), () -> {
            var _ = await(createTask("inner", () -> sleep(SHORT, 1)));
        });
        return () -> check(future.isDone(), future);
    }

    private static Check lock() throws Exception {
        Lock lock = new Lock("shared");
        try {
            VoidCoroutine user = () -> {
                try (var _ = lock.acquire()) {
                    sleep(Duration.ZERO);
                }
            };
            all(user, user, user);
        } finally {
            check(!lock.isLocked(), lock);
        }
        return () -> {
            try (var _ = lock.acquire()) {
                check(lock.isLocked(), lock);
            }
        };
    }

    private static Check semaphore() throws Exception {
        Semaphore semaphore = new Semaphore("two", 2);
        try {
            VoidCoroutine user = () -> {
                try (var _ = semaphore.acquire()) {
                    sleep(Duration.ZERO);
                }
            };
            all(user, user, user, user);
        } finally {
            check(semaphore.toString().contains("2 free"), semaphore);
        }
        return () -> {};
    }

    private static Check condition() throws Exception {
        Condition condition = new Condition("changed");
        boolean[] ready = {false};
        try {
            VoidCoroutine waiter = () -> {
                try (var _ = condition.acquire()) {
                    condition.awaitUntil(() -> ready[0]);
                }
            };
            VoidCoroutine signaller = () -> {
                try {
                    sleep(Duration.ZERO);
                    sleep(Duration.ZERO);
                } finally {
                    ready[0] = true;
                    FaultPoint.disarm(); // the waiters depend on this task
                    try (var _ = condition.acquire()) {
                        condition.signalAll();
                    }
                }
            };
            all(signaller, waiter, waiter);
        } finally {
            check(!condition.isLocked(), condition);
        }
        return () -> {};
    }

    private static Check queue() throws Exception {
        Queue<Integer> queue = new Queue<>(2);
        int[] put = {0};
        int[] got = {0};
        try {
            all(
                    () -> {
                        try {
                            for (int i = 0; i < 5; i++) {
                                queue.put(i);
                                put[0]++;
                            }
                        } finally {
                            FaultPoint.disarm(); // the other depends on this
                            queue.shutdown();
                        }
                    },
                    () -> {
                        for (int _ : queue) {
                            got[0]++;
                        }
                    });
        } finally {
            check(put[0] == got[0] + queue.size(), put[0] + " put, " + got[0] + " got, " + queue);
        }
        return () -> {};
    }

    private static Check event() throws Exception {
        Event event = new Event("go");
        all(event::await, event::await, () -> {
            try {
                sleep(Duration.ZERO);
            } finally {
                FaultPoint.disarm(); // the others depend on this
                event.set();
            }
        });
        return event::await;
    }

    private static Check group() {
        List<Task<?>> children = new ArrayList<>();
        try {
            taskGroup(group -> {
                children.add(group.createTask(() -> sleep(SHORT)));
                children.add(group.createTask("second", () -> sleep(Duration.ZERO)));
                sleep(Duration.ZERO);
            });
        } finally {
            check(children.stream().allMatch(Future::isDone), children);
        }
        return () -> {};
    }

    private static Check failingGroup() {
        List<Task<?>> children = new ArrayList<>();
        try {
            taskGroup(group -> {
                children.add(group.createTask(() -> {
                    sleep(Duration.ZERO);
                    throw WANTED;
                }));
                children.add(group.createTask(() -> sleep(Duration.ofHours(1))));
                sleep(Duration.ofHours(1));
            });
        } catch (ExceptionGroup failures) {
            rethrowUnlessWanted(failures);
        } finally {
            check(children.stream().allMatch(Future::isDone), children);
        }
        return () -> {};
    }

    private static void rethrowUnlessWanted(ExceptionGroup failures) {
        ExceptionGroup others = failures.subgroup(failure -> failure != WANTED && !(failure instanceof ExceptionGroup));
        if (others != null) {
            throw others;
        }
    }

    private static Check timeouts() throws Exception {
        try {
            timeout(SHORT, () -> sleep(Duration.ofHours(1)));
        } catch (TimeoutException expected) {
            // as it should
        }
        timeout(Duration.ofHours(1), () -> sleep(SHORT));
        return () -> sleep(SHORT);
    }

    private static Check gathering() throws Exception {
        VoidCoroutine child = () -> sleep(SHORT);
        var _ = await(gather(createTask(child), createTask(child), createTask(child)));
        await(shield(createTask(child)));
        return () -> {};
    }

    private static Check cancelling() throws Exception {
        boolean[] cleaned = {false};
        Task<?> victim = createTask(() -> {
            try {
                sleep(Duration.ofHours(1));
            } finally {
                cleaned[0] = true;
            }
        });
        try {
            sleep(Duration.ZERO);
        } finally {
            victim.cancel();
            while (!victim.isDone()) {
                sleepAnyway();
            }
        }
        if (!victim.isCancelled() && victim.exception() instanceof Error error) {
            throw error;
        }
        return () -> check(cleaned[0], "the task cleaned up");
    }

    private static void sleepAnyway() {
        try {
            sleep(Duration.ZERO);
        } catch (OutOfMemoryError again) {
            FaultPoint.disarm();
            throw again;
        }
    }

    private static Check threads() throws Exception {
        String value = toThread(() -> "value");
        check(value.equals("value"), value);
        return () -> check(toThread(() -> 1) == 1, "a thread");
    }

    private static Check callbacks() throws Exception {
        Future<String> future = createFuture();
        future.addDoneCallback(_ -> {});
        try {
            all(() -> await(future), () -> future.setResult("x"));
        } finally {
            if (!future.isDone()) {
                future.cancel();
            }
        }
        return () -> {};
    }
}
