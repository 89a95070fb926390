package io.asyncio4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Between a loop and the threads outside it: completion stages, executors, calls from other
/// threads.
final class Bridge {
    private Bridge() {}

    // ------------------------------------------------------------------ the loop waits for others

    /// Waits in the calling task for a stage; cancelling the task cancels the stage.
    @SuppressWarnings("NullAway") // a stage completes with a value or an exception
    static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
        Task<?> task = Caller.requireTask("await a CompletionStage");
        Thread caller = Thread.currentThread();
        Handout<?> own = stage instanceof Handout<?> handout && handout.loop == task.loop ? handout : null;
        OutsideFuture<T> future = new OutsideFuture<>(
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

    /// Calls `body` in `executor`, in a copy of the caller's context. Cancelling the future cancels
    /// the call, or interrupts its thread.
    static <T extends @Nullable Object> Future<T> submit(Loop loop, Executor executor, Callable<T> body) {
        return start(new ExecutorCall<>(loop, inCopyOfContext(body)), executor);
    }

    /// Calls `body` in the loop's default executor.
    static <T extends @Nullable Object> Future<T> submitToDefault(Loop loop, Callable<T> body) {
        return start(new DefaultCall<>(loop, inCopyOfContext(body)), loop.defaultExecutor());
    }

    /// Calls `body` on a virtual thread of its own and waits in the calling task.
    static <T extends @Nullable Object> T onFreshThread(Task<?> task, Callable<T> body) {
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

    private static <T extends @Nullable Object> Future<T> start(Call<T> call, Executor executor) {
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
        thread.setContextClassLoader(loop.contextClassLoader);
        return thread;
    }

    /// Makes the executor for CPU-bound work: as many threads as there are processors.
    static ExecutorService newDefaultExecutor() {
        return Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("asyncio4j-executor-", 0).factory());
    }

    /// A call in another thread, which settles its future.
    abstract static class Call<T extends @Nullable Object> extends FutureTask<T> {
        final OutsideFuture<T> future;

        @SuppressWarnings("this-escape") // only stored
        Call(Loop loop, Callable<T> body) {
            super(body);
            this.future = new OutsideFuture<>(loop, "a call in another thread", () -> cancel(true));
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
    static final class ThreadCall<T extends @Nullable Object> extends Call<T> {
        ThreadCall(Loop loop, Callable<T> body) {
            super(loop, body);
        }

        @Override
        public void run() {
            super.run();
        }
    }

    /// A call in an executor, found on the stack likewise.
    static class ExecutorCall<T extends @Nullable Object> extends Call<T> {
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
            entry = loop.outside.defaultCalls.add(loop.currentTask());
        }

        @Override
        void refused() {
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

    // ------------------------------------------------------------------ others wait for the loop

    /// Returns a `CompletableFuture` that ends as `future` does; cancelling it cancels `future`.
    static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(Future<T> future) {
        Handout<T> outside = new Handout<>(future.loop);
        follow(future, outside);
        return outside;
    }

    /// Has `loop` run a coroutine, from any thread.
    static <T extends @Nullable Object> CompletableFuture<T> submit(Loop loop, Coroutine<T> coroutine) {
        Objects.requireNonNull(coroutine, "coroutine");
        loop.requireOpen();
        Handout<T> outside = new Handout<>(loop);
        if (!loop.post(new Submission<>(loop, Context.copyCurrent(), coroutine, outside))) {
            outside.cancel(false); // closed meanwhile
        }
        return outside;
    }

    private static <T extends @Nullable Object> void follow(Future<T> future, Handout<T> outside) {
        Follower<T> follower = new Follower<>(future, outside);
        if (future.isDone()) {
            follower.settle();
            return;
        }
        future.loop.outside.handles++;
        future.addCallback(follower);
        var _ = outside.whenComplete((value, thrown) -> {
            if (outside.isCancelled()) {
                future.loop.post(new KernelCallback(() -> future.requestCancel(null)));
            }
        });
    }

    /// What others get for a future of the loop.
    private static final class Handout<T extends @Nullable Object> extends CompletableFuture<T> {
        final Loop loop;

        /// What tasks of the same loop wait for that await this, for the call graph. Used on the
        /// loop only.
        final List<Future<?>> waiting = new ArrayList<>(0);

        Handout(Loop loop) {
            this.loop = loop;
        }

        <V extends @Nullable Object> V await(Future<V> future) {
            waiting.add(future);
            try {
                return future.await();
            } finally {
                waiting.remove(future);
            }
        }
    }

    /// Completes a `CompletableFuture` as a future of the loop has ended. What depends on it runs
    /// with it, so this is code of the program.
    private static final class Follower<T extends @Nullable Object> extends Node {
        private final Future<T> future;
        private final Handout<T> outside;

        Follower(Future<T> future, Handout<T> outside) {
            this.future = future;
            this.outside = outside;
        }

        @Override
        boolean runsUserCode() {
            return true;
        }

        @Override
        void run() {
            future.loop.outside.handles--;
            settle();
        }

        @Override
        List<Future<?>> waiting() {
            return List.copyOf(outside.waiting);
        }

        void settle() {
            Throwable thrown = future.isCancelled() ? null : future.exception();
            if (future.isCancelled()) {
                outside.cancel(false);
            } else if (thrown != null) {
                outside.completeExceptionally(thrown);
            } else {
                outside.complete(future.result());
            }
        }

        @Override
        void discard() {
            run();
        }
    }

    /// A coroutine that another thread wants run.
    private static final class Submission<T extends @Nullable Object> extends Node {
        private final Loop loop;
        private final Context context;
        private final Coroutine<T> coroutine;
        private final Handout<T> outside;

        Submission(Loop loop, Context context, Coroutine<T> coroutine, Handout<T> outside) {
            this.loop = loop;
            this.context = context;
            this.coroutine = coroutine;
            this.outside = outside;
        }

        @Override
        boolean runsUserCode() {
            return true; // an eager task would start here
        }

        @Override
        void run() {
            if (outside.isDone()) {
                return;
            }
            try {
                follow(loop.maker.create(coroutine, TaskOptions.defaults().context(context), null), outside);
            } catch (Throwable unable) {
                outside.completeExceptionally(unable);
            }
        }

        @Override
        void discard() {
            outside.cancel(false);
        }
    }
}
