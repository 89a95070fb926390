/// Not API. The other threads: calls in them, completion stages, the default executor, Ctrl-C.
package io.asyncio4j.threads;
