package io.asyncio4j.streams;

import io.asyncio4j.streams.spi.Network;

/// Where a server gets its connections from.
interface Listener {
    /// Says how many more connections may come, which is 0 for none at present. Called on the
    /// loop's own thread.
    void accept(int atMost);

    /// Ends it. Called on the loop.
    void close();

    /// A port on a network that stands in for the machine's.
    record OnNetwork(Network.Port port) implements Listener {
        @Override
        public void accept(int atMost) {
            port.accept(atMost);
        }

        @Override
        public void close() {
            port.close();
        }
    }
}
