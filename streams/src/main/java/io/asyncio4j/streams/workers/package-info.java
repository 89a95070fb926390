/// Several event loops, each with a thread, that share ports. Not API.
package io.asyncio4j.streams.workers;
