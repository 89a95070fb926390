/// Testing programs on asyncio4j without waiting: see [VirtualClock].
package io.asyncio4j.testing;
