package io.asyncio4j.web.binding;

import io.asyncio4j.sync.Event;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects made for a request, each once, and closed when the request has been answered.
public final class Scope {
    /// Null until something is made: most requests need nothing.
    private @Nullable IdentityHashMap<Provision, Object> made;

    private List<AutoCloseable> closeables = List.of();

    /// What is being made now: the request may have several tasks.
    private @Nullable IdentityHashMap<Provision, Making> making;

    /// The making of an object.
    private static final class Making {
        /// The thread of the task that makes it.
        final Thread maker = Thread.currentThread();

        /// Set if others wait for it.
        @Nullable
        Event end;
    }

    /// Returns what was made, after the end of its making by another task; null if it is to be made
    /// by the caller, who then calls [#endMaking]. Suspends.
    ///
    /// @throws IllegalStateException if the caller is making it
    @Nullable
    Object madeOrBegin(Provision provision) {
        Object known = made(provision);
        while (known == null) {
            if (making == null) {
                making = new IdentityHashMap<>();
            }
            Making other = making.putIfAbsent(provision, new Making());
            if (other == null) {
                return null;
            }
            if (other.maker == Thread.currentThread()) {
                throw new IllegalStateException("The provider of " + provision.type.getTypeName()
                        + " asks for one itself; have it make what it needs, or ask for another type");
            }
            if (other.end == null) {
                other.end = new Event();
            }
            other.end.await();
            known = made(provision);
        }
        return known;
    }

    private @Nullable Object made(Provision provision) {
        return made == null ? null : made.get(provision);
    }

    void endMaking(Provision provision) {
        Making ended = making == null ? null : making.remove(provision);
        if (ended != null && ended.end != null) {
            ended.end.set();
        }
    }

    void keep(Provision provision, Object object, boolean closes) {
        if (made == null) {
            made = new IdentityHashMap<>();
        }
        made.put(provision, object);
        if (closes && object instanceof AutoCloseable closeable) {
            if (closeables.isEmpty()) {
                closeables = new ArrayList<>();
            }
            closeables.add(closeable);
        }
    }

    /// Closes what was made, the last first; all of it, whatever one of them throws. Suspends if
    /// they do.
    ///
    /// @throws Exception what the first one to fail has thrown, with the others' as suppressed
    public void close() throws Exception {
        if (!closeables.isEmpty()) {
            closeAll();
        }
    }

    private void closeAll() throws Exception {
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
