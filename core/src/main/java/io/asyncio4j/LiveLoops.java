package io.asyncio4j;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The loops of the process that have run and are not closed, in the order in which they were made.
/// It does not keep loops that nobody else does. Any thread.
final class LiveLoops {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    /// JMX takes a while to load: programs that are over sooner do not pay for it.
    private static final long DELAY_MILLIS = 200;

    private static final AtomicBoolean PUBLISHED = new AtomicBoolean();

    private static final Map<Long, WeakReference<Loop>> LOOPS = new ConcurrentSkipListMap<>();

    private LiveLoops() {}

    static void add(Loop loop) {
        if (LOOPS.putIfAbsent(loop.id, new WeakReference<>(loop)) == null) {
            letOthersLookIn();
        }
    }

    /// Has [Inspection] registered soon, if it is not yet.
    private static void letOthersLookIn() {
        if (!PUBLISHED.get() && PUBLISHED.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("asyncio4j-inspection").start(LiveLoops::publish);
        }
    }

    private static void publish() {
        try {
            TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
            Inspection.publish();
        } catch (Exception | LinkageError unable) {
            // Without the module java.management, or with a second copy of this library, nobody can.
            LOG.log(System.Logger.Level.DEBUG, "The loops of this process cannot be inspected from outside", unable);
        }
    }

    static void remove(Loop loop) {
        LOOPS.remove(loop.id);
    }

    static List<Loop> list() {
        List<Loop> found = new ArrayList<>();
        LOOPS.values().removeIf(reference -> {
            Loop loop = reference.get();
            if (loop != null) {
                found.add(loop);
            }
            return loop == null;
        });
        return found;
    }
}
