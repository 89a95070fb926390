package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Closing a loop while a task waits for the children of its group.
final class TaskGroupCloseTest {
    @Test
    void closingALoopEndsATaskThatLeavesAGroup() {
        var trace = new Trace();
        EventLoop loop = EventLoop.create(new VirtualClock());
        Task<Void> opener = loop.runUntilComplete(() -> {
            Task<Void> task = createTask("opener", () -> {
                try {
                    taskGroup(group -> {
                        group.createTask("child", () -> {
                            try {
                                sleep(Duration.ofDays(1));
                            } finally {
                                trace.add("child");
                            }
                        });
                    });
                } finally {
                    trace.add("opener");
                }
            });
            sleep(Duration.ofSeconds(1));
            return task;
        });
        loop.close();
        assertThat(opener.isDone()).isTrue();
        trace.assertIs("opener child");
    }
}
