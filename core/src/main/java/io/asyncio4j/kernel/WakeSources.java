package io.asyncio4j.kernel;

import io.asyncio4j.EventLoop;
import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.spi.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The parties outside a loop that may yet wake it: while there is one, a loop with nothing to do
/// waits, and is not in a deadlock.
///
/// Confined to the thread that holds the loop, but for [#giveLoop].
public final class WakeSources {
    private final Loop loop;

    /// Calls in other threads, and stages of other threads that are awaited, that have not reported
    /// back.
    private int calls;

    /// `CompletableFuture`s that other threads have and may cancel.
    private int handles;

    /// Whether the program has got hold of the `EventLoop`: any thread may post to it.
    private volatile boolean loopGiven;

    /// What is open, in the order in which it was opened.
    private final Set<Open> resources = new LinkedHashSet<>(0);

    /// How many of these may wake the loop, and how many will report back.
    private int waking;

    private int reporting;

    /// Something open and where that was done. Each is itself only.
    private static final class Open {
        final Resource resource;
        final ProgramFrames place;

        Open(Resource resource, ProgramFrames place) {
            this.resource = resource;
            this.place = place;
        }

        int waking() {
            return resource.mayWake() ? 1 : 0;
        }

        int reporting() {
            return resource.reportsBack() ? 1 : 0;
        }

        String describe() {
            return resource.describe() + (place == ProgramFrames.UNKNOWN ? "" : ", " + place);
        }
    }

    WakeSources(Loop loop) {
        this.loop = loop;
    }

    /// Any thread.
    public void giveLoop() {
        loopGiven = true;
    }

    public boolean isLoopGiven() {
        return loopGiven;
    }

    public int calls() {
        return calls;
    }

    public void callBegins() {
        calls++;
    }

    public void callEnds() {
        calls--;
    }

    /// Another thread has got a `CompletableFuture`.
    void handleGiven() {
        handles++;
    }

    void handleDone() {
        handles--;
    }

    /// Whether somebody is known who may wake the loop, apart from who has the `EventLoop`.
    public boolean mayWake() {
        return calls > 0 || handles > 0 || waking > 0 || loop.io.isWatching();
    }

    /// Whether somebody is at work for the loop and will report back.
    boolean reportsBack() {
        return calls + reporting > 0;
    }

    public Runnable register(Resource resource) {
        Open open = new Open(resource, ProgramFrames.ofCaller(loop.isDebug()));
        resources.add(open);
        waking += open.waking();
        reporting += open.reporting();
        return () -> {
            if (resources.remove(open)) {
                waking -= open.waking();
                reporting -= open.reporting();
            }
        };
    }

    /// The loop is closed.
    void close() {
        List<Open> left = List.copyOf(resources);
        resources.clear();
        left.forEach(this::close);
    }

    private void close(Open open) {
        if (loop.isDebug() && open.resource.mustBeClosed()) {
            loop.report(new EventLoop.ExceptionContext("Not closed by the program when its event loop was closed: "
                    + open.describe() + "; use try-with-resources"));
        }
        try {
            open.resource.loopClosed();
        } catch (Throwable thrown) {
            loop.report(new EventLoop.ExceptionContext(
                    "What the event loop used outside was not freed when it was closed: " + open.describe(),
                    thrown,
                    null,
                    null));
        }
    }
}
