package io.asyncio4j.kernel;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// The loops of the process that have run and are not closed, in the order in which they were made.
/// It does not keep loops that nobody else does. Any thread.
public final class LiveLoops {
    private static final Map<Long, Entry> LOOPS = new ConcurrentSkipListMap<>();

    /// Of loops that were dropped without being closed.
    private static final ReferenceQueue<Loop> DROPPED = new ReferenceQueue<>();

    private static final class Entry extends WeakReference<Loop> {
        final long id;

        Entry(Loop loop) {
            super(loop, DROPPED);
            this.id = loop.id;
        }
    }

    private LiveLoops() {}

    static void add(Loop loop) {
        if (!LOOPS.containsKey(loop.id)) {
            LOOPS.put(loop.id, new Entry(loop));
        }
        for (Reference<?> dropped; (dropped = DROPPED.poll()) != null; ) {
            LOOPS.remove(((Entry) dropped).id);
        }
    }

    static void remove(Loop loop) {
        LOOPS.remove(loop.id);
    }

    public static List<Loop> list() {
        List<Loop> found = new ArrayList<>();
        for (Entry entry : LOOPS.values()) {
            Loop loop = entry.get();
            if (loop != null) {
                found.add(loop);
            }
        }
        return found;
    }
}
