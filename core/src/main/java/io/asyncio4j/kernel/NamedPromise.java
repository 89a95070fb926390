package io.asyncio4j.kernel;

import io.asyncio4j.Task;
import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.spi.Awaited;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A future that knows what it stands for.
///
/// @param <T> the type of the value
public final class NamedPromise<T extends @Nullable Object> extends Promise<T> {
    private final Awaited awaited;

    public NamedPromise(Loop loop, Awaited awaited) {
        super(loop);
        this.awaited = awaited;
    }

    /// Returns a future of the program: with its name, or in debug mode with the place where it was
    /// made, or else without anything.
    public static <T extends @Nullable Object> Promise<T> create(Loop loop, @Nullable String name) {
        ProgramFrames place = ProgramFrames.ofCaller(loop.isDebug());
        return name == null && place == ProgramFrames.UNKNOWN
                ? new Promise<>(loop)
                : new NamedPromise<>(loop, new Made(name, place));
    }

    public Awaited awaited() {
        return awaited;
    }

    @Override
    public String describe() {
        return awaited.name();
    }

    @Override
    public String waitState() {
        return awaited.state();
    }

    @Override
    public List<Fiber<?>> holders() {
        List<Fiber<?>> fibers = new ArrayList<>(1);
        for (Task<?> task : awaited.holders()) {
            fibers.add((Fiber<?>) task);
        }
        return fibers;
    }

    @Override
    public ProgramFrames place() {
        return awaited instanceof Made made ? made.place : ProgramFrames.UNKNOWN;
    }

    /// The program's name of a future, and the place where it made it.
    private record Made(@Nullable String title, ProgramFrames place) implements Awaited {
        @Override
        public String name() {
            return title == null ? "a future " + place : "future '" + title + "'";
        }
    }
}
