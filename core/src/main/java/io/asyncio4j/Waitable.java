package io.asyncio4j;

/// Something a task can wait for, with a value, [Awaitable], or without one, [VoidCoroutine].
///
/// The element type of what [Asyncio#gather(Iterable)] and its kin take. Not to be implemented by
/// itself: implement `Awaitable`.
public sealed interface Waitable permits Awaitable, VoidCoroutine {}
