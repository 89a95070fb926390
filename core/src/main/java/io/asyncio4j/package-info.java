/// asyncio for Java: coroutines, tasks, task groups, futures and the event loop that runs them.
///
/// Everything starts at [Asyncio][io.asyncio4j.Asyncio], made for static import.
package io.asyncio4j;
