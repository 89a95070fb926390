package io.asyncio4j.testing.docs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualTime;
import org.junit.jupiter.api.Test;

/// The example of the section on networks for a task that waits for ever.
final class MemoryNetworkDeadlockTest {
    @Test
    void aReadThatNobodyAnswers() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    MemoryNetwork silent = new MemoryNetwork();
                    silent.startServer((reader, _) -> reader.readLine(), "localhost", 7);
                    silent.openConnection("localhost", 7).reader().readLine();
                }))
                .isInstanceOf(DeadlockException.class)
                .message()
                .asString()
                .startsWith("""
                    Deadlock: nothing can ever wake this event loop. 2 tasks wait, and nobody is left to end that:
                      Task 'Task-1' waits for connection with 127.0.0.1:7, no bytes yet
                    """);
    }
}
