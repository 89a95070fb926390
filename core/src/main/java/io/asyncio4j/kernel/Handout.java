package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.Coroutine;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.queue.Callback;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The `CompletableFuture` that code outside gets for a future of the loop: it ends as that does,
/// and cancelling it cancels that.
///
/// @param <T> the type of the value
public final class Handout<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Loop loop;

    /// What tasks of the same loop wait for that await this, for the call graph. Used on the
    /// loop only.
    private final List<Promise<?>> waiting = new ArrayList<>(0);

    private Handout(Loop loop) {
        this.loop = loop;
    }

    /// Returns a `CompletableFuture` that ends as `future` does; cancelling it cancels `future`.
    public static <T extends @Nullable Object> CompletableFuture<T> of(Promise<T> future) {
        Handout<T> outside = new Handout<>(future.loop);
        follow(future, outside);
        return outside;
    }

    /// Has `loop` run a coroutine, from any thread.
    public static <T extends @Nullable Object> CompletableFuture<T> submit(Loop loop, Coroutine<T> coroutine) {
        Objects.requireNonNull(coroutine, "coroutine");
        loop.requireOpen();
        Handout<T> outside = new Handout<>(loop);
        if (!loop.post(new Submission<>(loop, Context.copyCurrent(), coroutine, outside))) {
            outside.cancel(false); // closed meanwhile
        }
        return outside;
    }

    /// Returns the stage if `loop` has handed it out, else null.
    public static @Nullable Handout<?> of(CompletionStage<?> stage, Loop loop) {
        return stage instanceof Handout<?> handout && handout.loop == loop ? handout : null;
    }

    private static <T extends @Nullable Object> void follow(Promise<T> future, Handout<T> outside) {
        Completion<T> completion = new Completion<>(future, outside);
        if (future.isDone()) {
            completion.settle();
            return;
        }
        future.loop.wakeSources.handleGiven();
        future.addCallback(completion);
        var _ = outside.whenComplete((value, thrown) -> {
            if (outside.isCancelled()) {
                future.loop.post(new KernelCallback(() -> future.requestCancel(null)));
            }
        });
    }

    /// Has the calling task wait for `future`, on behalf of this.
    public <V extends @Nullable Object> V await(Promise<V> future) {
        waiting.add(future);
        try {
            return future.await();
        } finally {
            waiting.remove(future);
        }
    }

    /// Completes a `CompletableFuture` as a future of the loop has ended. What depends on it runs
    /// with it, so this is code of the program.
    private static final class Completion<T extends @Nullable Object> extends Follower {
        private final Promise<T> future;
        private final Handout<T> outside;

        Completion(Promise<T> future, Handout<T> outside) {
            this.future = future;
            this.outside = outside;
        }

        @Override
        public boolean runsUserCode() {
            return true;
        }

        @Override
        public void run() {
            future.loop.wakeSources.handleDone();
            settle();
        }

        @Override
        public List<Promise<?>> waiting() {
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
        public void discard() {
            run();
        }
    }

    /// A coroutine that another thread wants run.
    private static final class Submission<T extends @Nullable Object> extends Callback {
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
        public boolean runsUserCode() {
            return true; // an eager task would start here
        }

        @Override
        public void run() {
            if (outside.isDone()) {
                return;
            }
            try {
                follow(loop.maker.create(coroutine, TaskOptions.defaults().context(context)), outside);
            } catch (Throwable unable) {
                outside.completeExceptionally(unable);
            }
        }

        @Override
        public void discard() {
            outside.cancel(false);
        }
    }
}
