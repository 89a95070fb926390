/// Connections and servers on a network that stands in for the machine's. Not API.
package io.asyncio4j.streams.wire;
