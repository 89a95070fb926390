package io.asyncio4j.streams.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// The system call `kill`: the JDK sends `TERM` and `KILL` only.
public final class NativeKill {
    private static volatile @Nullable MethodHandle kill;

    private NativeKill() {}

    /// Sends a signal to a process that is there. Any thread.
    public static void kill(long pid, int signal) {
        MethodHandle known = kill;
        if (known == null) {
            known = find();
            kill = known;
        }
        try {
            // What it returns says that the process ended this moment, or is another user's by now, as with sudo.
            int _ = (int) known.invokeExact((int) pid, signal);
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @SuppressWarnings("restricted") // documented where it can be met: Subprocess.signal
    private static MethodHandle find() {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup()
                .find("kill")
                .orElseThrow(() -> new UnsupportedOperationException(
                        "This system has no signals; only terminate() and kill() work here"));
        return linker.downcallHandle(
                function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
