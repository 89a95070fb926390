/// What tasks of one event loop coordinate themselves with: locks, events, conditions, semaphores,
/// barriers and queues.
///
/// All of them are fair: who waits first is served first. All stay intact if a waiting task is
/// cancelled, at whatever moment: what it was woken for goes to the next. A primitive may be
/// created anywhere, before any loop runs too. It belongs to the loop in which a task first had to
/// wait for it; another loop needs its own.
///
/// None is thread-safe, and none has to be: no other task runs between two awaits. Their methods
/// are called by tasks of the loop, those that never suspend by callbacks too. Another thread goes
/// through [EventLoop#callSoonThreadsafe][io.asyncio4j.EventLoop#callSoonThreadsafe(Runnable)] or
/// [Asyncio#runCoroutineThreadsafe][io.asyncio4j.Asyncio].
///
/// None takes a timeout; put the call into [Asyncio#timeout][io.asyncio4j.Asyncio]. Each may be
/// given a name, which its errors and `toString()` then show.
package io.asyncio4j.sync;
