/// What module testing needs to put a network of its own in the place of the machine's.
package io.asyncio4j.streams.spi;
