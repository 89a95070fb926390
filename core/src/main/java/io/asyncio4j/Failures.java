package io.asyncio4j;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The failures of a loop that nobody has asked for yet. Each is reported to the exception handler:
/// when its future has become garbage, at the latest when the loop is closed.
///
/// Confined to the thread that holds the loop.
final class Failures {
    final ReferenceQueue<Future<?>> collected = new ReferenceQueue<>();
    private final Set<Failure> unobserved = new LinkedHashSet<>();
    private final Loop loop;

    Failures(Loop loop) {
        this.loop = loop;
    }

    /// Returns what a future that fails keeps: the failure or, if there is no memory for one, the
    /// exception, which is then reported at once.
    Object add(Future<?> future, Throwable exception) {
        try {
            Failure failure = new Failure(future, exception, this);
            unobserved.add(failure);
            return failure;
        } catch (Throwable unable) {
            loop.problems.lose(exception);
            return exception;
        }
    }

    void remove(Failure failure) {
        unobserved.remove(failure);
    }

    boolean isEmpty() {
        return unobserved.isEmpty();
    }

    /// Schedules a report for each whose future nobody holds any longer.
    void scheduleCollected() {
        for (Reference<?> garbage; (garbage = collected.poll()) != null; ) {
            if (garbage instanceof Failure failure && unobserved.contains(failure)) {
                loop.ready.add(new KernelCallback(() -> {
                    if (unobserved.remove(failure)) {
                        loop.report(failure.report());
                    }
                }));
            }
        }
    }

    /// Reports all that are left.
    void reportAll() {
        List<Failure> left = List.copyOf(unobserved);
        unobserved.clear();
        for (Failure failure : left) {
            loop.report(failure.report());
        }
    }
}
