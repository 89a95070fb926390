package io.asyncio4j.streams.bytes;

/// The source of a server's connections.
public interface Listener {
    /// Says how many more connections may come, which is 0 for none at present. Called on the
    /// loop's own thread.
    void accept(int atMost);

    /// Ends it. Called on the loop.
    void close();
}
