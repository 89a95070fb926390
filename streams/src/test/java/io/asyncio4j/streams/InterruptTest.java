package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.CancelledError;
import io.asyncio4j.VoidCoroutine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Interrupting the thread of a loop that waits in the system cancels the main task.
final class InterruptTest {
    @Test
    void aLoopThatWaitsForConnectionsIsInterruptible() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            List<Object> seen = new ArrayList<>();
            CountDownLatch listening = new CountDownLatch(1);
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    run((VoidCoroutine) () -> {
                        Server server = Streams.startServer((_, _) -> {}, "127.0.0.1", 0);
                        listening.countDown();
                        server.serveForever();
                    });
                } catch (CancelledError cancelled) {
                    seen.add(cancelled.getClass());
                }
                seen.add(Thread.interrupted());
            });
            listening.await();
            while (!waits(thread)) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            thread.join();
            assertThat(seen).containsExactly(CancelledError.class, true);
        }
    }

    /// Whether the thread is in the system's wait for events.
    private static boolean waits(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && Arrays.stream(stack)
                        .anyMatch(frame -> frame.getMethodName().equals("await")
                                && frame.getClassName().endsWith("LoopIo"));
    }
}
