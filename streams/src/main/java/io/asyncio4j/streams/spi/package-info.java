/// For other modules of this project: a network in the place of the machine's, and the bytes of a
/// [io.asyncio4j.streams.StreamReader] for a protocol that reads them without a task.
package io.asyncio4j.streams.spi;
