package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An await with a native frame or a class initialiser on the stack: the task is pinned to its
/// thread, and the loop goes on all the same.
final class EngineEdgePinnedTest {
    static final Duration TICK = Duration.ofMillis(1);

    static final List<String> ORDER = new ArrayList<>();

    @SuppressWarnings("unused") // a copy of it is used
    private static final class Initialised {
        static final int VALUE;

        static {
            ORDER.add("initialiser begins");
            sleep(TICK);
            ORDER.add("initialiser ends");
            VALUE = 7;
        }
    }

    @Test
    void anAwaitInAClassInitialiserWorksAndOthersRun() {
        ORDER.clear();
        int value = runVirtually(() -> {
            Task<?> other = createTask(() -> {
                ORDER.add("other");
                sleep(Duration.ZERO);
                ORDER.add("other");
            });
            int result = initialise("EngineEdgePinnedTest$Initialised");
            await(other);
            return result;
        });
        assertThat(value).isEqualTo(7);
        assertThat(ORDER).containsExactly("initialiser begins", "other", "other", "initialiser ends");
    }

    /// Initialises a fresh copy of a class, since a class is initialised once, and returns its
    /// `VALUE`.
    static int initialise(String name) throws Exception {
        try (InputStream bytes = EngineEdgePinnedTest.class.getResourceAsStream(name + ".class")) {
            Class<?> copy = MethodHandles.lookup()
                    .defineHiddenClass(bytes.readAllBytes(), false)
                    .lookupClass();
            Field value = copy.getDeclaredField("VALUE");
            return value.getInt(null);
        }
    }

    @Test
    void anAwaitUnderANativeFrameWorks() {
        List<String> order = new ArrayList<>();
        runVirtually(() -> {
            Task<?> other = createTask(() -> {
                order.add("other");
            });
            underNativeFrame(() -> {
                order.add("before");
                sleep(TICK);
                order.add("after");
            });
            await(other);
            sleep(TICK); // unpinned again
            order.add("end");
        });
        assertThat(order).containsExactly("before", "other", "after", "end");
    }

    @Test
    void manyPinnedTasksWorkOrAreToldThatTheyCannot() {
        List<String> ends = new ArrayList<>();
        runVirtually(() -> taskGroup(group -> {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 2; i++) {
                group.createTask(() -> underNativeFrame(() -> {
                    try {
                        sleep(Duration.ZERO);
                        ends.add("works");
                    } catch (IllegalStateException e) {
                        ends.add(e.getMessage().replaceFirst("'.*?'", "'x'"));
                    }
                }));
            }
        }));
        String refusal = "task 'x' cannot wait here: a native frame or a class initialiser on its stack pins it to a"
            + " carrier thread, and pinned tasks kept all carriers; await outside of that, or use the carrier engine";
        assertThat(ends)
                .hasSize(Runtime.getRuntime().availableProcessors() + 2)
                .contains("works")
                .isSubsetOf("works", refusal);
        if ("carrier".equals(System.getProperty("asyncio4j.engine"))) {
            assertThat(ends).containsOnly("works");
        }
    }

    @Test
    void aPinnedTaskIsCancelledWhenTheRunEnds() {
        List<String> order = new ArrayList<>();
        runVirtually(() -> {
            createTask(() -> underNativeFrame(() -> {
                try {
                    sleep(Duration.ofMinutes(1));
                } catch (CancelledError e) {
                    order.add("cancelled");
                    throw e;
                }
            }));
            sleep(TICK);
            order.add("end");
        });
        assertThat(order).containsExactly("end", "cancelled");
    }

    @Test
    void theRunEndsOnItsOwnThread() {
        Thread caller = Thread.currentThread();
        List<Boolean> own = new ArrayList<>();
        runVirtually(() -> {
            Future<Void> never = Asyncio.createFuture();
            createTask(() -> underNativeFrame(never::await));
            sleep(TICK);
            runningLoop().callSoon(() -> own.add(Thread.currentThread() == caller));
            sleep(TICK);
        });
        assertThat(Thread.currentThread()).isSameAs(caller);
        assertThat(own).hasSize(1);
        assertThat(runVirtually(() -> 3)).isEqualTo(3);
    }

    // ------------------------------------------------------------------ a native frame

    /// Runs `body` in the comparator of C's `qsort`, so that a native frame lies beneath it.
    @SuppressWarnings("restricted")
    private static void underNativeFrame(VoidCoroutine body) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle sort = linker.downcallHandle(
                    linker.defaultLookup().find("qsort").orElseThrow(),
                    FunctionDescriptor.ofVoid(
                            ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
            MethodHandle compare = MethodHandles.lookup()
                    .findStatic(
                            EngineEdgePinnedTest.class,
                            "compare",
                            MethodType.methodType(
                                    int.class, VoidCoroutine.class, MemorySegment.class, MemorySegment.class))
                    .bindTo(body);
            MemorySegment stub = linker.upcallStub(
                    compare,
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                    arena);
            sort.invoke(arena.allocate(16), 2L, 8L, stub);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unused") // called by qsort
    private static int compare(VoidCoroutine body, MemorySegment left, MemorySegment right) {
        try {
            body.run();
        } catch (CancelledError expected) {
            // an exception may not cross the native frame
        } catch (Exception e) {
            throw new AssertionError(e); // ends the JVM
        }
        return 0;
    }
}
