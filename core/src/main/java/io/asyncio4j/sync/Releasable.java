package io.asyncio4j.sync;

/// What a [Held] gives back.
interface Releasable {
    void release();
}
