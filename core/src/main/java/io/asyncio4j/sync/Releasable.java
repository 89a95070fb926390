package io.asyncio4j.sync;

/// The thing that a [Held] gives back.
interface Releasable {
    void release();
}
