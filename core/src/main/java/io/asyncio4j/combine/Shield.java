package io.asyncio4j.combine;

import io.asyncio4j.Awaitable;
import io.asyncio4j.EventLoop;
import io.asyncio4j.InvalidStateException;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Follower;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.Promise;
import io.asyncio4j.queue.Callback;
import io.asyncio4j.spi.Awaited;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the cancellation of an outer future from an inner one. See [Asyncio#shield].
///
/// @param <T> the type of the value
public final class Shield<T extends @Nullable Object> {
    private final Promise<T> inner;
    private final Promise<T> outer;
    private final InnerDone innerDone = new InnerDone();

    private Shield(Promise<T> inner) {
        this.inner = inner;
        this.outer = new NamedPromise<>(inner.loop, new Shielded(coreOf(inner)));
    }

    /// The description of an outer future.
    ///
    /// @param core the future within, which is no shield itself: shields of shields may be many
    private record Shielded(Promise<?> core) implements Awaited {
        @Override
        public String name() {
            return "a shield of " + core.describe();
        }
    }

    private static Promise<?> coreOf(Promise<?> inner) {
        return inner instanceof NamedPromise<?> named && named.awaited() instanceof Shielded shielded
                ? shielded.core
                : inner;
    }

    /// Returns the outer future of `awaitable`; a future that is done needs none.
    public static <T extends @Nullable Object> Promise<T> of(Awaitable<? extends T> awaitable) {
        Promise<T> inner = Awaitables.toFuture(Caller.requireLoop("shield"), "shield", awaitable);
        if (inner.isDone()) {
            return inner;
        }
        Shield<T> shield = new Shield<>(inner);
        inner.addCallback(shield.innerDone);
        shield.outer.addCallback(shield.new OuterDone());
        return shield.outer;
    }

    /// Ends the outer future as the inner one has.
    private final class InnerDone extends Follower {
        @Override
        public void run() {
            if (outer.isDone()) {
                reportOuterDone();
            } else if (inner.isCancelled()) {
                outer.cancelWith(null);
            } else {
                Throwable failure = inner.exception();
                if (failure != null) {
                    outer.fail(failure);
                } else {
                    outer.complete(inner.result());
                }
            }
        }

        @Override
        public boolean failed(Throwable thrown) {
            if (outer.isDone()) {
                return false;
            }
            outer.fail(thrown);
            return true;
        }

        /// The program gave the outer future an outcome of its own in the same iteration.
        private void reportOuterDone() {
            if (!outer.isCancelled() && !inner.isCancelled()) {
                String message = "The shield of " + inner.describe() + " cannot end as that has";
                InvalidStateException cause = new InvalidStateException(
                        message + ": " + outer + " was given an outcome already; leave that to shield()");
                inner.loop.report(new EventLoop.ExceptionContext(message, cause, null, null));
            }
        }

        @Override
        public List<Promise<?>> waiting() {
            return List.of(outer);
        }
    }

    /// The callback of an outer future that is done first: nobody waits for the inner one any
    /// longer.
    private final class OuterDone extends Callback {
        @Override
        public void run() {
            if (!inner.isDone()) {
                inner.removeCallback(innerDone);
                inner.removeCallbacks(Abandoned.class::isInstance); // one report is enough
                inner.addCallback(new Abandoned(inner));
            }
        }
    }

    /// Reports the failure of a future whose shield was cancelled.
    private static final class Abandoned extends Callback {
        private final Promise<?> inner;

        Abandoned(Promise<?> inner) {
            this.inner = inner;
        }

        @Override
        public void run() {
            Throwable failure = inner.isCancelled() ? null : inner.exception();
            if (failure != null) {
                inner.loop.report(new EventLoop.ExceptionContext(
                        "The failure of " + inner.describe() + " reaches nobody: the shield that waited for it was"
                                + " cancelled",
                        failure,
                        inner,
                        null));
            }
        }
    }
}
