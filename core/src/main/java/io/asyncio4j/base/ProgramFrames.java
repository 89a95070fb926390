package io.asyncio4j.base;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The place where the program created something: known in debug mode only, as it costs a walk of
/// the stack.
public final class ProgramFrames {
    public static final ProgramFrames UNKNOWN = new ProgramFrames(List.of());

    private static final int MAX_FRAMES = 10;

    /// The packages of the classes by which tasks are run.
    private static final Set<String> MACHINERY = Set.of("io.asyncio4j.kernel", "io.asyncio4j.engine");

    /// The one of these classes that is shown: the method in which a task waits is its.
    private static final String WAITS = "io.asyncio4j.kernel.Promise";

    /// The packages whose frames say nothing about the program.
    private static final Set<String> OURS = Set.of(
            "io.asyncio4j",
            "io.asyncio4j.assembly",
            "io.asyncio4j.base",
            "io.asyncio4j.combine",
            "io.asyncio4j.diagnose",
            "io.asyncio4j.engine",
            "io.asyncio4j.inspect",
            "io.asyncio4j.jfr",
            "io.asyncio4j.kernel",
            "io.asyncio4j.queue",
            "io.asyncio4j.spi",
            "io.asyncio4j.streams",
            "io.asyncio4j.streams.bytes",
            "io.asyncio4j.streams.netty",
            "io.asyncio4j.streams.process",
            "io.asyncio4j.streams.spi",
            "io.asyncio4j.streams.wire",
            "io.asyncio4j.streams.workers",
            "io.asyncio4j.sync",
            "io.asyncio4j.testing",
            "io.asyncio4j.testing.explore",
            "io.asyncio4j.testing.junit",
            "io.asyncio4j.testing.memory",
            "io.asyncio4j.testing.outcome",
            "io.asyncio4j.threads");

    private static final StackWalker WALKER = StackWalker.getInstance();

    private final List<StackTraceElement> frames;

    private ProgramFrames(List<StackTraceElement> frames) {
        this.frames = frames;
    }

    /// Returns where the program called the library.
    ///
    /// @param wanted whether debug mode is on; otherwise the place is [#UNKNOWN]
    public static ProgramFrames ofCaller(boolean wanted) {
        if (!wanted) {
            return UNKNOWN;
        }
        List<StackTraceElement> found = WALKER.walk(ProgramFrames::programFrames);
        return found.isEmpty() ? UNKNOWN : new ProgramFrames(found);
    }

    private static List<StackTraceElement> programFrames(Stream<StackWalker.StackFrame> stack) {
        return stack.map(StackWalker.StackFrame::toStackTraceElement)
                .filter(frame -> !isOurs(frame.getClassName()) && !ProgramFrames.isMachinery(frame.getClassName()))
                .limit(MAX_FRAMES)
                .toList();
    }

    /// Returns a stack without the library's frames at its two ends, and without those by which a
    /// test is called.
    public static List<StackTraceElement> ofProgram(List<StackTraceElement> stack) {
        int first = 0;
        int end = stack.size();
        while (first < end && isOurs(stack.get(first).getClassName())) {
            first++;
        }
        while (first < end && isCaller(stack.get(end - 1).getClassName())) {
            end--;
        }
        return stack.subList(first, end);
    }

    private static boolean isCaller(String className) {
        return isOurs(className)
                || className.startsWith("org.junit.")
                || className.startsWith("java.lang.reflect.")
                || className.startsWith("jdk.internal.reflect.");
    }

    private static boolean isOurs(String className) {
        return isIn(OURS, className);
    }

    private static boolean isIn(Set<String> packages, String className) {
        int end = className.lastIndexOf('.');
        return end > 0 && className.startsWith("io.asyncio4j.") && packages.contains(className.substring(0, end));
    }

    /// Returns the frames, innermost first.
    public List<StackTraceElement> frames() {
        return frames;
    }

    /// Returns text to follow what was created, such as `created at Main.load(Main.java:12)`; empty
    /// if nothing is known.
    @Override
    public String toString() {
        return frames.isEmpty() ? "" : "created at " + frames.getFirst();
    }

    /// Whether the frames of a class are the way in which tasks are run, and not the program's.
    public static boolean isMachinery(String className) {
        return className.startsWith("java.lang.VirtualThread")
                || className.startsWith("jdk.internal.vm.")
                || className.equals("java.lang.Thread")
                || (isIn(MACHINERY, className) && !className.equals(WAITS));
    }
}
