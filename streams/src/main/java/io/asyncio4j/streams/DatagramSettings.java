package io.asyncio4j.streams;

/// The way a datagram endpoint is opened.
///
/// @param receiveQueue how many datagrams are held until the program receives them
record DatagramSettings(boolean reusePort, boolean broadcast, int receiveQueue, Limits limits) {}
