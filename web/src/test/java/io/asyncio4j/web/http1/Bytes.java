package io.asyncio4j.web.http1;

import io.asyncio4j.streams.spi.Incoming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Bytes that come in pieces of a size.
final class Bytes implements Incoming {
    private final byte[] bytes;
    private final int piece;
    private int start;
    private int end;

    Bytes(String text, int piece) {
        this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        this.piece = piece;
    }

    /// Has the next piece come.
    ///
    /// @return false if there is none
    boolean more() {
        if (end == bytes.length) {
            return false;
        }
        end = Math.min(end + piece, bytes.length);
        return true;
    }

    /// Returns what was not taken, whether it has come or not.
    String rest() {
        return new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public void skip(int n) {
        start += n;
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public @Nullable IOException failure() {
        return null;
    }

    @Override
    public void listen(@Nullable Runnable arrival) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume() {
        // more() is called anyway
    }
}
