/// Sockets by Netty, on the loop's own thread: poller, connections, servers, datagrams, TLS.
/// Not API.
package io.asyncio4j.streams.netty;
