package io.asyncio4j.assembly;

import io.asyncio4j.EventLoop;
import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.diagnose.StepObserver;
import io.asyncio4j.diagnose.Supervisor;
import io.asyncio4j.diagnose.Watchdog;
import io.asyncio4j.engine.Engines;
import io.asyncio4j.inspect.Publication;
import io.asyncio4j.kernel.Advice;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Engine;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.Observation;
import io.asyncio4j.kernel.Parts;
import io.asyncio4j.kernel.ProgramLoop;
import io.asyncio4j.kernel.Supervision;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;

/// Puts loops together: the one place that knows all rooms.
public final class LoopAssembly extends Parts {
    private static final LoopAssembly STANDARD = new LoopAssembly();

    private LoopAssembly() {
        Watchdog.setChore(new Publication());
    }

    /// Makes a loop.
    public static Loop newLoop(Clock clock) {
        return new Loop(clock, isDebugDefault(), STANDARD);
    }

    /// Makes a loop for the program, so that any thread may post to it.
    public static EventLoop create(Clock clock) {
        return newLoop(clock).handle();
    }

    /// Returns the program's first hold on a loop that has none.
    public static EventLoop hold(Loop loop) {
        return STANDARD.handle(loop);
    }

    /// Returns whether debug mode is on for loops whose options do not set it.
    private static boolean isDebugDefault() {
        String property = System.getProperty("asyncio4j.debug");
        String wanted = property == null ? System.getenv("ASYNCIO4J_DEBUG") : property;
        return "true".equals(wanted) || "1".equals(wanted);
    }

    /// Returns what a module may ask of the loop that the caller runs in.
    public static LoopAccess access() {
        return Caller.requireLoop("use I/O").access;
    }

    /// Returns what a module may ask of a loop.
    public static LoopAccess access(EventLoop loop) {
        return ProgramLoop.kernelOf(loop).access;
    }

    /// Returns what to do where no loop runs in the calling thread, for the end of a message.
    public static String adviceWithoutLoop() {
        return Advice.withoutLoop("");
    }

    /// Returns where the program called the library: for the loop that the caller runs in or, where
    /// none does, for loops to come.
    public static String creationPlace() {
        Loop loop = Caller.loop();
        return ProgramFrames.ofCaller(loop == null ? isDebugDefault() : loop.isDebug())
                .toString();
    }

    @Override
    public Engine engine(Loop loop) {
        return Engines.choose(loop);
    }

    @Override
    public Observation observation(Loop loop) {
        return new StepObserver(loop);
    }

    @Override
    public Supervision supervision(Loop loop) {
        return new Supervisor(loop);
    }

    @Override
    public LoopAccess access(Loop loop) {
        return new ModuleAccess(loop);
    }

    @Override
    public EventLoop handle(Loop loop) {
        return new LoopHandle(loop);
    }
}
