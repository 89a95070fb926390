package io.asyncio4j.streams.wire;

import io.asyncio4j.streams.bytes.Listener;
import io.asyncio4j.streams.spi.Network;

/// A port on a network that stands in for the machine's.
record NetworkListener(Network.Port port) implements Listener {
    @Override
    public void accept(int atMost) {
        port.accept(atMost);
    }

    @Override
    public void close() {
        port.close();
    }
}
