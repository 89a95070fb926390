package io.asyncio4j.web.binding;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was made for a request, each once, and is closed when the request has been answered.
public final class Scope {
    /// Null until something is made: most requests need nothing.
    private @Nullable IdentityHashMap<Provision, Object> made;

    private final List<AutoCloseable> closeables = new ArrayList<>();

    @Nullable
    Object made(Provision provision) {
        return made == null ? null : made.get(provision);
    }

    void keep(Provision provision, Object object, boolean closes) {
        if (made == null) {
            made = new IdentityHashMap<>();
        }
        made.put(provision, object);
        if (closes && object instanceof AutoCloseable closeable) {
            closeables.add(closeable);
        }
    }

    /// Closes what was made, the last first; all of it, whatever one of them throws. Suspends if
    /// they do.
    ///
    /// @throws Exception what the first one to fail has thrown, with the others' as suppressed
    public void close() throws Exception {
        Exception failure = null;
        for (AutoCloseable closeable : closeables.reversed()) {
            try {
                closeable.close();
            } catch (Exception thrown) {
                if (failure == null) {
                    failure = thrown;
                } else {
                    failure.addSuppressed(thrown);
                }
            }
        }
        closeables.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
