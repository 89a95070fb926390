/// The network in memory: hosts, links, and the wires of connections. Not API.
package io.asyncio4j.testing.memory;
