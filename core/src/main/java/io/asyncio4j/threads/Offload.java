package io.asyncio4j.threads;

import io.asyncio4j.Awaitable;
import io.asyncio4j.Context;
import io.asyncio4j.Coroutine;
import io.asyncio4j.base.CarrierAccess;
import io.asyncio4j.kernel.Advice;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Handout;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.Promise;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// The work of other threads as futures of a loop: completion stages, and calls in executors and in
/// fresh threads.
public final class Offload {
    private Offload() {}

    /// Waits in the calling task for a stage; cancelling the task cancels the stage.
    @SuppressWarnings("NullAway") // a stage completes with a value or an exception
    public static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
        Fiber<?> task = Caller.requireTask("await a CompletionStage");
        Thread caller = Thread.currentThread();
        Handout<?> own = Handout.of(stage, task.loop);
        OutsidePromise<T> future = new OutsidePromise<>(
                task.loop,
                "a CompletionStage",
                () -> stage.toCompletableFuture().cancel(true),
                own == null);
        stage.whenComplete((value, thrown) -> {
            if (Thread.currentThread() == caller) {
                future.settleStage(value, thrown); // complete already: no need to suspend
            } else {
                future.postStage(value, thrown);
            }
        });
        return own == null ? future.await() : own.await(future);
    }

    /// Returns stages as awaitables.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> List<Awaitable<T>> awaitables(CompletionStage<? extends T>... stages) {
        return Arrays.stream(stages).<Awaitable<T>>map(Offload::awaitable).toList();
    }

    /// Returns a stage as an awaitable.
    public static <T extends @Nullable Object> Coroutine<T> awaitable(CompletionStage<? extends T> stage) {
        Objects.requireNonNull(stage, "stage");
        return () -> await(stage);
    }

    /// Calls `body` in `executor`, in a copy of the caller's context. Cancelling the future cancels
    /// the call, or interrupts its thread.
    public static <T extends @Nullable Object> Promise<T> submit(Loop loop, Executor executor, Callable<T> body) {
        return start(new ExecutorCall<>(loop, inCopyOfContext(body)), executor);
    }

    /// Calls `body` in the loop's default executor.
    public static <T extends @Nullable Object> Promise<T> submitToDefault(Loop loop, Callable<T> body) {
        return start(
                new DefaultCall<>(loop, inCopyOfContext(body)),
                DefaultExecutor.of(loop).get());
    }

    /// Calls `body` on a virtual thread of its own and waits in the calling task.
    public static <T extends @Nullable Object> T onFreshThread(Fiber<?> task, Callable<T> body) {
        Loop loop = task.loop;
        String name = "thread of " + task.name();
        return start(
                        new ThreadCall<>(loop, inCopyOfContext(body)),
                        call -> newThread(loop, call, name).start())
                .await();
    }

    private static <T extends @Nullable Object> Callable<T> inCopyOfContext(Callable<T> body) {
        Objects.requireNonNull(body, "body");
        Context context = Context.copyCurrent();
        return () -> context.run(body::call);
    }

    private static <T extends @Nullable Object> Promise<T> start(Call<T> call, Executor executor) {
        try {
            executor.execute(call);
        } catch (Throwable refused) {
            call.refused();
            throw refused;
        }
        return call.future;
    }

    private static Thread newThread(Loop loop, Runnable body, String name) {
        // An ordinary builder would inherit the carrier engine's scheduler from the calling task.
        Thread thread = CarrierAccess.unavailable() == null
                ? CarrierAccess.newThread(CarrierAccess.defaultScheduler(), body)
                : Thread.ofVirtual().inheritInheritableThreadLocals(false).unstarted(body);
        thread.setName(name);
        thread.setContextClassLoader(loop.contextClassLoader());
        return thread;
    }

    /// A call in another thread, which settles its future.
    abstract static class Call<T extends @Nullable Object> extends FutureTask<T> {
        final OutsidePromise<T> future;

        @SuppressWarnings("this-escape") // only stored
        Call(Loop loop, Callable<T> body) {
            super(body);
            this.future = new OutsidePromise<>(loop, "a call in another thread", () -> cancel(true));
        }

        /// The executor does not take it.
        void refused() {
            future.cancelWith(null);
        }

        @Override
        protected void set(T value) {
            try {
                super.set(value);
            } finally { // whatever happens here, the task that waits is told
                future.postOutcome(value, null);
            }
        }

        @Override
        @SuppressWarnings("NullAway") // no value beside the exception
        protected void setException(Throwable thrown) {
            try {
                super.setException(thrown);
            } finally {
                future.postOutcome(null, thrown);
            }
        }
    }

    /// A call of `toThread`. What it calls has its class on the stack, where [Advice] finds it.
    static final class ThreadCall<T extends @Nullable Object> extends Call<T> implements Advice.OfToThread {
        ThreadCall(Loop loop, Callable<T> body) {
            super(loop, body);
        }

        @Override
        public void run() {
            super.run();
        }
    }

    /// A call in an executor, found on the stack likewise.
    static class ExecutorCall<T extends @Nullable Object> extends Call<T> implements Advice.OfExecutor {
        ExecutorCall(Loop loop, Callable<T> body) {
            super(loop, body);
        }

        @Override
        public void run() {
            super.run();
        }
    }

    /// A call in the default executor, for which the end of a run waits.
    private static final class DefaultCall<T extends @Nullable Object> extends ExecutorCall<T> {
        private final DefaultCalls.Entry entry;

        DefaultCall(Loop loop, Callable<T> body) {
            super(loop, body);
            entry = DefaultExecutor.of(loop).calls.add(loop.owner.currentTask());
        }

        @Override
        public void refused() {
            entry.end();
            super.refused();
        }

        @Override
        public void run() {
            entry.begin();
            try {
                super.run();
            } finally {
                entry.end();
            }
        }
    }
}
