package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// A computation that runs nothing until it is awaited or made a task; each time it is awaited it
/// runs anew, in the awaiting task.
///
/// A lambda is a coroutine: `() -> fetch(url)`. asyncio: *coroutine object*.
///
/// @param <T> the type of its result
@FunctionalInterface
public interface Coroutine<T extends @Nullable Object> extends Awaitable<T> {}
