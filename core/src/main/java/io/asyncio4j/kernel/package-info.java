/// Not API. The loop, promises, fibers, cancellation, callbacks and failures; and the ports
/// through which it reaches the rooms above.
package io.asyncio4j.kernel;
