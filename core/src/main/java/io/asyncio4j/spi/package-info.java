/// What other modules need of the loop: the clock it runs by.
package io.asyncio4j.spi;
