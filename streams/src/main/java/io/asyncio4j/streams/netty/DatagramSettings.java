package io.asyncio4j.streams.netty;

import io.asyncio4j.streams.bytes.Limits;

/// The way a datagram endpoint is opened.
///
/// @param receiveQueue how many datagrams are held until the program receives them
public record DatagramSettings(boolean reusePort, boolean broadcast, int receiveQueue, Limits limits) {}
