package io.asyncio4j.engine;

import io.asyncio4j.base.CarrierAccess;
import io.asyncio4j.kernel.Engine;
import io.asyncio4j.kernel.Loop;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The choice of the engine for a loop.
public final class Engines {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    /// Names the engine, or is absent for the best that works here.
    public static final String PROPERTY = "asyncio4j.engine";

    /// Which engines, carrier or not, debug mode has told of: once in a process is enough.
    public static final Set<Boolean> TOLD = ConcurrentHashMap.newKeySet();

    private Engines() {}

    /// Chooses the engine for a loop that the calling thread is about to run.
    public static Engine choose(Loop loop) {
        String wanted = System.getProperty(PROPERTY);
        String unavailable = CarrierAccess.unavailable();
        if (wanted != null && !wanted.equals("carrier") && !wanted.equals("baton")) {
            throw new IllegalArgumentException(
                    "System property " + PROPERTY + " must be carrier or baton, not '" + wanted + "'");
        }
        if ("carrier".equals(wanted) && unavailable != null) {
            throw new IllegalStateException("The carrier engine was asked for with -D" + PROPERTY
                    + "=carrier and cannot be used: " + unavailable);
        }
        boolean onVirtualThread = Thread.currentThread().isVirtual();
        boolean carrier = !"baton".equals(wanted) && unavailable == null && !onVirtualThread;
        if (loop.isDebug() && TOLD.add(carrier)) {
            String why = onVirtualThread ? "run was called from a virtual thread" : unavailable;
            LOG.log(
                    System.Logger.Level.INFO,
                    String.format(
                            Locale.ROOT,
                            "The loop runs on the %s engine%s",
                            carrier ? "carrier" : "baton",
                            carrier || why == null ? "" : "; the carrier engine is faster: " + why));
        }
        return carrier ? new CarrierEngine(loop) : new BatonEngine(loop);
    }
}
