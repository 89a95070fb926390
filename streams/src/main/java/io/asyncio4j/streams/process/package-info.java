/// Subprocesses with their pipes, and signals. Not API.
package io.asyncio4j.streams.process;
