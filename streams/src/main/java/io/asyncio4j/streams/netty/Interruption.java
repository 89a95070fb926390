package io.asyncio4j.streams.netty;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/// Makes a native wait interruptible: between [#enter] and [#leave], interrupting the thread calls
/// an action. A selector that selects nothing: only the JDK's hook in its base class is used.
final class Interruption extends AbstractSelector {
    private final Runnable action;

    Interruption(Runnable action) {
        super(SelectorProvider.provider());
        this.action = action;
    }

    void enter() {
        begin();
    }

    void leave() {
        end();
    }

    @Override
    public Selector wakeup() {
        action.run();
        return this;
    }

    void dispose() {
        try {
            close();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    protected void implCloseSelector() {}

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int selectNow() {
        return 0;
    }

    @Override
    public int select(long timeout) {
        return 0;
    }

    @Override
    public int select() {
        return 0;
    }
}
