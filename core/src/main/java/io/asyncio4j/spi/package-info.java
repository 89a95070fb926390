/// What other modules need of the loop: the clock it runs by, the poller that waits for I/O.
package io.asyncio4j.spi;
