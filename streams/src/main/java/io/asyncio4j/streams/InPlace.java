package io.asyncio4j.streams;

import io.asyncio4j.streams.spi.Incoming;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The unread bytes of a reader, for a protocol that needs no task to read them.
record InPlace(StreamReader reader) implements Incoming {
    @Override
    public byte[] bytes() {
        return reader.buffer();
    }

    @Override
    public int start() {
        return reader.start();
    }

    @Override
    public int end() {
        return reader.end();
    }

    @Override
    public void skip(int n) {
        reader.skip(n);
    }

    @Override
    public boolean hasEnded() {
        return reader.hasEnded();
    }

    @Override
    public @Nullable IOException failure() {
        return reader.failure() == null ? reader.truncation() : reader.failure();
    }

    @Override
    public void listen(@Nullable Runnable arrival) {
        reader.listen(arrival);
    }

    @Override
    public void resume() {
        reader.resume();
    }
}
