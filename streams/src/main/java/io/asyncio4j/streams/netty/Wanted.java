package io.asyncio4j.streams.netty;

import io.netty.channel.Channel;

/// The requests of tasks to a socket that are carried out at the end of the iteration.
///
/// Confined to the loop.
final class Wanted {
    /// The end that was asked for; a later one of these takes the place of an earlier one.
    private enum Ending {
        NONE,
        /// The end of what goes out, after what was written.
        EOF,
        /// The end of both directions, after what was written.
        CLOSE,
        /// The end at once.
        ABORT
    }

    private enum Reading {
        AS_BEFORE,
        ON,
        OFF
    }

    private Ending ending = Ending.NONE;
    private Reading reading = Reading.AS_BEFORE;

    void read(boolean on) {
        reading = on ? Reading.ON : Reading.OFF;
    }

    void eof() {
        raise(Ending.EOF);
    }

    void close() {
        raise(Ending.CLOSE);
    }

    void abort() {
        raise(Ending.ABORT);
    }

    private void raise(Ending wanted) {
        if (wanted.compareTo(ending) > 0) {
            ending = wanted;
        }
    }

    boolean isAbort() {
        return ending == Ending.ABORT;
    }

    boolean isClose() {
        return ending == Ending.CLOSE;
    }

    /// Returns whether the connection is to end, so that nobody reads what still comes.
    boolean isEnd() {
        return ending.compareTo(Ending.CLOSE) >= 0;
    }

    /// Returns whether the outgoing direction is to be ended, once.
    boolean takeEof() {
        boolean wanted = ending == Ending.EOF;
        if (wanted) {
            ending = Ending.NONE;
        }
        return wanted;
    }

    /// Has `channel` read, or not, if that was asked for.
    void applyReading(Channel channel) {
        if (reading != Reading.AS_BEFORE) {
            channel.config().setAutoRead(reading == Reading.ON);
            reading = Reading.AS_BEFORE;
        }
    }
}
