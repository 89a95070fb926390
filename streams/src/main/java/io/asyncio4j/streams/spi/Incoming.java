package io.asyncio4j.streams.spi;

import io.asyncio4j.streams.StreamReader;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The unread bytes of a [StreamReader], for a protocol that reads them where they lie and needs no
/// task for it. Used on the loop; nothing here suspends. No task reads from the reader meanwhile.
///
/// asyncio: the side of a `Transport` that a `Protocol` sees.
public interface Incoming {
    /// Returns the bytes of `reader`.
    static Incoming of(StreamReader reader) {
        return Objects.requireNonNull(Access.opener).apply(reader);
    }

    /// Returns the array that the unread bytes are in: those from [#start] to [#end]. Not to be
    /// changed, nor kept, as it may be another one later.
    byte[] bytes();

    int start();

    int end();

    /// Takes the next `n` bytes.
    void skip(int n);

    /// Returns whether the peer has ended its direction; what came before may be unread.
    boolean hasEnded();

    /// Returns why no more can be read, or why the end cannot be trusted: the connection was lost,
    /// or it ended without TLS's farewell.
    @Nullable
    IOException failure();

    /// Has `arrival` called on the loop's own thread, outside of tasks, whenever bytes have come,
    /// the end, or a failure; none if null.
    void listen(@Nullable Runnable arrival);

    /// Takes more from the peer. Without this, nothing more is taken when more than twice the
    /// reader's limit is unread.
    void resume();

    /// The way to the package that has readers. Set by it.
    final class Access {
        private static @Nullable Function<StreamReader, Incoming> opener;

        private Access() {}

        /// Sets how [#of] opens a reader.
        public static void open(Function<StreamReader, Incoming> way) {
            opener = way;
        }
    }
}
