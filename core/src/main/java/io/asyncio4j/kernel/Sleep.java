package io.asyncio4j.kernel;

import io.asyncio4j.base.Times;
import org.jspecify.annotations.Nullable;

/// The future that a sleeping task waits for.
public final class Sleep extends Promise<@Nullable Void> {
    private final long when;

    public Sleep(Loop loop, long when) {
        super(loop);
        this.when = when;
    }

    @Override
    public String describe() {
        return "a sleep";
    }

    @Override
    public String waitState() {
        return Times.text(when - loop.time()) + " left";
    }
}
