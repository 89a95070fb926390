/// Connections, whatever carries them: the bytes that come in and go out, their limits, and what
/// becomes of a connection. Not API.
package io.asyncio4j.streams.bytes;
