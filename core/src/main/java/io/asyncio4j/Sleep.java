package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// What a task waits for that sleeps.
final class Sleep extends Promise<@Nullable Void> {
    private final long when;

    Sleep(Loop loop, long when) {
        super(loop);
        this.when = when;
    }

    @Override
    String describe() {
        return "a sleep";
    }

    @Override
    String waitState() {
        return Times.text(when - loop.time()) + " left";
    }
}
