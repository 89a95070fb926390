package io.asyncio4j;

import io.asyncio4j.combine.Gathering;
import io.asyncio4j.combine.Shield;
import io.asyncio4j.combine.Waiting;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.threads.Offload;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The functions of [Asyncio] that wait for several things at once. Programs know them by that
/// name.
abstract sealed class SeveralAtOnce permits Asyncio {
    SeveralAtOnce() {}

    /// Makes a task of each awaitable that is not a future, and returns the future of all values,
    /// in the order given. The first failure, or cancellation, of one is the outcome; the others go
    /// on. Cancelling the future cancels those that are not done.
    ///
    /// Where all are done already, so is the result. A future given twice counts once; a coroutine
    /// given twice runs twice. asyncio: `gather`.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return Gathering.values(Arrays.asList(awaitables));
    }

    /// Gathers the values of coroutines, each of which becomes a task.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<T>> gather(Coroutine<? extends T>... coroutines) {
        return Gathering.values(Arrays.asList(coroutines));
    }

    /// Gathers the values of `awaitables`, in the order of its iterator.
    public static <T extends @Nullable Object> Future<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.values(awaitables);
    }

    /// Gathers the values of `awaitables`, in the order of the stream.
    public static <T extends @Nullable Object> Future<List<T>> gather(
            Stream<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.values(awaitables.toList());
    }

    /// Gathers coroutines without results.
    public static Future<List<@Nullable Void>> gather(VoidCoroutine... coroutines) {
        return Gathering.values(Gathering.returningNull(coroutines));
    }

    /// Gathers coroutines without results, or what has a result and what has none; null stands for
    /// the result of these.
    public static Future<List<@Nullable Object>> gather(Iterable<? extends Waitable> awaitables) {
        return Gathering.values(Awaitables.of(awaitables));
    }

    /// Gathers the values of stages, such as `CompletableFuture`s. Cancelling the future cancels
    /// the stages that are not done.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<T>> gather(CompletionStage<? extends T>... stages) {
        return Gathering.values(Offload.awaitables(stages));
    }

    /// Like [#gather], and a failure or a cancellation is an outcome like a value, so that all are
    /// waited for. asyncio: `gather(..., return_exceptions=True)`.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Awaitable<? extends T>... awaitables) {
        return Gathering.outcomes(Arrays.asList(awaitables));
    }

    /// Gathers the outcomes of coroutines, each of which becomes a task.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Coroutine<? extends T>... coroutines) {
        return Gathering.outcomes(Arrays.asList(coroutines));
    }

    /// Gathers the outcomes of `awaitables`, in the order of its iterator.
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.outcomes(awaitables);
    }

    /// Gathers the outcomes of `awaitables`, in the order of the stream.
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Stream<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.outcomes(awaitables.toList());
    }

    /// Gathers the outcomes of coroutines without results.
    public static Future<List<Outcome<@Nullable Void>>> gatherOutcomes(VoidCoroutine... coroutines) {
        return Gathering.outcomes(Gathering.returningNull(coroutines));
    }

    /// Gathers the outcomes of coroutines without results, or of what has a result and what has
    /// none.
    public static Future<List<Outcome<@Nullable Object>>> gatherOutcomes(Iterable<? extends Waitable> awaitables) {
        return Gathering.outcomes(Awaitables.of(awaitables));
    }

    /// Gathers the outcomes of stages.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            CompletionStage<? extends T>... stages) {
        return Gathering.outcomes(Offload.awaitables(stages));
    }

    /// Waits for `futures` until as many are done as `returnWhen` asks for, or `timeout` has
    /// passed. Throws nothing of theirs, and cancels none. asyncio: `wait`.
    ///
    /// @param timeout how long to wait, or null for as long as it takes
    /// @throws IllegalArgumentException if there are no futures
    public static <T extends @Nullable Object> Done<T> waitAll(
            Collection<? extends Future<? extends T>> futures, @Nullable Duration timeout, ReturnWhen returnWhen) {
        return Waiting.waitFor(futures, timeout, returnWhen);
    }

    /// Waits until all `futures` are done.
    ///
    /// @throws IllegalArgumentException if there are no futures
    public static <T extends @Nullable Object> Done<T> waitAll(Collection<? extends Future<? extends T>> futures) {
        return waitAll(futures, null, ReturnWhen.ALL_COMPLETED);
    }

    /// Waits until all `futures` are done, or `timeout` has passed.
    ///
    /// @throws IllegalArgumentException if there are no futures
    public static <T extends @Nullable Object> Done<T> waitAll(
            Collection<? extends Future<? extends T>> futures, Duration timeout) {
        return waitAll(futures, Objects.requireNonNull(timeout, "timeout"), ReturnWhen.ALL_COMPLETED);
    }

    /// Waits until as many of `futures` are done as `returnWhen` asks for.
    ///
    /// @throws IllegalArgumentException if there are no futures
    public static <T extends @Nullable Object> Done<T> waitAll(
            Collection<? extends Future<? extends T>> futures, ReturnWhen returnWhen) {
        return waitAll(futures, null, returnWhen);
    }

    /// Makes a task of each awaitable that is not a future, and returns an [Iterable] of all of
    /// them in the order in which they are done, whose iterator suspends. asyncio: `as_completed`.
    ///
    /// @param timeout how long to wait for all of them, or null for as long as it takes; when it is
    ///     over, the iterator throws [TimeoutException]; nothing is cancelled
    public static <T extends @Nullable Object> Completions<T> asCompleted(
            Collection<? extends Awaitable<T>> awaitables, @Nullable Duration timeout) {
        return Completions.of(awaitables, timeout);
    }

    /// Returns an [Iterable] of all awaitables in the order in which they are done, however long
    /// that takes.
    public static <T extends @Nullable Object> Completions<T> asCompleted(
            Collection<? extends Awaitable<T>> awaitables) {
        return Completions.of(awaitables, null);
    }

    /// Returns an [Iterable] of all awaitables of a stream in the order in which they are done.
    public static <T extends @Nullable Object> Completions<T> asCompleted(Stream<? extends Awaitable<T>> awaitables) {
        return Completions.of(awaitables.toList(), null);
    }

    /// Returns an [Iterable] of coroutines without results, and others, in the order in which they
    /// are done.
    public static Completions<@Nullable Object> asCompleted(Iterable<? extends Waitable> awaitables) {
        return Completions.of(Awaitables.of(awaitables), null);
    }

    /// Returns an [Iterable] of stages in the order in which they are done.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Completions<T> asCompleted(CompletionStage<? extends T>... stages) {
        return Completions.of(Offload.<T>awaitables(stages), null);
    }

    /// Makes a task of `awaitable` if it is not a future, and returns a future that ends as it
    /// does. Cancelling that leaves the task alone; should the task then fail, the loop's exception
    /// handler is told. What is done already is returned itself. asyncio: `shield`.
    public static <T extends @Nullable Object> Future<T> shield(Awaitable<T> awaitable) {
        return Shield.of(awaitable);
    }

    /// Makes a task of a coroutine and shields it.
    public static <T extends @Nullable Object> Future<T> shield(Coroutine<T> coroutine) {
        return Shield.of(coroutine);
    }

    /// Shields a coroutine without a result.
    public static Future<@Nullable Void> shield(VoidCoroutine coroutine) {
        return Shield.of(Objects.requireNonNull(coroutine, "coroutine").returningNull());
    }
}
