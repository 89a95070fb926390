/// Streams of bytes on the event loop: TCP, TLS and Unix sockets, datagrams, subprocesses.
package io.asyncio4j.streams;
