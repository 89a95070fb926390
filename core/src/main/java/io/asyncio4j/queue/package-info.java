/// Not API. The data structures that say what is ready and when: the ready queue, the inbox of
/// other threads, the timers.
package io.asyncio4j.queue;
