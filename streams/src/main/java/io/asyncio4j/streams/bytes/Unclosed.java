package io.asyncio4j.streams.bytes;

import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Resource;

/// Something that the program has opened and must close: debug mode tells if it does not.
public record Unclosed(Awaited opened) implements Resource {
    public static final Runnable NOTHING = () -> {};

    /// Notes what the caller has opened, in debug mode.
    ///
    /// @return to be called when the program closes it, or it is over; also more than once
    public static Runnable register(LoopAccess loop, Awaited opened) {
        return loop.isDebug() ? loop.register(new Unclosed(opened)) : NOTHING;
    }

    @Override
    public String describe() {
        return opened.name();
    }

    @Override
    public boolean mayWake() {
        return false; // the poller knows better
    }

    @Override
    public boolean mustBeClosed() {
        return true;
    }
}
